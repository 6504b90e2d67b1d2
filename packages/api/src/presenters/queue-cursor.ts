import { Refusal, type QueueCursor, type TraceCursor } from '@holdfast/application';
import { uuid } from '@holdfast/contracts';
import { z } from 'zod';

const queueCursor = z.tuple([z.union([z.number(), z.string().max(320), z.null()]), uuid]);
const traceCursor = z.tuple([z.number(), uuid, uuid]);

/** Where a page ended, for clients to hand back unread; safe in a URL. */
export function presentQueueCursor(cursor: QueueCursor | null): string | null {
  return cursor === null ? null : encode([cursor.value, cursor.id]);
}

export function presentTraceCursor(cursor: TraceCursor | null): string | null {
  return cursor === null ? null : encode([cursor.acceptedAt, cursor.messageId, cursor.id]);
}

/** Throws `input.invalid` for anything that `presentQueueCursor` did not make. */
export function readQueueCursor(cursor: string | null): QueueCursor | null {
  if (cursor === null) return null;
  const [value, id] = decode(cursor, queueCursor);
  return { value, id };
}

export function readTraceCursor(cursor: string | null): TraceCursor | null {
  if (cursor === null) return null;
  const [acceptedAt, messageId, id] = decode(cursor, traceCursor);
  return { acceptedAt, messageId, id };
}

function encode(parts: readonly (number | string | null)[]): string {
  return encodeURIComponent(JSON.stringify(parts));
}

function decode<T>(cursor: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parse(cursor));
  if (parsed.success) return parsed.data;
  throw new Refusal('input.invalid', 'This list can go on no further from here. Reload it.', {
    cursor: 'Not a cursor of this list.',
  });
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(cursor));
  } catch {
    return null;
  }
}
