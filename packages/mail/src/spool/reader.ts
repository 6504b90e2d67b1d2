import type {
  SpoolAlarm,
  SpoolBatch,
  SpoolKeys,
  SpoolPosition,
  SpoolReader,
  SpooledRecord,
} from '@holdfast/application';
import { MessageTooBigError } from '@holdfast/application';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError, errorCode } from './file-system.ts';
import type { DecodedRecord } from './record.ts';
import { createBodyOpener, type OpenBody } from './record-body.ts';
import {
  behindRecord,
  findRecord,
  openWindow,
  recordAt,
  type SegmentWindow,
} from './segment-scan.ts';
import { CLOSED_MARK, isPlainName, parseSegmentName } from './segment-name.ts';
import { listSpool } from './spool-listing.ts';

export interface SpoolReaderOptions {
  /** The spool that the writers' instances are in. */
  readonly directory: string;
  /** For bodies; envelopes are read without. */
  readonly keys: SpoolKeys;
}

export function createSpoolReader({ directory, keys }: SpoolReaderOptions): SpoolReader {
  const openBody = createBodyOpener(keys);

  async function read(
    from: SpoolPosition,
    limits: { readonly records: number; readonly bytes: number },
  ): Promise<SpoolBatch> {
    const name = parseSegmentName(from.segment);
    if (name === null || !isPlainName(from.instance)) {
      return unreadable(from, 'no name of a segment');
    }
    const instanceDirectory = join(directory, from.instance);
    try {
      // Asked before the size is: when the mark is there, the size that follows is final.
      const closed = await exists(join(instanceDirectory, CLOSED_MARK));
      const handle = await open(join(instanceDirectory, from.segment), 'r');
      try {
        const { size } = await handle.stat();
        if (size <= from.offset) return { records: [], next: from, waiting: 0, alarms: [] };
        await handle.datasync();
        const window = openWindow(handle, size);
        const source = { from, nonce: name.nonce, instanceDirectory, closed, openBody };
        return await readRecords(window, source, limits);
      } finally {
        await handle.close();
      }
    } catch (error) {
      // Retention removed it after it was listed: there is nothing to be alarmed about, and nothing to read.
      if (errorCode(error) === 'ENOENT') return { records: [], next: from, waiting: 0, alarms: [] };
      return unreadable(from, describeError(error));
    }
  }

  async function segments(): Promise<Awaited<ReturnType<SpoolReader['segments']>>> {
    const instances = await listSpool(directory);
    // Copies made by retention: their originals have been read already.
    return instances
      .filter(({ kept }) => !kept)
      .flatMap(({ instance, closed, segments: listed }) =>
        listed.map(({ name, parsed, finished }) => ({
          instance,
          segment: name,
          class: parsed.class,
          closed,
          finished,
        })),
      );
  }

  return { segments, read };
}

interface SegmentSource {
  readonly from: SpoolPosition;
  readonly nonce: Buffer;
  readonly instanceDirectory: string;
  readonly closed: boolean;
  readonly openBody: OpenBody;
}

async function readRecords(
  window: SegmentWindow,
  source: SegmentSource,
  limits: { readonly records: number; readonly bytes: number },
): Promise<SpoolBatch> {
  const { from } = source;
  const records: SpooledRecord[] = [];
  const alarms: SpoolAlarm[] = [];
  let offset = from.offset;
  let bytes = 0;
  const alarm = (kind: SpoolAlarm['kind'], at: number, detail: string): void => {
    alarms.push({ kind, instance: from.instance, segment: from.segment, offset: at, detail });
  };
  while (offset < window.size && records.length < limits.records) {
    const result = await recordAt(window, source.nonce, offset);
    if (result.kind === 'bad') {
      const next = await findRecord(window, source.nonce, offset + 1);
      // The tail of a live writer: its write is under way, or it gave this segment up.
      if (next === null && !source.closed) break;
      alarm('damaged-record', offset, result.detail);
      offset = next ?? window.size;
      continue;
    }
    const { record } = result;
    const isTail = offset + record.length >= window.size;
    // A write of a live writer may be seen in parts: its last record is waited for as long as it can grow whole.
    if (record.damage !== null && isTail && !source.closed) break;
    if (records.length > 0 && bytes + record.length > limits.bytes) break;
    // The record still counts: its recipients were accepted, whatever became of the bytes.
    if (record.damage !== null) alarm('damaged-body', offset, record.damage);
    const missing = record.erased ? null : await missingBody(source.instanceDirectory, record);
    if (missing !== null) alarm('missing-body', offset, missing);
    records.push(asSpooled(record, { ...from, offset }, source));
    bytes += record.length;
    offset = await behindRecord(window, source.nonce, offset, record);
  }
  return { records, next: { ...from, offset }, waiting: window.size - offset, alarms };
}

function asSpooled(record: DecodedRecord, at: SpoolPosition, source: SegmentSource): SpooledRecord {
  const reference = { ...at, length: record.length };
  return {
    ...record.head,
    reference,
    size: Buffer.byteLength(record.head.traceHeaders, 'utf8') + record.body.length,
    erased: record.erased,
    async body(limit) {
      if (record.body.length > limit) throw new MessageTooBigError(record.body.length, limit);
      const opened = await source.openBody(source.instanceDirectory, record, reference);
      const chunks: Uint8Array[] = [];
      for await (const chunk of opened.stream()) chunks.push(chunk);
      const [only] = chunks;
      return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
    },
  };
}

async function missingBody(directory: string, record: DecodedRecord): Promise<string | null> {
  const { body } = record;
  if (body.kind === 'inline') return null;
  if (!isPlainName(body.name)) return 'the body file has an impossible name';
  try {
    const { size } = await stat(join(directory, body.name));
    return size === body.storedLength
      ? null
      : `${body.name} has ${size} bytes, not ${body.storedLength}`;
  } catch (error) {
    return describeError(error);
  }
}

function unreadable(from: SpoolPosition, detail: string): SpoolBatch {
  const alarm = { kind: 'unreadable-segment', ...from, detail } as const;
  return { records: [], next: from, waiting: 0, alarms: [alarm] };
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
