import type { Instant } from '@holdfast/domain';
import type { Clock } from '../ports/clock.ts';
import type { Database } from '../ports/database.ts';
import type { SpoolPosition, SpoolReader } from '../ports/spool.ts';

/** New segments are looked for this often, and at once when something tells of one. Unit: milliseconds. */
const LIST_EVERY = 1000;
/**
 * Positions are compared with the database's this often: a database that crashed, or was restored from a backup, may
 * have lost what this process believes to be written (decision 0019). Unit: milliseconds.
 */
const COMPARE_EVERY = 60_000;

/** A segment and how far it is read. */
export interface OpenSegment {
  readonly instance: string;
  readonly segment: string;
  /** Nothing will be appended any more. */
  readonly complete: boolean;
  offset: number;
  /** It had something new when it was last looked at. */
  busy: boolean;
}

export interface SpoolSegments {
  /** Those that may have something new, oldest first within an instance and class, instances in turn. */
  open(): Promise<readonly OpenSegment[]>;
  /** Read to its end, and nothing follows. */
  finish(segment: OpenSegment): void;
  /** Believes nothing any more: everything is listed and compared at the next turn. */
  restart(): void;
  /** A segment may have been begun. */
  listAgain(): void;
  /** Instances whose writer has not closed them, as last listed. */
  live(): readonly string[];
}

/** Which segments there are and where reading goes on, without asking disk and database at every turn. */
export function createSpoolSegments(ports: {
  readonly database: Database;
  readonly reader: Pick<SpoolReader, 'segments'>;
  readonly clock: Clock;
}): SpoolSegments {
  let offsets: Map<string, number> | null = null;
  let comparedAt: Instant = 0;
  let listedAt: Instant = 0;
  let openSegments: OpenSegment[] = [];
  let live: readonly string[] = [];
  const finished = new Set<string>();

  async function compare(): Promise<Map<string, number>> {
    const positions = await ports.database.acrossOrganisations(({ ingest }) => ingest.positions());
    const fresh = new Map(positions.map((position) => [nameOf(position), position.offset]));
    for (const segment of openSegments) segment.offset = fresh.get(nameOf(segment)) ?? 0;
    for (const name of finished)
      if ((fresh.get(name) ?? 0) < (offsets?.get(name) ?? 0)) finished.delete(name);
    return fresh;
  }

  async function list(known: ReadonlyMap<string, number>): Promise<void> {
    const listed = await ports.reader.segments();
    live = [...new Set(listed.flatMap(({ instance, closed }) => (closed ? [] : [instance])))];
    const before = new Map(openSegments.map((segment) => [nameOf(segment), segment]));
    const present = new Set(listed.map(nameOf));
    for (const name of finished) if (!present.has(name)) finished.delete(name);
    const latest = new Map<string, string>();
    for (const { instance, segment, class: kind } of listed)
      latest.set(`${instance} ${kind}`, segment);
    openSegments = listed
      .filter((entry) => !finished.has(nameOf(entry)))
      .map(({ instance, segment, class: kind, closed }) => ({
        instance,
        segment,
        // A writer never goes back to a segment once it has begun the next.
        complete: closed || latest.get(`${instance} ${kind}`) !== segment,
        busy: before.get(nameOf({ instance, segment }))?.busy ?? true,
        offset:
          before.get(nameOf({ instance, segment }))?.offset ??
          known.get(nameOf({ instance, segment })) ??
          0,
      }));
  }

  return {
    async open() {
      const now = ports.clock.now();
      if (offsets === null || Math.abs(now - comparedAt) >= COMPARE_EVERY) {
        offsets = await compare();
        comparedAt = now;
        listedAt = 0;
      }
      if (Math.abs(now - listedAt) >= LIST_EVERY) {
        await list(offsets);
        listedAt = now;
      }
      return openSegments;
    },
    finish(segment) {
      finished.add(nameOf(segment));
      offsets?.set(nameOf(segment), segment.offset);
      openSegments = openSegments.filter((other) => other !== segment);
    },
    restart() {
      offsets = null;
      openSegments = [];
      finished.clear();
    },
    listAgain() {
      listedAt = 0;
    },
    live: () => live,
  };
}

export function nameOf({ instance, segment }: Pick<SpoolPosition, 'instance' | 'segment'>): string {
  return `${instance}/${segment}`;
}
