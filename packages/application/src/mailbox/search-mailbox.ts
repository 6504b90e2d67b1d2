import { parseSearch } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { SearchPosition } from '../ports/repositories/mailbox-repository.ts';
import type { MailboxListItem } from '../records/mail.ts';
import { MAILBOX_SHOWS } from './list-mailbox.ts';
import { withMailbox, type UserActor } from './user-access.ts';

/** After every other id: a search from here begins with the newest message of its instant. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** What the rolling copy has of the words, in all folders, newest first. */
export async function searchMailbox(
  ports: Ports,
  actor: UserActor,
  input: {
    readonly query: string;
    readonly limit: number;
    readonly before: SearchPosition | null;
  },
): Promise<{
  readonly items: readonly MailboxListItem[];
  readonly next: SearchPosition | null;
  readonly eventBegan: number | null;
}> {
  const terms = parseSearch(input.query);
  return withMailbox(ports, actor, 'read', async ({ mailbox, events }) => {
    const now = ports.clock.now();
    const { items, next } = await mailbox.search(
      actor.userId,
      terms,
      now - MAILBOX_SHOWS,
      input.limit,
      input.before ?? { acceptedAt: now, messageId: LAST_ID },
    );
    const event = await events.current();
    return {
      // What colleagues wrote is not shown before they can no longer take it back.
      items: items.filter(({ receivedAt }) => receivedAt <= now),
      next,
      eventBegan: event?.startedAt ?? null,
    };
  });
}
