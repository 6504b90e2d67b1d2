import type { Clock, FinishedSegment, Log, SpoolHousekeeping } from '@holdfast/application';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createDiskReserve } from './disk-reserve.ts';
import { errorCode, nodeFileSystem, type SpoolFileSystem } from './file-system.ts';
import { keepRecords } from './kept-records.ts';
import { scanSegment } from './segment-scan.ts';
import {
  CLOSED_MARK,
  isPlainName,
  KEPT,
  parseSegmentName,
  receivedBefore,
} from './segment-name.ts';
import { type ListedInstance, listSpool, namesIn } from './spool-listing.ts';

export interface SpoolHousekeepingOptions {
  /** The spool. */
  readonly directory: string;
  readonly diskReserveBytes: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly fileSystem?: SpoolFileSystem;
}

/** Begins with a dot, so that it is no name of an instance. */
const LEAVING = '.leaving-';

/** What retention does to the files. Nothing here decides what may go. */
export function createSpoolHousekeeping(options: SpoolHousekeepingOptions): SpoolHousekeeping {
  const { directory, log, clock } = options;
  const fileSystem = options.fileSystem ?? nodeFileSystem;
  // Copies are made so that more can be removed: they may use what is held back from reception.
  const reserve = createDiskReserve({
    fileSystem,
    directory,
    reserveBytes: options.diskReserveBytes / 2,
    reserveInodes: 0,
  });
  // A closed instance changes by removals alone: what was looked over stays so.
  const lookedOver = new Set<string>();

  async function removeSegment(instance: string, segment: string): Promise<void> {
    if (!isPlainName(instance) || parseSegmentName(segment) === null)
      throw new Error(`${instance}/${segment} names no segment`);
    const place = join(directory, instance);
    // The segment goes last: while it is there, a repetition learns from it which bodies belong to it.
    for (const name of await bodiesOf(place, segment))
      await fileSystem.removeFile(join(place, name));
    await fileSystem.removeFile(join(place, segment));
    await syncIfThere(fileSystem, place);
  }

  async function tidyInstance(
    listed: ListedInstance,
    now: number,
    staleAfter: number,
  ): Promise<number> {
    const place = join(directory, listed.instance);
    const named = await namedBodies(place, listed);
    // Where a head is damaged nobody knows which bodies it named.
    if (named === null) return 0;
    let removed = 0;
    let young = 0;
    for (const name of listed.bodies) {
      if (named.has(name)) continue;
      if ((await stat(join(place, name))).mtimeMs >= now - staleAfter) {
        young += 1;
        continue;
      }
      log.warn('a body that no record names is removed', { instance: listed.instance, name });
      await fileSystem.removeFile(join(place, name));
      removed += 1;
    }
    if (young === 0) lookedOver.add(listed.instance);
    if (removed > 0) await fileSystem.syncDirectory(place);
    return removed;
  }

  async function removeEmpty(listed: ListedInstance): Promise<boolean> {
    const place = join(directory, listed.instance);
    const names = await namesIn(place);
    if (names.some((name) => name !== CLOSED_MARK)) return false;
    // Under another name first: without its mark, a directory would be taken for a living writer's.
    const leaving = join(directory, `${LEAVING}${listed.instance}`);
    await fileSystem.rename(place, leaving);
    await fileSystem.removeDirectory(leaving);
    await fileSystem.syncDirectory(directory);
    return true;
  }

  return {
    async finished() {
      const found: FinishedSegment[] = [];
      for (const { instance, kept, segments } of await listSpool(directory)) {
        for (const { name, parsed, finished } of segments) {
          if (!finished) continue;
          const { mtimeMs } = await stat(join(directory, instance, name));
          found.push({
            instance,
            segment: name,
            class: parsed.class,
            kept,
            // Copies are written long after they were received, and go when that is over.
            lastWrittenAt: receivedBefore(instance) ?? mtimeMs,
          });
        }
      }
      return found.toSorted((a, b) => a.lastWrittenAt - b.lastWrittenAt);
    },
    keep: (references) =>
      references.length === 0
        ? Promise.resolve([])
        : keepRecords({ directory, fileSystem, reserve, clock, log }, references),
    remove: ({ instance, segment }) => removeSegment(instance, segment),
    async tidy(now, staleAfter) {
      const counts = { bodies: 0, instances: 0 };
      for (const name of await namesIn(directory))
        if (name.startsWith(LEAVING)) await fileSystem.removeDirectory(join(directory, name));
      for (const listed of await listSpool(directory)) {
        const isLeft = listed.closed || listed.kept;
        if (!isLeft) continue;
        if (listed.bodies.length > 0 && !lookedOver.has(listed.instance))
          counts.bodies += await tidyInstance(listed, now, staleAfter);
        const isEmpty = listed.segments.length === 0 && listed.closed;
        if (isEmpty && listed.instance !== KEPT && (await removeEmpty(listed)))
          counts.instances += 1;
      }
      return counts;
    },
  };
}

/** Body files that the records of a segment name; none when it is gone. */
async function bodiesOf(place: string, segment: string): Promise<readonly string[]> {
  const scanned = await scanSegment(place, segment);
  return scanned.bodies;
}

/** Null when some record's head cannot be read. */
async function namedBodies(
  place: string,
  { segments }: ListedInstance,
): Promise<ReadonlySet<string> | null> {
  const named = new Set<string>();
  for (const { name } of segments) {
    const { bodies, damaged } = await scanSegment(place, name);
    if (damaged > 0) return null;
    for (const body of bodies) named.add(body);
  }
  return named;
}

async function syncIfThere(fileSystem: SpoolFileSystem, place: string): Promise<void> {
  try {
    await fileSystem.syncDirectory(place);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
