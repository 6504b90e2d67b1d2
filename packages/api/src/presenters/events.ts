import type {
  EventPreviewModel,
  EventProgress,
  EventStateModel,
  LedgerReading,
  PutBackOutcome,
} from '@holdfast/application';
import type {
  CarriedBack,
  EventPreview,
  EventState,
  EventView,
  LeftOver,
} from '@holdfast/contracts';
import { SECOND, type EventFact } from '@holdfast/domain';
import { toIso, toIsoOrNull } from './instant.ts';
import { presentPrimary } from './primary.ts';

export function presentEvent(progress: EventProgress): EventView {
  const { event, ...numbers } = progress;
  const active = event.phase === 'active' ? event : null;
  const ended = event.phase === 'active' ? null : event;
  return {
    id: event.id,
    phase: event.phase,
    scope:
      event.scope.kind === 'everyone'
        ? { kind: 'everyone' }
        : { kind: 'users', count: event.scope.userIds.length },
    relay: active?.relay ?? null,
    reason: event.reason,
    startedAt: toIso(event.startedAt),
    startedBy: event.startedBy,
    noticesAt: toIsoOrNull(active?.noticesAt ?? null),
    endsAt: toIsoOrNull(active?.endsAt ?? null),
    endedAt: toIsoOrNull(ended?.endedAt ?? null),
    readOnlyUntil: event.phase === 'recovering' ? toIso(event.readOnlyUntil) : null,
    settledAt: toIsoOrNull(ended?.settledAt ?? null),
    covered: numbers.covered,
    reached: numbers.reached,
    notReached: numbers.notReached,
    signedIn: numbers.signedIn,
    waiting: numbers.waiting,
    sent: numbers.sent,
    putBack: numbers.putBack,
    carriedBack: presentCarriedBack(numbers.carriedBack),
    leftOver: numbers.leftOver.flatMap(presentLeftOver),
  };
}

function presentCarriedBack(counts: EventProgress['carriedBack']): CarriedBack {
  const of = (...outcomes: readonly PutBackOutcome[]): number =>
    counts
      .filter(({ outcome }) => outcomes.includes(outcome))
      .reduce((sum, { count }) => sum + count, 0);
  return {
    all: counts.reduce((sum, { count }) => sum + count, 0),
    done: of('done', 'same'),
    theirs: of('theirs'),
    waiting: of('waiting'),
    notFound: of('not-found'),
    refused: of('no-mailbox', 'forbidden', 'whole-only'),
  };
}

function presentLeftOver(entry: EventProgress['leftOver'][number]): readonly LeftOver[] {
  const { itemId, kind, outcome, address, subject, detail } = entry;
  switch (outcome) {
    case 'not-found':
    case 'no-mailbox':
    case 'forbidden':
    case 'whole-only':
      return [{ itemId, kind, outcome, address, subject, detail }];
    case 'waiting':
    case 'done':
    case 'same':
    case 'theirs':
      return [];
  }
}

export function presentEventState(
  model: EventStateModel,
  ledgers: LedgerReading | null,
): EventState {
  return {
    current: model.current === null ? null : presentEvent(model.current),
    past: model.past.map(presentEvent),
    primary: presentPrimary(model.health),
    log: model.log.map(({ at, by, fact }) => ({ at: toIso(at), by, what: factWords(fact) })),
    ledger: ledgers?.inbound ?? null,
    outboundLedger: ledgers?.outbound ?? null,
    noticesLedger: ledgers?.notices ?? null,
  };
}

export function presentEventPreview(model: EventPreviewModel): EventPreview {
  return {
    covered: model.covered,
    reachableBy: model.reachableBy,
    reachable: model.reachable,
    unreachable: model.unreachable.map((user) => {
      const { id, displayName, primaryAddress, directoryPhone } = user;
      return { id, name: displayName, address: primaryAddress, directoryPhone };
    }),
    waiting: model.waiting,
    failingReplies: model.failingReplies.map(({ domain, users, fate }) => ({
      domain,
      users,
      fate,
    })),
    primary: presentPrimary(model.health),
    noticeDelaySeconds: model.noticeDelay / SECOND,
  };
}

function factWords(fact: EventFact): string {
  switch (fact.type) {
    case 'started':
      return `Event started: ${fact.event.reason}`;
    case 'relapsed':
      return `Event started again: ${fact.event.reason}`;
    case 'undone':
      return fact.silent ? 'Start undone before anyone was told' : 'Start undone, users told';
    case 'relay-switched':
      return fact.relay === 'hold' ? 'Mail to Office 365 is held' : 'Mail to Office 365 goes on';
    case 'ended':
      return 'Event ended';
    case 'settled':
      return 'Everything is delivered and put back';
    case 'closed':
      return 'Emergency mailboxes closed';
  }
}
