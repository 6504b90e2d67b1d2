import { FOLDER_COUNTED_TO } from '@holdfast/contracts';
import { DAY, type MailFolder } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { MailboxListItem } from '../records/mail.ts';
import { withMailbox, type UserActor } from './user-access.ts';

/** The rolling copy that the emergency mailbox shows. */
export const MAILBOX_SHOWS = 30 * DAY;

/** Before every other id: a cursor with it ends just before its instant. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

function oldestShown(ports: Ports): number {
  return ports.clock.now() - MAILBOX_SHOWS;
}

export interface MailboxCursor {
  readonly receivedAt: number;
  readonly id: string;
}

export async function listFolders(
  ports: Ports,
  actor: UserActor,
): Promise<
  readonly { readonly folder: MailFolder; readonly total: number; readonly unread: number }[]
> {
  return withMailbox(ports, actor, 'read', ({ mailbox }) =>
    mailbox.folders(actor.userId, oldestShown(ports), ports.clock.now(), FOLDER_COUNTED_TO),
  );
}

/** Folders that the user has made in Outlook, as far as mail of the last days lies in them. */
export async function listOwnFolders(
  ports: Ports,
  actor: UserActor,
): Promise<
  readonly { readonly name: string; readonly folder: MailFolder; readonly unread: number }[]
> {
  return withMailbox(ports, actor, 'read', ({ mailbox }) =>
    mailbox.ownFolderCounts(actor.userId, oldestShown(ports), ports.clock.now(), FOLDER_COUNTED_TO),
  );
}

/** One page of a folder, newest first, and since when Office 365 fails, for the groups of the list. */
export async function listMailbox(
  ports: Ports,
  actor: UserActor,
  input: {
    readonly folder: MailFolder;
    /** One item for each conversation. */
    readonly grouped?: boolean;
    readonly limit: number;
    readonly before: MailboxCursor | null;
  },
): Promise<{
  readonly items: readonly MailboxListItem[];
  readonly next: MailboxCursor | null;
  readonly outageSince: number | null;
}> {
  return withMailbox(ports, actor, 'read', async ({ mailbox, events }) => {
    const until = ports.clock.now();
    const { folder, limit, grouped = false } = input;
    const window = { since: oldestShown(ports), until };
    // What colleagues wrote is not shown before they can no longer take it back.
    const before = input.before ?? { receivedAt: until + 1, id: FIRST_ID };
    const page = grouped
      ? await mailbox.conversations(actor.userId, folder, window, limit, before)
      : pageOf(await mailbox.page(actor.userId, folder, window.since, limit + 1, before), limit);
    const event = await events.current();
    return { ...page, outageSince: event?.outageSince ?? null };
  });
}

function pageOf(
  found: readonly MailboxListItem[],
  limit: number,
): { readonly items: readonly MailboxListItem[]; readonly next: MailboxCursor | null } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const goesOn = found.length > limit && last !== undefined;
  return { items, next: goesOn ? { receivedAt: last.receivedAt, id: last.id } : null };
}

/** Marks as read or unread; allowed after the event as well, it changes the view alone. */
export async function setRead(
  ports: Ports,
  actor: UserActor,
  input: { readonly itemIds: readonly string[]; readonly isRead: boolean },
): Promise<void> {
  await withMailbox(ports, actor, 'read', ({ mailbox }) =>
    mailbox.setRead(actor.userId, input.itemIds, input.isRead, ports.clock.now()),
  );
}

/** Moves between folders. Deleted means the Deleted folder: nothing is purged here. */
export async function moveItems(
  ports: Ports,
  actor: UserActor,
  input: { readonly itemIds: readonly string[]; readonly folder: MailFolder },
): Promise<void> {
  await withMailbox(ports, actor, 'write', ({ mailbox }) =>
    mailbox.move(actor.userId, input.itemIds, input.folder, ports.clock.now()),
  );
}
