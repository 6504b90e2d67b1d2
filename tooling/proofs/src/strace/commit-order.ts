import { dirname } from 'node:path';
import type { SystemCall } from './system-calls.ts';

/** A `250` that came before what it promises, in a sentence. */
type Violation = string;

export interface OrderReport {
  readonly accepted: number;
  readonly violations: readonly Violation[];
}

const WRITES = new Set(['write', 'writev', 'pwrite64', 'pwritev', 'pwritev2']);
const SENDS = new Set(['write', 'writev', 'sendto', 'sendmsg']);
const SYNCS = new Set(['fdatasync', 'fsync']);
const REPLY = /250 2\.0\.0 Accepted as ([0-9a-f-]{36})/g;

/**
 * For each final `250` of the trace: the write that carries the record of its id was followed by a sync of the same file
 * that began after the write had ended and ended well before the reply was begun; and if the file was made in this run,
 * its directory was synced in between (invariant 1).
 */
export function checkCommitOrder(calls: readonly SystemCall[], spool: string): OrderReport {
  // Records are in segments alone: whole bodies, in files of their own, are not searched for each id.
  const writes = calls.filter(
    ({ name, file }) =>
      WRITES.has(name) && file !== null && file.startsWith(`${spool}/`) && file.endsWith('.seg'),
  );
  const violations: Violation[] = [];
  let accepted = 0;
  for (const reply of calls) {
    if (!SENDS.has(reply.name) || !isSocket(reply)) continue;
    for (const [, id = ''] of reply.text.matchAll(REPLY)) {
      accepted += 1;
      const wrong = checkOne(id, reply, writes, calls);
      if (wrong !== null) violations.push(wrong);
    }
  }
  return { accepted, violations };
}

function checkOne(
  id: string,
  reply: SystemCall,
  writes: readonly SystemCall[],
  calls: readonly SystemCall[],
): Violation | null {
  const record = writes.find(({ text }) => carries(text, id));
  if (record === undefined) return `No write to the spool carries ${id}, whose 250 went out.`;
  const file = record.file ?? '';
  const covered = calls.some((call) => call.file === file && covers(call, record, reply));
  if (!covered) {
    return `The 250 for ${id} went out before a sync of ${file} that covers its record had ended.`;
  }
  const made = calls.find((call) => call.name === 'openat' && call.file === file);
  if (made === undefined || !made.text.includes('O_CREAT')) return null;
  const named = calls.some((call) => call.file === dirname(file) && covers(call, made, reply));
  return named ? null : `The 250 for ${id} went out before the name of ${file} was synced.`;
}

/** A sync that worked, begun after `before` had ended and itself ended before `reply` was begun. */
function covers(sync: SystemCall, before: SystemCall, reply: SystemCall): boolean {
  return (
    SYNCS.has(sync.name) &&
    !sync.failed &&
    before.ended !== null &&
    sync.begun > before.ended &&
    sync.ended !== null &&
    sync.ended < reply.begun
  );
}

/** The id stands in a record as text or as sixteen bytes. */
function carries(text: string, id: string): boolean {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex').toString('latin1');
  return text.includes(id) || text.includes(bytes);
}

function isSocket({ file }: SystemCall): boolean {
  return file !== null && /^(?:socket|TCP)/.test(file);
}
