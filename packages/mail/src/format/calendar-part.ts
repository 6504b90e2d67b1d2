import { isUtf8 } from 'node:buffer';
import { decode } from 'libmime/lib/charset.js';
import type { KeptPart } from './parse-message.ts';

/** Bytes of a calendar part that are read: a series with many exceptions and attendees has 100 kB. */
const MAX_CALENDAR = 512 * 1024;
const CALENDAR: ReadonlySet<string> = new Set(['text/calendar', 'application/ics']);

/** Bytes to keep of a part of this type. */
export function calendarBytes(contentType: string): number {
  return CALENDAR.has(contentType) ? MAX_CALENDAR : 0;
}

/** The first calendar part that is read whole, decoded; null without one. */
export function calendarOf(kept: readonly KeptPart[]): string | null {
  const found = kept.find(({ contentType, isWhole }) => CALENDAR.has(contentType) && isWhole);
  return found === undefined ? null : calendarText(found.content);
}

/** UTF-8 by RFC 5545 §3.1.4; what is not was written by old programs of Western Europe. */
function calendarText(content: Buffer): string {
  return isUtf8(content) ? content.toString('utf8') : decode(content, 'windows-1252');
}
