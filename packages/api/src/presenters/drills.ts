import type {
  DrillParticipantModel,
  DrillPreviewModel,
  DrillReportModel,
  DrillSummary,
} from '@holdfast/application';
import type {
  DrillParticipantView,
  DrillPreview,
  DrillReport,
  DrillTarget,
  DrillView,
} from '@holdfast/contracts';
import { DRILL_TARGETS, HOUR, SECOND, type DrillFact } from '@holdfast/domain';
import { toIso, toIsoOrNull } from './instant.ts';

export function presentDrill({ drill, evidence }: DrillSummary): DrillView {
  const { participants, reached, signedIn, wrote, reachedAfter, signedInAfter } = evidence.figures;
  const over = drill.phase === 'over' ? drill : null;
  return {
    id: drill.id,
    reason: drill.reason,
    startedAt: toIso(drill.startedAt),
    startedBy: drill.startedBy,
    noticesAt: toIso(drill.noticesAt),
    endsAt: toIso(drill.endsAt),
    endedAt: toIsoOrNull(over?.endedAt ?? null),
    because: over?.because ?? null,
    participants,
    reached,
    signedIn,
    wrote,
    reachedAfterSeconds: seconds(reachedAfter),
    signedInAfterSeconds: seconds(signedInAfter),
  };
}

function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds / SECOND);
}

export function presentDrillPreview(model: DrillPreviewModel): DrillPreview {
  const named = (users: DrillPreviewModel['busy']): DrillPreview['busy'] =>
    users.map(({ id, displayName }) => ({ id, name: displayName }));
  return {
    covered: model.covered,
    reachableBy: model.reachableBy,
    reachable: model.reachable,
    unreachable: named(model.unreachable),
    busy: named(model.busy),
    isEventOpen: model.isEventOpen,
    noticeDelaySeconds: model.noticeDelay / SECOND,
    longestHours: model.longest / HOUR,
    mostParticipants: model.mostParticipants,
  };
}

export function presentDrillReport(model: DrillReportModel): DrillReport {
  const { drill, evidence, participants } = model;
  return {
    organisation: model.organisation,
    drill: presentDrill({ drill, evidence }),
    targets: TARGETS.map((target) => ({
      target,
      met: evidence.met[target],
      wanted: target.endsWith('Within') ? DRILL_TARGETS[target] / SECOND : DRILL_TARGETS[target],
    })),
    participants: participants.map(presentDrillParticipant),
    gone: drill.participants.length - participants.length,
    log: model.log.map(({ at, by, fact }) => ({ at: toIso(at), by, what: factWords(fact) })),
  };
}

const TARGETS: readonly DrillTarget['target'][] = [
  'reached',
  'reachedWithin',
  'signedIn',
  'signedInWithin',
  'wrote',
];

function presentDrillParticipant(model: DrillParticipantModel): DrillParticipantView {
  const { user, participation, stage } = model;
  const { notices } = participation;
  const handedOver = notices.filter(({ outcome }) => outcome === 'handed-over');
  const failed = notices.filter(({ outcome }) => outcome === 'failed');
  return {
    id: user.id,
    name: user.displayName,
    address: user.primaryAddress,
    stage,
    reachedBy: [...new Set(handedOver.map(({ channel }) => channel))],
    reachedAt: toIsoOrNull(model.reachedAt),
    signedInAt: toIsoOrNull(participation.signedInAt),
    signedInBy: model.signedInBy,
    wroteAt: toIsoOrNull(participation.wroteAt),
    detail: stage === 'not-delivered' ? (failed.at(-1)?.detail ?? null) : null,
  };
}

function factWords(fact: DrillFact): string {
  if (fact.type === 'started') return `Drill started: ${fact.drill.reason}`;
  switch (fact.because) {
    case 'ended':
      return 'Drill ended';
    case 'time':
      return 'Drill ended: its time was over';
    case 'undone':
      return 'Start undone before anyone was told';
    case 'event':
      return 'Drill ended: an emergency event has begun';
  }
}
