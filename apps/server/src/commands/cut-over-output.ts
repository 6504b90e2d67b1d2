import {
  stepWords,
  type ApplicationSettings,
  type CutOverReading,
  type DirectSendersReading,
} from '@holdfast/application';
import type { StepReading } from '@holdfast/domain';
import { iso, table } from './output.ts';

/** What scripts read of a cut-over. */
export function cutOverJson(
  reading: CutOverReading,
  settings: ApplicationSettings,
): Record<string, unknown> {
  const { record, probe } = reading;
  const step = (one: StepReading) => stepJson(one, reading, settings);
  return {
    domain: record.domain,
    phase: record.state?.phase ?? 'not-started',
    gatheredAt: record.gatheredAt === null ? null : iso(record.gatheredAt),
    steps: reading.steps.map(step),
    wayBack: reading.wayBack.map(step),
    next: reading.next?.step ?? null,
    lockDown: record.evidence?.lockDown ?? 'unknown',
    refusedByLockDown: reading.refused,
    canary:
      probe === null
        ? null
        : {
            state: probe.state,
            mailbox: probe.mailbox,
            messageId: probe.messageId,
            blind: probe.blind,
            detail: probe.detail,
            removed: probe.removedAt !== null,
          },
  };
}

function stepJson(
  one: StepReading,
  reading: CutOverReading,
  settings: ApplicationSettings,
): Record<string, unknown> {
  const { step, state } = one;
  const { measured, reason, todo } = stepWords(one, reading, settings);
  return {
    step,
    state: state.kind,
    until: state.kind === 'waiting' ? iso(state.until) : null,
    blockedBy: state.kind === 'blocked' ? state.reason : null,
    reason: state.kind === 'skipped' ? state.reason : reason,
    measured,
    todo,
  };
}

export function cutOverLines(
  reading: CutOverReading,
  settings: ApplicationSettings,
): readonly string[] {
  const { record, next } = reading;
  const phase = record.state?.phase ?? 'not-started';
  const back = phase === 'way-back' || phase === 'back';
  const steps: readonly StepReading[] = back ? reading.wayBack : reading.steps;
  const rows = steps.map((one) => {
    const words = stepWords(one, reading, settings);
    return [one.step, stateWords(one), words.measured];
  });
  const ahead = next === null ? [] : ['', `Next: ${stepWords(next, reading, settings).todo}`];
  const loud =
    reading.refused.length === 0
      ? []
      : [
          `LOCK-DOWN IS ON and MX of ${reading.refused.join(', ')} leads past us: Office 365 refuses that mail. Switch it off.`,
        ];
  return [
    ...loud,
    `${record.domain}: ${phase}`,
    ...table(['step', 'state', 'measured'], rows),
    ...ahead,
  ];
}

function stateWords({ state }: StepReading): string {
  switch (state.kind) {
    case 'open':
    case 'done':
      return state.kind;
    case 'waiting':
      return `waiting until ${iso(state.until)}`;
    case 'blocked':
      return `blocked: ${state.reason}`;
    case 'skipped':
      return `skipped by ${state.by}: ${state.reason}`;
  }
}

export function directSendersJson(reading: DirectSendersReading): Record<string, unknown> {
  if (reading.kind === 'not-possible') return { possible: false, detail: reading.detail };
  const { since, until, senders, rows, complete } = reading;
  return {
    possible: true,
    since: iso(since),
    until: iso(until),
    rows,
    complete,
    senders: senders.map((sender) => ({ ...sender, lastAt: iso(sender.lastAt) })),
  };
}

export function directSendersLines(reading: DirectSendersReading): readonly string[] {
  if (reading.kind === 'not-possible') return [reading.detail];
  const since = `Since ${iso(reading.since)}, of ${reading.rows} messages`;
  if (reading.senders.length === 0) return [`${since}: nobody sends to Office 365 directly.`];
  const rows = reading.senders.map(({ messages, fromIp, senderDomain, hint }) => [
    String(messages),
    fromIp,
    senderDomain,
    hint,
  ]);
  return [`${since}:`, ...table(['messages', 'from', 'sender', 'probably'], rows)];
}
