import type { SpoolKeys } from '@holdfast/application';
import { MessageErasedError, MessageGoneError, MessageLockedError } from '@holdfast/application';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError, errorCode } from './file-system.ts';
import { createBodyOpener, type OpenBody } from './record-body.ts';
import type { DecodedRecord } from './record.ts';
import { eachRecord } from './segment-scan.ts';
import { type ListedInstance, listSpool } from './spool-listing.ts';

export interface SpoolAuditOptions {
  readonly directory: string;
  readonly keys: SpoolKeys;
  /**
   * `names`: which body files no record names; reads heads, and only where there are body files. `bytes`: every record and
   * every body of the spool, opened and verified.
   */
  readonly depth: 'names' | 'bytes';
  readonly now: number;
}

export interface SpoolAuditPlace {
  readonly instance: string;
  readonly segment: string;
  readonly offset: number;
  readonly kind: 'damaged-record' | 'damaged-body' | 'missing-body' | 'no-key';
  readonly detail: string;
}

export interface OrphanBody {
  readonly instance: string;
  readonly name: string;
  readonly bytes: number;
}

export interface SpoolAudit {
  readonly instances: number;
  readonly segments: number;
  /** Bytes of segments and body files. */
  readonly bytes: number;
  /** Body files that no record names, older than a day: their writers died before the end of data, or live and forgot. */
  readonly orphans: readonly OrphanBody[];
  /** With depth `bytes`. */
  readonly read: {
    readonly records: number;
    readonly erased: number;
    /** Ends that were never promised to anybody: of writers that died in the midst of a write. */
    readonly tornEnds: number;
    readonly places: readonly SpoolAuditPlace[];
  } | null;
}

/** A body in the making is younger. Unit: milliseconds. */
const ORPHAN_AFTER = 24 * 60 * 60 * 1000;
/** More places than these are counted by their first ones: a broken disk must not fill the memory. */
const MOST_PLACES = 1000;

interface Findings {
  records: number;
  erased: number;
  tornEnds: number;
  readonly places: SpoolAuditPlace[];
}

/** Looks over the spool, `kept` as well; changes nothing. */
export async function auditSpool(options: SpoolAuditOptions): Promise<SpoolAudit> {
  const { directory, depth } = options;
  const openBody = createBodyOpener(options.keys);
  const findings: Findings = { records: 0, erased: 0, tornEnds: 0, places: [] };
  const orphans: OrphanBody[] = [];
  let bytes = 0;
  let segments = 0;
  const instances = await listSpool(directory);
  for (const listed of instances) {
    segments += listed.segments.length;
    const sizes = await sizesOf(directory, listed);
    for (const { size } of sizes.values()) bytes += size;
    if (depth === 'names' && listed.bodies.length === 0) continue;
    const named = await readInstance(options, listed, openBody, findings);
    for (const name of listed.bodies) {
      const file = sizes.get(name);
      if (named.has(name) || file === undefined || file.writtenAt >= options.now - ORPHAN_AFTER)
        continue;
      orphans.push({ instance: listed.instance, name, bytes: file.size });
    }
  }
  const read = depth === 'bytes' ? findings : null;
  return { instances: instances.length, segments, bytes, orphans, read };
}

/** Returns the names of the bodies that records name. */
async function readInstance(
  options: SpoolAuditOptions,
  listed: ListedInstance,
  openBody: OpenBody,
  findings: Findings,
): Promise<ReadonlySet<string>> {
  const place = join(options.directory, listed.instance);
  const named = new Set<string>();
  for (const { name: segment } of listed.segments) {
    const add = (offset: number, kind: SpoolAuditPlace['kind'], detail: string): void => {
      if (findings.places.length < MOST_PLACES)
        findings.places.push({ instance: listed.instance, segment, offset, kind, detail });
    };
    await eachRecord(place, segment, {
      async record(record, offset) {
        findings.records += 1;
        if (record.erased) findings.erased += 1;
        if (record.body.kind === 'file') named.add(record.body.name);
        if (options.depth === 'names') return;
        const reference = { instance: listed.instance, segment, offset, length: record.length };
        const wrong = await wrongWith(openBody, place, record, reference);
        if (wrong !== null) add(offset, wrong.kind, wrong.detail);
      },
      damage(offset, detail, isTail) {
        if (!isTail) add(offset, 'damaged-record', detail);
        else if (listed.closed) findings.tornEnds += 1;
      },
    });
  }
  return named;
}

async function wrongWith(
  openBody: OpenBody,
  place: string,
  record: DecodedRecord,
  reference: Parameters<OpenBody>[2],
): Promise<Pick<SpoolAuditPlace, 'kind' | 'detail'> | null> {
  try {
    const body = await openBody(place, record, reference);
    for await (const chunk of body.stream()) void chunk;
    // What opens is whole; a checksum that does not agree says that something beside it is not.
    return record.damage === null ? null : { kind: 'damaged-body', detail: record.damage };
  } catch (error) {
    if (error instanceof MessageErasedError) return null;
    const detail = describeError(error);
    if (error instanceof MessageLockedError) return { kind: 'no-key', detail };
    const isMissing = error instanceof MessageGoneError && error.name === 'MessageGoneError';
    return { kind: isMissing ? 'missing-body' : 'damaged-body', detail };
  }
}

async function sizesOf(
  directory: string,
  { instance, segments, bodies }: ListedInstance,
): Promise<ReadonlyMap<string, { readonly size: number; readonly writtenAt: number }>> {
  const sizes = new Map<string, { readonly size: number; readonly writtenAt: number }>();
  for (const name of [...segments.map((segment) => segment.name), ...bodies]) {
    try {
      const { size, mtimeMs } = await stat(join(directory, instance, name));
      sizes.set(name, { size, writtenAt: mtimeMs });
    } catch (error) {
      // Retention removed it meanwhile.
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
  return sizes;
}

/** Sizes of the segments on the disk, by `instance/segment`: to compare with what the database says of them. */
export async function segmentSizes(
  directory: string,
): Promise<ReadonlyMap<string, { readonly size: number; readonly writtenAt: number }>> {
  const found = new Map<string, { readonly size: number; readonly writtenAt: number }>();
  for (const listed of await listSpool(directory)) {
    const sizes = await sizesOf(directory, { ...listed, bodies: [] });
    for (const [name, file] of sizes) found.set(`${listed.instance}/${name}`, file);
  }
  return found;
}
