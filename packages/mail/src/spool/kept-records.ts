import type { Clock, Log, StoreReference } from '@holdfast/application';
import { MessageDamagedError } from '@holdfast/application';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DiskReserve } from './disk-reserve.ts';
import { errorCode, type SpoolFile, type SpoolFileSystem, writeFully } from './file-system.ts';
import { decodeRecord, type DecodedRecord, movedRecord, NONCE_BYTES } from './record.ts';
import { openOrGone } from './record-body.ts';
import { readAt } from './segment-scan.ts';
import {
  isPlainName,
  KEPT,
  keptBodyFileName,
  parseSegmentName,
  segmentName,
} from './segment-name.ts';
import { closeQuietly } from './segment-writer.ts';
import { listSpool } from './spool-listing.ts';

export interface KeptRecordsOptions {
  /** The spool. */
  readonly directory: string;
  readonly fileSystem: SpoolFileSystem;
  readonly reserve: DiskReserve;
  readonly clock: Clock;
  readonly log: Log;
}

interface KeptSegment {
  readonly name: string;
  readonly nonce: Buffer;
  readonly file: SpoolFile;
}

/**
 * Copies records into a new segment of `kept`, byte for byte but for the nonce of the segment: keys and body stay sealed
 * as they are. A body file is linked under a new name, so that it costs no room and goes with either. One fdatasync and
 * one look at everything that was written come before the references are given out.
 */
export async function keepRecords(
  options: KeptRecordsOptions,
  references: readonly StoreReference[],
): Promise<readonly StoreReference[]> {
  const { fileSystem, directory } = options;
  const keptDirectory = join(directory, KEPT);
  await ensureDirectory(fileSystem, directory, keptDirectory);
  const segment = await openSegment(options, keptDirectory, references);
  const kept: StoreReference[] = [];
  try {
    let offset = 0;
    for (const reference of references) {
      const { bytes, record } = await readRaw(directory, reference);
      const name =
        record.body.kind === 'file'
          ? await linkBody(options, reference, record.body.name, segment.nonce)
          : null;
      const copy = movedRecord(bytes, segment.nonce, name);
      await options.reserve.requireRoom(copy.length);
      await writeFully(segment.file, copy);
      kept.push({ instance: KEPT, segment: segment.name, offset, length: copy.length });
      offset += copy.length;
    }
    await segment.file.dataSync();
  } finally {
    await closeQuietly(segment.file);
  }
  await fileSystem.syncDirectory(keptDirectory);
  await compareAll(directory, references, kept);
  return kept;
}

async function ensureDirectory(
  fileSystem: SpoolFileSystem,
  directory: string,
  keptDirectory: string,
): Promise<void> {
  try {
    await fileSystem.makeDirectory(keptDirectory);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  await fileSystem.syncDirectory(directory);
}

async function openSegment(
  { fileSystem, directory }: KeptRecordsOptions,
  keptDirectory: string,
  references: readonly StoreReference[],
): Promise<KeptSegment> {
  const cls = parseSegmentName(references[0]?.segment ?? '')?.class ?? 'copy';
  const existing = (await listSpool(directory)).find(({ kept }) => kept)?.segments ?? [];
  const last = Math.max(0, ...existing.map(({ parsed }) => parsed.sequence));
  const nonce = randomBytes(NONCE_BYTES);
  const name = segmentName(cls, last + 1, nonce);
  return { name, nonce, file: await fileSystem.createFile(join(keptDirectory, name)) };
}

async function linkBody(
  { fileSystem, directory }: KeptRecordsOptions,
  reference: StoreReference,
  name: string,
  nonce: Buffer,
): Promise<string> {
  if (!isPlainName(name)) throw new MessageDamagedError(reference, 'impossible name of a body');
  const linked = keptBodyFileName(name, nonce);
  try {
    await fileSystem.linkFile(
      join(directory, reference.instance, name),
      join(directory, KEPT, linked),
    );
  } catch (error) {
    // A body that is missing was told by ingest: the record still counts, and stays with its alarm.
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  return linked;
}

async function readRaw(
  directory: string,
  reference: StoreReference,
): Promise<{ readonly bytes: Buffer; readonly record: DecodedRecord }> {
  const parsed = parseSegmentName(reference.segment);
  if (parsed === null) throw new MessageDamagedError(reference, 'no name of a segment');
  const handle = await openOrGone(
    join(directory, reference.instance, reference.segment),
    reference,
  );
  try {
    const bytes = await readAt(handle, reference.offset, reference.length);
    const result = decodeRecord(parsed.nonce, bytes);
    if (result.kind !== 'record') throw new MessageDamagedError(reference, 'no whole record');
    return { bytes, record: result.record };
  } finally {
    await handle.close();
  }
}

/** The originals are unlinked next: what the disk gives back of the copies must be what they were. */
async function compareAll(
  directory: string,
  originals: readonly StoreReference[],
  copies: readonly StoreReference[],
): Promise<void> {
  for (const [index, original] of originals.entries()) {
    const copy = copies[index];
    if (copy === undefined) throw new Error('a copy is missing');
    const was = (await readRaw(directory, original)).record;
    const is = (await readRaw(directory, copy)).record;
    const isSame =
      is.head.id === was.head.id &&
      is.damage === was.damage &&
      is.erased === was.erased &&
      (is.keys ?? Buffer.alloc(0)).equals(was.keys ?? Buffer.alloc(0)) &&
      (is.body.kind === 'inline' && was.body.kind === 'inline'
        ? is.body.bytes.equals(was.body.bytes)
        : is.body.kind === was.body.kind);
    if (!isSame) throw new MessageDamagedError(copy, 'the copy is not what was copied');
  }
}
