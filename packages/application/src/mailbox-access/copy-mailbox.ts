import {
  FAILED_AGAIN_AFTER,
  FOLLOWED_EVERY,
  MOST_LOST_AT_ONCE,
  nameOwnFolders,
  placeFolders,
  REFUSED_AGAIN_AFTER,
  type CopyPolicy,
  type Instant,
} from '@holdfast/domain';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import type { CopiedFolder, CopyOutcome } from '../ports/repositories/mailbox-copy-repository.ts';
import { SpoolRefusedError } from '../ports/spool.ts';
import {
  copyFolder,
  type CopyBudget,
  type CopyStop,
  type CopyTurnProgress,
} from './copy-folder.ts';
import type { CopiedMailbox } from './copy-page.ts';
import type { CopyPorts } from './copy-ports.ts';

export interface MailboxTurn {
  readonly outcome: CopyOutcome | 'stopped';
  readonly copied: number;
}

/**
 * One turn of one mailbox: goes on where the last one ended, until all of it is here, others are due, or something stands
 * in the way. Never rejects; what went wrong is said in the mailbox's row.
 */
export async function copyMailbox(
  ports: CopyPorts,
  policy: CopyPolicy,
  mailbox: CopiedMailbox & { readonly completedAt: Instant | null },
  budget: CopyBudget,
): Promise<MailboxTurn> {
  const progress: CopyTurnProgress = { copied: 0, skipped: 0 };
  const { completedAt } = mailbox;
  const going: CopyOutcome = completedAt === null ? 'copying' : 'current';
  const end = async (
    state: CopyOutcome,
    after: number,
    detail: string | null = null,
    wholeAt: Instant | null = null,
  ): Promise<void> =>
    ports.database.withinOrganisation(mailbox.organisationId, ({ copies }) =>
      copies.saveTurn(mailbox.userId, {
        state,
        detail,
        nextAt: ports.clock.now() + after,
        wholeAt,
        skipped: progress.skipped,
      }),
    );
  try {
    const stopped = await readAll(ports, policy, mailbox, budget, progress);
    if (stopped === 'all') {
      await settle(ports, policy, mailbox);
      await end('current', FOLLOWED_EVERY, null, ports.clock.now());
      return { outcome: 'current', copied: progress.copied };
    }
    // Behind everybody who waits already.
    await end(going, stopped === 'turn' ? 1 : FAILED_AGAIN_AFTER);
    return { outcome: stopped === 'turn' ? going : 'stopped', copied: progress.copied };
  } catch (error) {
    const { outcome, after, detail } = whatToDo(error, going);
    ports.log.info('a mailbox was not copied', { userId: mailbox.userId, outcome, detail });
    await end(outcome, after, detail);
    return { outcome, copied: progress.copied };
  }
}

function whatToDo(
  error: unknown,
  going: CopyOutcome,
): { readonly outcome: CopyOutcome; readonly after: number; readonly detail: string } {
  if (error instanceof SpoolRefusedError)
    return { outcome: going, after: FAILED_AGAIN_AFTER, detail: error.message };
  if (!(error instanceof TenantError)) throw error;
  const { code, detail, retryAfter } = error.failure;
  switch (code) {
    case 'forbidden':
    case 'not-consented':
    case 'sign-in-failed':
    case 'tenant-unknown':
      return { outcome: 'forbidden', after: REFUSED_AGAIN_AFTER, detail };
    case 'not-found':
      return { outcome: 'gone', after: REFUSED_AGAIN_AFTER, detail };
    case 'throttled':
    case 'unavailable':
    case 'unreachable':
      // Passing: the mailbox stands as it stood.
      return { outcome: going, after: retryAfter ?? FAILED_AGAIN_AFTER, detail };
    case 'unexpected':
      return { outcome: 'failed', after: FAILED_AGAIN_AFTER, detail };
  }
}

async function readAll(
  ports: CopyPorts,
  policy: CopyPolicy,
  mailbox: CopiedMailbox,
  budget: CopyBudget,
  progress: CopyTurnProgress,
): Promise<CopyStop> {
  for (const folder of await foldersOf(ports, mailbox)) {
    const stopped = await copyFolder({ ports, policy, mailbox, budget, progress }, folder);
    if (stopped !== 'all') return stopped;
  }
  return 'all';
}

async function foldersOf(
  ports: CopyPorts,
  { organisationId, userId, externalId, credentials }: CopiedMailbox,
): Promise<readonly CopiedFolder[]> {
  const listed = await ports.mailboxReading.folders(credentials, externalId);
  const names = nameOwnFolders(listed);
  const placed = [...placeFolders(listed)].map(([id, folder]) => ({
    externalId: id,
    folder,
    name: names.get(id) ?? null,
  }));
  const known = await ports.database.withinOrganisation(organisationId, async ({ copies }) => {
    await copies.saveFolders(userId, placed, ports.clock.now());
    return copies.folders(userId);
  });
  return known.toSorted((a, b) => IN_ORDER.indexOf(a.folder) - IN_ORDER.indexOf(b.folder));
}

/** What people look for first is there first. */
const IN_ORDER = ['inbox', 'sent', 'archive', 'deleted', 'junk', 'drafts'];

/** After every folder was read: what is in none of them is gone. */
async function settle(
  ports: CopyPorts,
  policy: CopyPolicy,
  { organisationId, userId }: CopiedMailbox,
): Promise<void> {
  const now = ports.clock.now();
  const buried = await ports.database.withinOrganisation(organisationId, async ({ copies }) => {
    await copies.forgetBefore(userId, now - policy.window);
    return copies.buryLost(userId, MOST_LOST_AT_ONCE, now);
  });
  if (buried === null)
    ports.log.warn('most of a mailbox seems to be gone, and is kept here', { userId });
}
