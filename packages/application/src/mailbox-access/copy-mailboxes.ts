import { dayOf, mayCopy, MINUTE, type CopyPolicy } from '@holdfast/domain';
import { openCredentials } from '../organisations/open-credentials.ts';
import { refreshPersonalData } from './personal-data.ts';
import type { CopyBudget } from './copy-folder.ts';
import { copyMailbox } from './copy-mailbox.ts';
import type { DueMailbox } from '../ports/repositories/mailbox-copy-repository.ts';
import type { CopyPorts } from './copy-ports.ts';

/** A mailbox is one worker's for this long; a worker that died leaves it to the next. Unit: milliseconds. */
const CLAIMED_FOR = 30 * MINUTE;

export interface CopyRound {
  readonly mailboxes: number;
  readonly messages: number;
}

export interface MailboxCopying {
  /** A turn for the mailboxes of one organisation that are due, the longest waiting first. Resolves to what was done. */
  round(organisationId: string): Promise<CopyRound>;
}

/**
 * Keeps a rolling copy of what lies in the mailboxes of protected users at Office 365, where that is permitted, so that an
 * event shows a mailbox and not only the mail that passed through us.
 */
export function createMailboxCopying(ports: CopyPorts, policy: CopyPolicy): MailboxCopying {
  return {
    async round(organisationId) {
      const idle = { mailboxes: 0, messages: 0 };
      if (policy.mailboxes === 0) return idle;
      const credentials = await openCredentials(ports, organisationId);
      if (credentials === null) return idle;
      const { due, budget } = await claimDue(ports, policy, organisationId);
      const turns = await Promise.all(
        due.map(async (mailbox) => {
          const owned = { ...mailbox, organisationId, credentials };
          const turn = await copyMailbox(ports, policy, owned, budget);
          if (turn.outcome !== 'forbidden' && turn.outcome !== 'gone')
            await refreshPersonalData(ports, owned);
          return turn;
        }),
      );
      return {
        mailboxes: turns.length,
        messages: turns.reduce((sum, { copied }) => sum + copied, 0),
      };
    },
  };
}

async function claimDue(
  ports: CopyPorts,
  policy: CopyPolicy,
  organisationId: string,
): Promise<{ readonly due: readonly DueMailbox[]; readonly budget: CopyBudget }> {
  const now = ports.clock.now();
  return ports.database.withinOrganisation(organisationId, async (repositories) => {
    const { connection, copies, events, health } = repositories;
    const left = policy.bytesPerDay - (await copies.bytesOn(dayOf(now)));
    await copies.forgetUnprotected();
    // What nobody means to permit is not asked for, ten thousand times.
    const isPermitted = (await connection.get())?.tiers.includes('mailbox') ?? false;
    const may = isPermitted && left > 0 && mayCopy(await events.current(), await health.get());
    const due = may ? await copies.claim(now, now + CLAIMED_FOR, policy.mailboxes) : [];
    return { due, budget: { left } };
  });
}
