import { createMailboxCopying, readCopyProgress, type Ports } from '@holdfast/application';
import { DEFAULT_COPY_POLICY } from '@holdfast/domain';
import type { Configuration } from '../configuration/read-configuration.ts';
import { copiedMessages, mailboxCopyLag, mailboxCopyState } from '../composition/metrics.ts';
import { runLoop, type Loop } from './loop.ts';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;
/** How often it is looked who is due. Unit: milliseconds. */
const PAUSE = 5 * SECOND;
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** Copies of mailboxes out of Office 365, one turn for each organisation after the other. */
export function mailboxCopies(ports: Ports, configuration: Configuration): Loop {
  const copying = createMailboxCopying(ports, {
    mailboxes: configuration.mailboxCopies,
    requests: configuration.mailboxCopyRequests,
    bytesPerDay: configuration.mailboxCopyGibPerDay * GIB,
    largestMessage: configuration.mailboxCopyLargestMib * MIB,
    // What is older than what is kept would be removed as soon as it is here.
    mostInRound: DEFAULT_COPY_POLICY.mostInRound,
    window: Math.min(DEFAULT_COPY_POLICY.window, (configuration.copyRetentionDays - 1) * DAY),
  });
  return runLoop({
    name: 'mailbox copies',
    pause: PAUSE,
    log: ports.log,
    turn: async () => {
      const organisations = await ports.database.acrossOrganisations((system) =>
        system.organisations(),
      );
      let messages = 0;
      let oldest = ports.clock.now();
      const states = { current: 0, copying: 0, forbidden: 0, failed: 0 };
      for (const { id, installedAt } of organisations) {
        if (installedAt === null) continue;
        const done = await copying.round(id);
        messages += done.messages;
        const reading = await readCopyProgress(ports, { kind: 'system', organisationId: id });
        if (!reading.isPermitted) continue;
        const { progress } = reading;
        states.current += progress.current;
        states.copying += progress.copying;
        states.forbidden += progress.forbidden;
        states.failed += progress.failed;
        oldest = Math.min(oldest, progress.oldestCheck ?? oldest);
      }
      copiedMessages.inc(messages);
      mailboxCopyLag.set((ports.clock.now() - oldest) / SECOND);
      for (const [state, count] of Object.entries(states)) mailboxCopyState.set({ state }, count);
      return messages > 0;
    },
  });
}
