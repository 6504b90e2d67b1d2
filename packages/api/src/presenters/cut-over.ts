import {
  lockDownOffScript,
  obstacleWords,
  stepWords,
  type ApplicationSettings,
  type CanaryProbeRecord,
  type CutOverReading,
  type DirectSendersReading,
  type EmergencyCard,
  type LockDownPreview,
  type UninstallReview,
} from '@holdfast/application';
import type {
  CanaryView,
  CutOverView,
  DirectSendersView,
  EmergencyCardView,
  LockDownPreviewView,
  StepView,
  UninstallView,
} from '@holdfast/contracts';
import { isSkippable, recordsToEnter, type StepReading } from '@holdfast/domain';
import { toIso, toIsoOrNull } from './instant.ts';

/** Seconds; what a record of an emergency should say. */
const EMERGENCY_TTL = 300;

export function presentCutOver(
  reading: CutOverReading,
  settings: ApplicationSettings,
  organisationId: string,
): CutOverView {
  const { record, domain } = reading;
  const { state, evidence } = record;
  return {
    name: domain.name,
    phase: state?.phase ?? 'not-started',
    startedAt: toIsoOrNull(state?.startedAt ?? null),
    startedBy: state === null || state.phase === 'back' ? null : state.startedBy,
    gatheredAt: toIsoOrNull(record.gatheredAt),
    steps: reading.steps.map((step) => presentStep(step, reading, settings)),
    wayBack: reading.wayBack.map((step) => presentStep(step, reading, settings)),
    next: reading.next?.step ?? null,
    canary: reading.probe === null ? null : presentCanary(reading.probe),
    canaryMailbox: record.canaryMailbox,
    lockDown: evidence?.lockDown ?? 'unknown',
    exchangeByHand: evidence?.connector === 'unknown' || reading.attestations.length > 0,
    obstacles: reading.obstacles.map(obstacleWords),
    refused: reading.refused,
    lockDownOffScript: lockDownOffScript(organisationId),
    tenantMx: domain.tenantMx,
    ourMx: recordsToEnter(domain.name, settings.ourHosts).map(({ exchange, preference }) => ({
      exchange,
      preference,
    })),
  };
}

function presentStep(
  step: StepReading,
  reading: CutOverReading,
  settings: ApplicationSettings,
): StepView {
  const words = stepWords(step, reading, settings);
  const { state } = step;
  const filterInFront = reading.domain.filterMode === 'filter-in-front';
  return {
    step: step.step,
    state: state.kind,
    until: state.kind === 'waiting' ? toIso(state.until) : null,
    at: state.kind === 'done' || state.kind === 'skipped' ? toIsoOrNull(state.at) : null,
    title: words.title,
    measured: words.measured,
    reason: state.kind === 'skipped' ? state.reason : words.reason,
    blockedBy: state.kind === 'blocked' ? state.reason : null,
    skippedBy: state.kind === 'skipped' ? state.by : null,
    skippable: isSkippable(step.step, filterInFront) && state.kind !== 'done',
    todo: words.todo,
    risk: words.risk,
  };
}

function presentCanary(probe: CanaryProbeRecord): CanaryView {
  const { mailbox, state, seenBy, blind, removal, detail } = probe;
  return {
    mailbox,
    state,
    hops: hopsOf(probe),
    seenBy,
    blind,
    removedAt: toIsoOrNull(probe.removedAt),
    removal,
    detail,
  };
}

/** Microsoft's clock and ours differ: a hop cannot have taken less than nothing. */
function hopsOf(probe: CanaryProbeRecord): CanaryView['hops'] {
  const passed = [
    { hop: 'submitted', at: probe.submittedAt, detail: null },
    { hop: 'accepted', at: probe.acceptedAt, detail: probe.acceptedBy },
    { hop: 'relayed', at: probe.relayedAt, detail: probe.relayedTo },
    { hop: 'arrived', at: probe.arrivedAt, detail: probe.folder },
  ] as const;
  let before: number | null = null;
  return passed.flatMap(({ hop, at, detail }) => {
    if (at === null) return [];
    const after = before === null ? null : Math.max(0, at - before);
    before = at;
    return [{ hop, at: toIso(at), after, detail }];
  });
}

export function presentDirectSenders(reading: DirectSendersReading): DirectSendersView {
  if (reading.kind === 'not-possible') {
    const { detail } = reading;
    const none = { since: null, until: null, rows: 0, complete: false, senders: [] };
    return { possible: false, detail, ...none };
  }
  return {
    possible: true,
    detail: null,
    since: toIso(reading.since),
    until: toIso(reading.until),
    rows: reading.rows,
    complete: reading.complete,
    senders: reading.senders.map((sender) => ({ ...sender, lastAt: toIso(sender.lastAt) })),
  };
}

export function presentEmergencyCard(card: EmergencyCard, now: number): EmergencyCardView {
  return {
    organisation: card.organisation.name,
    madeAt: toIso(now),
    lockDown: card.lockDown,
    script: card.script,
    domains: card.domains.map((domain) => ({
      name: domain.name,
      ourMx: card.ourHosts,
      tenantMx: domain.tenantMx.map(({ preference, exchange }) => `${preference} ${exchange}`),
      ttl: EMERGENCY_TTL,
      filterInFront: domain.filterMode === 'filter-in-front',
    })),
    operatorContact: card.operatorContact,
  };
}

export function presentLockDownPreview(preview: LockDownPreview): LockDownPreviewView {
  const { on, obstacles, domains, throughUs, direct, initialDomain } = preview;
  return {
    on,
    obstacles: obstacles.map(obstacleWords),
    domains,
    throughUs,
    directMessages: direct?.messages ?? null,
    directSources: direct?.sources ?? null,
    initialDomain,
  };
}

export function presentUninstall(review: UninstallReview): UninstallView {
  const { latest } = review;
  return {
    blockers: review.blockers,
    protectedUsers: review.protectedUsers,
    copiesUntil: toIso(review.copiesUntil),
    latest:
      latest === null
        ? null
        : {
            state: latest.state,
            startedAt: toIso(latest.startedAt),
            startedBy: latest.startedBy,
            finishedAt: toIsoOrNull(latest.finishedAt),
            removed: latest.removed,
            byHand: latest.byHand,
            script: latest.script,
            copiesUntil: toIsoOrNull(latest.copiesUntil),
            detail: latest.detail,
          },
  };
}
