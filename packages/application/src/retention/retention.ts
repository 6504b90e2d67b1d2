import { DAY, HOUR, dayOf, type Instant } from '@holdfast/domain';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { DatabaseBusyError, type Database } from '../ports/database.ts';
import type {
  FinishedSegment,
  MovedMessage,
  SpoolHousekeeping,
  StandingMessage,
} from '../ports/retention.ts';
import type { SpoolReader, StoreReference } from '../ports/spool.ts';
import { ATTEMPTS_KEPT_FOR } from '../sessions/attempt-limits.ts';
import { readSegment, type SegmentContent } from './segment-content.ts';

export interface RetentionPorts {
  readonly database: Database;
  readonly reader: SpoolReader;
  readonly housekeeping: SpoolHousekeeping;
  readonly clock: Clock;
  readonly log: Log;
}

export interface RetentionSettings {
  /** How long copies are kept. Unit: milliseconds. */
  readonly copies: number;
}

/** Mail that nobody has a copy of goes this long after its last final state. */
export const TRANSIT_KEPT_FOR = DAY;
/** Segments outlive their rows by this much: rows first, files after. */
const FILES_OUTLIVE_ROWS = DAY;
/** A staged body without a record is somebody's who died before the end of data. */
const STALE_BODY_AFTER = DAY;
/** A copy younger than this may be of a run that is not through yet. */
const KEPT_SETTLES_AFTER = HOUR;

/** Retention waits for nobody: it tries a day so often, and again in the next round. */
const RETIRE_TRIES = 10;

/** A segment in which mail waits is read again after this: in a long outage that is all of the spool. */
const LOOK_AGAIN_AFTER = 6 * HOUR;

export interface RetentionReport {
  readonly days: number;
  readonly segments: number;
  readonly kept: number;
  readonly bodies: number;
}

export interface Retention {
  /**
   * Rows whose time is over, then segments whose last record's is, then what nobody names. Every step can be cut off at
   * any moment: rows go first and take the counts of the ledger with them, files follow, and what was marked and is still
   * there is finished by the next round. Resolves to what was removed.
   */
  round(): Promise<RetentionReport>;
}

export function createRetention(ports: RetentionPorts, settings: RetentionSettings): Retention {
  // Segments in which something still waits, and when it is worth reading them again.
  const waiting = new Map<string, Instant>();

  async function consider(
    segment: FinishedSegment,
    present: ReadonlySet<string>,
  ): Promise<Considered> {
    if (segment.kept) return considerKept(ports, segment, present);
    const now = ports.clock.now();
    if ((waiting.get(nameOf(segment)) ?? now) > now) return NOT_YET;
    const result = await considerSegment(ports, settings, segment);
    if (result.waits) waiting.set(nameOf(segment), now + LOOK_AGAIN_AFTER);
    else waiting.delete(nameOf(segment));
    return result;
  }

  return {
    async round() {
      await finishRemovals(ports);
      await ports.database.acrossOrganisations(({ retention }) =>
        retention.forgetAttempts(ports.clock.now() - ATTEMPTS_KEPT_FOR),
      );
      const days = await retireDays(ports, settings);
      const segments = await ports.housekeeping.finished();
      const present = new Set(segments.map(nameOf));
      const totals = { segments: 0, kept: 0 };
      for (const segment of segments) {
        // One segment that cannot be removed must not stop the others.
        try {
          const result = await consider(segment, present);
          totals.segments += result.removed ? 1 : 0;
          totals.kept += result.kept;
        } catch (error) {
          ports.log.error('a segment was not removed', { ...segment, error: String(error) });
        }
      }
      const { bodies } = await ports.housekeeping.tidy(ports.clock.now(), STALE_BODY_AFTER);
      const report = { days, ...totals, bodies };
      if (Object.values(report).some((count) => count > 0))
        ports.log.info('retention', { ...report });
      return report;
    },
  };
}

/** Marked by a round before, and cut off before its files were gone. */
async function finishRemovals(ports: RetentionPorts): Promise<void> {
  const marked = await ports.database.acrossOrganisations(({ retention }) => retention.removed());
  for (const segment of marked) await removeFiles(ports, segment);
}

async function removeFiles(
  ports: RetentionPorts,
  segment: { readonly instance: string; readonly segment: string },
): Promise<void> {
  await ports.housekeeping.remove(segment);
  await ports.database.acrossOrganisations(({ retention }) => retention.forget(segment));
}

async function retireDays(ports: RetentionPorts, settings: RetentionSettings): Promise<number> {
  // Of the day that the boundary lies in some rows are still in their time.
  const boundary = dayOf(ports.clock.now() - settings.copies);
  const days = await ports.database.acrossOrganisations(({ retention }) => retention.days());
  let retired = 0;
  for (const day of days) {
    if (day >= boundary) break;
    const stayed = await retireDay(ports, day, settings.copies);
    if (stayed === 0) retired += 1;
  }
  return retired;
}

/** How many messages of it stay; null: it was in use each time, and is left to the next round. */
async function retireDay(
  { database, log }: RetentionPorts,
  day: string,
  copies: number,
): Promise<number | null> {
  for (let tries = 1; tries <= RETIRE_TRIES; tries += 1) {
    try {
      return await database.acrossOrganisations(({ retention }) =>
        retention.retireDay(day, copies),
      );
    } catch (error) {
      if (!(error instanceof DatabaseBusyError)) throw error;
    }
  }
  log.warn('a day was in use, and goes with the next round', { day });
  return null;
}

interface Considered {
  readonly removed: boolean;
  readonly kept: number;
  /** It was read, and a delivery in it keeps it. */
  readonly waits?: boolean;
}

const NOT_YET: Considered = { removed: false, kept: 0 };

async function considerSegment(
  ports: RetentionPorts,
  settings: RetentionSettings,
  segment: FinishedSegment,
): Promise<Considered> {
  const now = ports.clock.now();
  const overAt = now - settings.copies - FILES_OUTLIVE_ROWS;
  const earliest = segment.class === 'copy' ? overAt : now - TRANSIT_KEPT_FOR;
  if (segment.lastWrittenAt >= earliest) return NOT_YET;
  const content = await readSegment(ports.reader, segment);
  if (content === null || content.newest >= earliest) return NOT_YET;
  const { instance, segment: name } = segment;
  const readTo = await ports.database.acrossOrganisations(({ retention }) =>
    retention.readTo(instance, name),
  );
  if ((readTo ?? 0) < content.end) return NOT_YET;
  const rows = await standingAt(ports, segment, content);
  const isOver = content.newest < overAt;
  if (!isOver && rows.some((row) => isWanted(row, now))) return { ...NOT_YET, waits: true };
  // Days were retired before: a row of a copy that is still there is there for a reason. Rows of transit mail stay for
  // the trace, their bytes only while somebody waits for them.
  const needed = isOver ? rows.filter((row) => segment.class === 'copy' || row.open) : [];
  const moved = await keep(ports, needed);
  await ports.database.acrossOrganisations(({ retention }) =>
    retention.removeSegment({
      instance,
      segment: name,
      end: content.end,
      moved,
      accepted: content.accepted,
      at: now,
    }),
  );
  await removeFiles(ports, { instance, segment: name });
  return { removed: true, kept: moved.length };
}

/** Not final yet, or for less than a day. */
function isWanted(row: StandingMessage, now: Instant): boolean {
  return row.open || (row.settledAt ?? row.acceptedAt) >= now - TRANSIT_KEPT_FOR;
}

/**
 * A segment of copies goes when no row names it any more. A row that names a segment which is gone, as after a database
 * was restored from a backup, is led to the copy.
 */
async function considerKept(
  ports: RetentionPorts,
  segment: FinishedSegment,
  present: ReadonlySet<string>,
): Promise<Considered> {
  if (segment.lastWrittenAt >= ports.clock.now() - KEPT_SETTLES_AFTER) return NOT_YET;
  const content = await readSegment(ports.reader, segment);
  if (content === null) return NOT_YET;
  const places = new Map(content.records.map(({ id, reference }) => [id, reference]));
  const rows = await standing(ports, content);
  const lost = rows.flatMap((row): readonly MovedMessage[] => {
    const to = places.get(row.id);
    const { id, organisationId, acceptedAt, reference: from } = row;
    return to === undefined || present.has(nameOf(from))
      ? []
      : [{ id, organisationId, acceptedAt, from, to }];
  });
  if (lost.length > 0) {
    await ports.database.acrossOrganisations(({ retention }) => retention.move(lost));
    return NOT_YET;
  }
  if (rows.some(({ reference }) => nameOf(reference) === nameOf(segment))) return NOT_YET;
  await ports.housekeeping.remove(segment);
  return { removed: true, kept: 0 };
}

/** Rows whose bytes are in this segment; others were moved already. */
async function standingAt(
  ports: RetentionPorts,
  segment: FinishedSegment,
  content: SegmentContent,
): Promise<readonly StandingMessage[]> {
  const rows = await standing(ports, content);
  return rows.filter(({ reference }) => nameOf(reference) === nameOf(segment));
}

/** Records asked for in one statement. */
const ASKED_AT_ONCE = 2000;

async function standing(
  ports: RetentionPorts,
  { records }: SegmentContent,
): Promise<readonly StandingMessage[]> {
  const rows: StandingMessage[] = [];
  for (let start = 0; start < records.length; start += ASKED_AT_ONCE) {
    const some = records.slice(start, start + ASKED_AT_ONCE);
    rows.push(
      ...(await ports.database.acrossOrganisations(({ retention }) => retention.standing(some))),
    );
  }
  return rows;
}

/** One copy for each record, whichever organisations have a row of it. */
async function keep(
  ports: RetentionPorts,
  needed: readonly StandingMessage[],
): Promise<readonly MovedMessage[]> {
  if (needed.length === 0) return [];
  const places = new Map<number, StoreReference>();
  for (const { reference } of needed) places.set(reference.offset, reference);
  const from = [...places.values()].toSorted((a, b) => a.offset - b.offset);
  const copies = await ports.housekeeping.keep(from);
  const copyOf = new Map(from.map(({ offset }, index) => [offset, copies[index]]));
  return needed.map(({ id, organisationId, acceptedAt, reference }) => {
    const to = copyOf.get(reference.offset);
    if (to === undefined) throw new Error(`No copy was made of ${id}`);
    return { id, organisationId, acceptedAt, from: reference, to };
  });
}

function nameOf({
  instance,
  segment,
}: {
  readonly instance: string;
  readonly segment: string;
}): string {
  return `${instance}/${segment}`;
}
