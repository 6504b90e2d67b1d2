import { DAY } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';

/** Calls with a code to one number that is not confirmed, within a day, whatever link or organisation asks for them. */
export const CALLS_PER_NUMBER_AND_DAY = 4;
/** The same by text message. */
export const TEXTS_PER_NUMBER_AND_DAY = 10;

/** A code that is about to go to a telephone. */
export interface PhoneMessage {
  readonly value: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly spoken: boolean;
}

/**
 * Calls and text messages cost whoever pays for them, and numbers exist that pay whoever is called: so those to numbers
 * that nobody has confirmed are counted by number, country and organisation. What goes to a confirmed number is not: on
 * the day of an outage everybody is told. In a transaction of its own, as `countCodes`. Refuses: `info.code-too-many`.
 */
export async function countMessages(
  ports: Ports,
  organisationId: string,
  messages: readonly PhoneMessage[],
): Promise<void> {
  const now = ports.clock.now();
  for (const { country, spoken, value } of messages) {
    const what = spoken ? 'call' : 'text';
    const limits = spoken ? ports.settings.calls : ports.settings.texts;
    const mac = ports.secrets.mac('message-limit', [what], value);
    await ports.database.acrossOrganisations(async (system) => {
      const ofNumber = await system.countAttempt(`${what}:number:${mac}`, now, DAY);
      if (ofNumber >= (spoken ? CALLS_PER_NUMBER_AND_DAY : TEXTS_PER_NUMBER_AND_DAY))
        throw tooMany(spoken);
      // Of the wider limits nothing is used up by what a narrower one has refused.
      const ofCountry = await system.countAttempt(
        `${what}:country:${organisationId}:${country}`,
        now,
        DAY,
      );
      if (ofCountry >= limits.perCountry) throw tooMany(spoken);
      const ofAll = await system.countAttempt(`${what}:organisation:${organisationId}`, now, DAY);
      if (ofAll >= limits.perOrganisation) throw tooMany(spoken);
    });
  }
}

function tooMany(spoken: boolean): Refusal {
  const message = spoken
    ? 'So many calls with codes were asked for within a day that we make no more for now. Give a private address, or try again tomorrow.'
    : 'So many text messages with codes were asked for within a day that we send no more for now. Give a private address, or try again tomorrow.';
  return new Refusal('info.code-too-many', message, { code: message, phone: message });
}
