import type { SpoolClass } from '@holdfast/application';
import { NONCE_BYTES } from './record.ts';

/** Written by the supervisor, or by the writer itself, when nothing will be appended any more. */
export const CLOSED_MARK = 'closed';
/** Where retention copies records to; not an instance of a writer. */
export const KEPT = 'kept';

const SEGMENT = /^(copy|transit)-(\d{6,})-([0-9a-f]{16})\.seg$/;
/** A plain name: what comes out of a database or a record must not climb out of the spool. */
const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

export interface SegmentName {
  readonly class: SpoolClass;
  readonly sequence: number;
  readonly nonce: Buffer;
}

export function segmentName(cls: SpoolClass, sequence: number, nonce: Buffer): string {
  return `${cls}-${String(sequence).padStart(6, '0')}-${nonce.toString('hex')}.seg`;
}

export function parseSegmentName(name: string): SegmentName | null {
  const match = SEGMENT.exec(name);
  if (match === null) return null;
  const nonce = Buffer.from(match[3] ?? '', 'hex');
  if (nonce.length !== NONCE_BYTES) return null;
  return {
    class: match[1] === 'transit' ? 'transit' : 'copy',
    sequence: Number(match[2]),
    nonce,
  };
}

export function bodyFileName(cls: SpoolClass, messageId: string): string {
  return `${cls}-${messageId}.body`;
}

/** The name of a body that retention keeps: each segment of copies has its own, so that one can go without the other. */
export function keptBodyFileName(name: string, nonce: Buffer): string {
  const [cls, id] = /^(copy|transit)-(.+?)(?:\.[0-9a-f]{16})?\.body$/.exec(name)?.slice(1) ?? [];
  return `${cls ?? 'copy'}-${id ?? 'unknown'}.${nonce.toString('hex')}.body`;
}

/** `mailbox-20261128-…`: everything in it was received before that day. */
const COPY_INSTANCE = /^mailbox-(\d{4})(\d{2})(\d{2})-/;

export function copyInstanceName(receivedBefore: number, id: string): string {
  return `mailbox-${new Date(receivedBefore).toISOString().slice(0, 10).replaceAll('-', '')}-${id}`;
}

/** The instant before which everything in an instance of copies was received; null for other instances. */
export function receivedBefore(instance: string): number | null {
  const [, year, month, day] = COPY_INSTANCE.exec(instance) ?? [];
  return day === undefined ? null : Date.UTC(Number(year), Number(month) - 1, Number(day));
}

export function isPlainName(name: string): boolean {
  return PLAIN_NAME.test(name);
}
