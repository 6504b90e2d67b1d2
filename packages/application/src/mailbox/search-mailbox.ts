import { HOUR, parseSearch, type Instant, type MailSearch } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { SearchPosition } from '../ports/repositories/mailbox-repository.ts';
import type { MailboxListItem } from '../records/mail.ts';
import { MAILBOX_SHOWS } from './list-mailbox.ts';
import { withMailbox, type UserActor } from './user-access.ts';

/** After every other id: a search from here begins with the newest message of its instant. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** Mail is entered into the index within seconds. What has no words after this has none at all. Unit: milliseconds. */
const ENTERED_WITHIN = HOUR;

const NAMES_A_FOLDER = /(?:in|folder)[:：]/i;

export interface FoundMail {
  /** As it was understood. */
  readonly search: MailSearch;
  readonly items: readonly MailboxListItem[];
  readonly next: SearchPosition | null;
  readonly outageSince: Instant | null;
  /** Mail received since then may not be found yet. Null when all can be, and after the first page. */
  readonly missingSince: Instant | null;
}

/** What the rolling copy has of a search, in all folders unless it names some, newest first. */
export async function searchMailbox(
  ports: Ports,
  actor: UserActor,
  input: {
    readonly query: string;
    /** IANA name of where days begin. */
    readonly zone: string;
    readonly limit: number;
    readonly before: SearchPosition | null;
  },
): Promise<FoundMail> {
  const now = ports.clock.now();
  return withMailbox(ports, actor, 'read', async ({ mailbox, events }) => {
    const own = NAMES_A_FOLDER.test(input.query) ? await mailbox.ownFolders(actor.userId) : [];
    const search = parseSearch(input.query, { now, zone: input.zone }, own);
    const { items, next } = await mailbox.search(
      actor.userId,
      search,
      now - MAILBOX_SHOWS,
      input.limit,
      input.before ?? { acceptedAt: now, messageId: LAST_ID },
    );
    const event = await events.current();
    return {
      search,
      // What colleagues wrote is not shown before they can no longer take it back.
      items: items.filter(({ receivedAt }) => receivedAt <= now),
      next,
      outageSince: event?.outageSince ?? null,
      missingSince:
        input.before === null
          ? await mailbox.unsearchedSince(actor.userId, now - ENTERED_WITHIN)
          : null,
    };
  });
}
