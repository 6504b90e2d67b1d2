import { COPIED_IN_A_TURN, mayCopy, type CopyPolicy, type Instant } from '@holdfast/domain';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import type {
  CopiedFolder,
  FolderProgress,
} from '../ports/repositories/mailbox-copy-repository.ts';
import { copyPage, type CopiedMailbox, type PageResult } from './copy-page.ts';
import type { CopyPorts } from './copy-ports.ts';

/** Bytes that may still be copied today, shared by the mailboxes of an organisation. */
export interface CopyBudget {
  left: number;
}

export interface CopyTurnProgress {
  copied: number;
  skipped: number;
}

/** Why a turn ended. `turn`: others are due. */
export type CopyStop = 'all' | 'turn' | 'budget' | 'event';

export interface FolderTurn {
  readonly ports: CopyPorts;
  readonly policy: CopyPolicy;
  readonly mailbox: CopiedMailbox;
  readonly budget: CopyBudget;
  readonly progress: CopyTurnProgress;
}

/**
 * Reads one folder to its end for now, from where the last turn left it. A first round gives no more than so many messages
 * and does not say that there are more: then all of the folder is listed besides, the newest first, before it counts as
 * whole.
 */
export async function copyFolder(turn: FolderTurn, folder: CopiedFolder): Promise<CopyStop> {
  let at: FolderProgress = folder;
  let isFollowed = false;
  while (!isFollowed || at.listUntil !== null) {
    const stopped = await mayGoOn(turn);
    if (stopped !== null) return stopped;
    if (isFollowed && at.listUntil !== null) at = await listOnce(turn, folder, at, at.listUntil);
    else ({ at, isFollowed } = await followOnce(turn, folder, at));
  }
  return 'all';
}

async function mayGoOn({ ports, mailbox, budget, progress }: FolderTurn): Promise<CopyStop | null> {
  const isAllowed = await ports.database.withinOrganisation(
    mailbox.organisationId,
    async ({ events, health }) => mayCopy(await events.current(), await health.get()),
  );
  if (!isAllowed) return 'event';
  if (budget.left <= 0) return 'budget';
  return progress.copied >= COPIED_IN_A_TURN ? 'turn' : null;
}

async function followOnce(
  turn: FolderTurn,
  folder: CopiedFolder,
  at: FolderProgress,
): Promise<{ readonly at: FolderProgress; readonly isFollowed: boolean }> {
  const { ports, policy, mailbox } = turn;
  const { userId, credentials } = mailbox;
  const now = ports.clock.now();
  const from = at.link === null ? { receivedSince: now - policy.window } : { link: at.link };
  const page = await ports.mailboxReading.changes(
    credentials,
    mailbox.externalId,
    folder.externalId,
    from,
  );
  if (page === null) {
    // Forgotten by Microsoft: all of the folder once more; what is known already is not copied again.
    if (at.link === null) throw unexpected('A delta without a link is forgotten.');
    const anew = { link: null, seen: null, listUntil: null };
    await ports.database.withinOrganisation(mailbox.organisationId, ({ copies }) =>
      copies.saveProgress(userId, folder.externalId, anew, now),
    );
    return { at: anew, isFollowed: false };
  }
  const before = at.link === null ? 0 : at.seen;
  const seen = before === null ? null : before + page.messages.length;
  const isCut = page.isWhole && seen !== null && seen >= policy.mostInRound;
  const next: FolderProgress = {
    link: page.link,
    seen: page.isWhole ? null : seen,
    listUntil: isCut ? now : at.listUntil,
  };
  await take(turn, folder, page, async (copies) => {
    await copies.saveProgress(userId, folder.externalId, next, now);
    if (page.isWhole && next.listUntil === null)
      await copies.endRestart(userId, folder.externalId, now);
  });
  return { at: next, isFollowed: page.isWhole };
}

async function listOnce(
  turn: FolderTurn,
  folder: CopiedFolder,
  at: FolderProgress,
  until: Instant,
): Promise<FolderProgress> {
  const { ports, policy, mailbox } = turn;
  const now = ports.clock.now();
  const { messages, isWhole } = await ports.mailboxReading.received(
    mailbox.credentials,
    mailbox.externalId,
    folder.externalId,
    { since: now - policy.window, until },
  );
  // Others may have come in the same instant as the last one.
  const oldest = messages.reduce((least, { receivedAt }) => Math.min(least, receivedAt), until);
  if (!isWhole && oldest === until)
    throw unexpected('More messages came in one instant than one answer holds.');
  const next: FolderProgress = { ...at, listUntil: isWhole ? null : oldest };
  await take(turn, folder, { messages, removed: [] }, async (copies) => {
    await copies.saveProgress(mailbox.userId, folder.externalId, next, now);
    if (isWhole) await copies.endRestart(mailbox.userId, folder.externalId, now);
  });
  return next;
}

async function take(
  { ports, policy, mailbox, budget, progress }: FolderTurn,
  folder: CopiedFolder,
  page: Parameters<typeof copyPage>[4],
  done: Parameters<typeof copyPage>[5],
): Promise<void> {
  const result: PageResult = await copyPage(ports, policy, mailbox, folder, page, done);
  progress.copied += result.copied;
  progress.skipped += result.skipped;
  budget.left -= result.bytes;
  if (result.failure !== null) throw result.failure;
}

function unexpected(detail: string): TenantError {
  return new TenantError({ code: 'unexpected', detail, retryAfter: null });
}
