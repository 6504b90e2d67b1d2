import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './file-system.ts';
import {
  CLOSED_MARK,
  isPlainName,
  KEPT,
  parseSegmentName,
  type SegmentName,
} from './segment-name.ts';

interface ListedSegment {
  readonly name: string;
  readonly parsed: SegmentName;
  /** Nothing is appended any more: the writer is gone, or has begun a later one. */
  readonly finished: boolean;
}

export interface ListedInstance {
  readonly instance: string;
  /** Copies made by retention; no writer's instance. */
  readonly kept: boolean;
  /** Nothing is written any more. */
  readonly closed: boolean;
  /** In the order of their writing. */
  readonly segments: readonly ListedSegment[];
  /** Names of body files. */
  readonly bodies: readonly string[];
}

const BODY = /\.body$/;

/** Every instance directory of the spool, `kept` as well. */
export async function listSpool(directory: string): Promise<readonly ListedInstance[]> {
  const found: ListedInstance[] = [];
  for (const instance of await namesIn(directory)) {
    if (!isPlainName(instance)) continue;
    const names = await namesIn(join(directory, instance));
    const kept = instance === KEPT;
    const closed = names.includes(CLOSED_MARK);
    found.push({
      instance,
      kept,
      closed,
      // In `kept` every run begins a segment of its own.
      segments: segmentsAmong(names, closed || kept),
      bodies: names.filter((name) => BODY.test(name)),
    });
  }
  return found;
}

function segmentsAmong(names: readonly string[], allFinished: boolean): readonly ListedSegment[] {
  const parsed = names.flatMap((name) => {
    const segment = parseSegmentName(name);
    return segment === null ? [] : [{ name, parsed: segment }];
  });
  const latest = { copy: 0, transit: 0 };
  for (const { parsed: segment } of parsed)
    latest[segment.class] = Math.max(latest[segment.class], segment.sequence);
  return parsed
    .toSorted((a, b) => a.parsed.sequence - b.parsed.sequence)
    .map(({ name, parsed: segment }) => ({
      name,
      parsed: segment,
      finished: allFinished || segment.sequence < latest[segment.class],
    }));
}

/** Names in order; none when there is no such directory (yet), or it is a file. */
export async function namesIn(path: string): Promise<readonly string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
