import { dayOf } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { MailboxCopyProgress } from '../ports/repositories/mailbox-copy-repository.ts';

export interface CopyProgressReading {
  /** The administrator means to permit it; whether Office 365 does shows in the counts. */
  readonly isPermitted: boolean;
  readonly progress: MailboxCopyProgress;
}

/** How far the copies of the organisation's mailboxes are. */
export async function readCopyProgress(
  ports: Pick<Ports, 'clock' | 'database'>,
  actor: Actor,
): Promise<CopyProgressReading> {
  return ports.database.withinOrganisation(
    actor.organisationId,
    async ({ connection, copies }) => ({
      isPermitted: (await connection.get())?.tiers.includes('mailbox') ?? false,
      progress: await copies.progress(dayOf(ports.clock.now())),
    }),
  );
}
