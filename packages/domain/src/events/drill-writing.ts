import { MINUTE, type Instant } from '../instant.ts';
import { takesPart, type Drill } from './drill.ts';

/** Before the subject of what is written in a drill. */
const DRILL_MARK = '[DRILL] ';

export function markDrill(subject: string): string {
  return subject.includes(DRILL_MARK.trim()) ? subject : `${DRILL_MARK}${subject}`;
}

export function withoutDrillMark(subject: string): string {
  return subject.startsWith(DRILL_MARK) ? subject.slice(DRILL_MARK.length) : subject;
}

/** The clock of a phone may be wrong by this much. */
const CLOCK_TOLERANCE = 5 * MINUTE;

/**
 * Whether a message that a client hands in is one of a drill: taken and never sent, or refused since its drill is over. A
 * message written in a drill must not leave in the event that came after it, from an outbox that was offline meanwhile.
 */
export type DrillWriting =
  | { readonly kind: 'practice'; readonly drillId: string }
  | { readonly kind: 'over' }
  | { readonly kind: 'real' };

export function decideDrillWriting(
  facts: {
    /** Of the client: the drill that it was written in, null for none, undefined where the client does not say. */
    readonly saidDrill: string | null | undefined;
    /** By the phone's clock. */
    readonly writtenAt: Instant | null;
    readonly userId: string;
    readonly now: Instant;
    readonly isEventOpen: boolean;
  },
  /** The user's latest drill, running or over. */
  latest: Drill | null,
): DrillWriting {
  const { saidDrill, writtenAt, userId, now, isEventOpen } = facts;
  const running = !isEventOpen && latest !== null && takesPart(latest, userId, now);
  if (typeof saidDrill === 'string')
    return running && saidDrill === latest.id
      ? { kind: 'practice', drillId: latest.id }
      : { kind: 'over' };
  // Whatever a client says or does not say: nothing is sent for real while its mailbox is open for a drill alone.
  if (running) return { kind: 'practice', drillId: latest.id };
  if (saidDrill === null || writtenAt === null || latest?.phase !== 'over') return { kind: 'real' };
  const isWithin =
    latest.participants.includes(userId) &&
    writtenAt >= latest.startedAt - CLOCK_TOLERANCE &&
    writtenAt < latest.endedAt;
  return isWithin ? { kind: 'over' } : { kind: 'real' };
}
