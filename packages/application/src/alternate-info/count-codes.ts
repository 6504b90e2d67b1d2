import { clientNetwork, DAY } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';

/** Codes by one link from one client address within a day: whoever has the link cannot text strangers at will. */
export const CODES_PER_LINK_AND_DAY = 6;
/**
 * The same from everywhere. Higher, so that a mail scanner that posts forms does not use up what its owner needs; with
 * five guesses a code it leaves 1 in 11,000 a day to a guesser with many addresses, and a new link starts anew.
 */
export const CODES_FROM_EVERYWHERE = 18;

/** Whose codes are counted. */
export interface CodeBudget {
  readonly requestId: string;
  /** Client address. */
  readonly ip: string;
}

/**
 * Counts the codes that are about to be sent, in a transaction of its own and outside the caller's: a second connection
 * inside one could exhaust the pool. Refuses with `info.code-too-many`.
 */
export async function countCodes(
  ports: Ports,
  { requestId, ip }: CodeBudget,
  codes: number,
): Promise<void> {
  if (codes === 0) return;
  const now = ports.clock.now();
  await ports.database.acrossOrganisations(async (system) => {
    for (let code = 0; code < codes; code += 1) {
      const own = await system.countAttempt(
        `info-code:${requestId} ${clientNetwork(ip)}`,
        now,
        DAY,
      );
      // One's own are over: no more of the others' are used up.
      if (own >= CODES_PER_LINK_AND_DAY) throw tooManyCodes();
      const all = await system.countAttempt(`info-code:${requestId}`, now, DAY);
      if (all >= CODES_FROM_EVERYWHERE) throw tooManyCodes();
    }
  });
}

function tooManyCodes(): Refusal {
  const message =
    'So many codes were sent within a day that we send no more for now. Use the last one, try again tomorrow, or ask for a new link.';
  return new Refusal('info.code-too-many', message, { code: message });
}
