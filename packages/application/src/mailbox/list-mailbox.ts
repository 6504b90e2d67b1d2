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
    mailbox.folders(actor.userId, oldestShown(ports), ports.clock.now()),
  );
}

/** One page of a folder, newest first, and when the event began, for the groups of the list. */
export async function listMailbox(
  ports: Ports,
  actor: UserActor,
  input: {
    readonly folder: MailFolder;
    readonly limit: number;
    readonly before: MailboxCursor | null;
  },
): Promise<{
  readonly items: readonly MailboxListItem[];
  readonly next: MailboxCursor | null;
  readonly eventBegan: number | null;
}> {
  return withMailbox(ports, actor, 'read', async ({ mailbox, events }) => {
    const found = await mailbox.page(
      actor.userId,
      input.folder,
      oldestShown(ports),
      input.limit + 1,
      // What colleagues wrote is not shown before they can no longer take it back.
      input.before ?? { receivedAt: ports.clock.now() + 1, id: FIRST_ID },
    );
    const items = found.slice(0, input.limit);
    const last = items.at(-1);
    const event = await events.current();
    return {
      items,
      next:
        found.length > input.limit && last !== undefined
          ? { receivedAt: last.receivedAt, id: last.id }
          : null,
      eventBegan: event?.startedAt ?? null,
    };
  });
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
