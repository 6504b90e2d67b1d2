import { Refusal, type MailboxCursor, type SearchPosition } from '@holdfast/application';
import { uuid } from '@holdfast/contracts';

const RADIX = 36;

/** Where a page ended, for clients to hand back unread: at most 46 characters, safe in a URL. */
export function presentCursor(cursor: MailboxCursor | null): string | null {
  return cursor === null ? null : `${cursor.receivedAt.toString(RADIX)}_${cursor.id}`;
}

/** Throws `input.invalid` for anything that `presentCursor` did not make. */
export function readCursor(cursor: string | null): MailboxCursor | null {
  if (cursor === null) return null;
  const [time = '', id, ...rest] = cursor.split('_');
  const receivedAt = /^[0-9a-z]{1,9}$/.test(time) ? Number.parseInt(time, RADIX) : Number.NaN;
  const read = uuid.safeParse(id);
  if (Number.isNaN(receivedAt) || !read.success || rest.length > 0) {
    throw new Refusal('input.invalid', 'This list can go on no further from here. Reload it.', {
      cursor: 'Not a cursor of this list.',
    });
  }
  return { receivedAt, id: read.data };
}

/** In the same form: found messages go by the instant and id of the message. */
export function presentSearchCursor(position: SearchPosition | null): string | null {
  return position === null
    ? null
    : presentCursor({ receivedAt: position.acceptedAt, id: position.messageId });
}

export function readSearchCursor(cursor: string | null): SearchPosition | null {
  const read = readCursor(cursor);
  return read === null ? null : { acceptedAt: read.receivedAt, messageId: read.id };
}
