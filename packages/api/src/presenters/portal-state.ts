import type { PortalStateModel } from '@holdfast/application';
import type { PortalState } from '@holdfast/contracts';
import { toIso, toIsoOrNull } from './instant.ts';

export function presentPortalState(
  model: PortalStateModel,
  facts: {
    readonly mustChoosePassword: boolean;
    readonly passkeys: boolean;
    readonly demo: boolean;
  },
): PortalState {
  const {
    user,
    language,
    organisation,
    access,
    event,
    drill,
    copy,
    helpdesk,
    helpdeskContact,
    leftSent,
  } = model;
  return {
    user,
    language,
    organisation,
    access,
    event: presentEvent(event, model.sent),
    drill: presentDrill(drill),
    copy,
    helpdesk: presentHelpdesk(helpdesk),
    helpdeskContact,
    leftSent,
    ...facts,
  };
}

function presentHelpdesk(helpdesk: PortalStateModel['helpdesk']): PortalState['helpdesk'] {
  if (helpdesk === null) return null;
  const { by, at, used, mayPutAway } = helpdesk;
  return { by, at: toIso(at), used, mayPutAway };
}

function presentDrill(drill: PortalStateModel['drill']): PortalState['drill'] {
  if (drill === null) return null;
  const { id, reason, startedAt, endsAt } = drill;
  const over = drill.phase === 'over' ? drill : null;
  return {
    id,
    reason,
    since: toIso(startedAt),
    endsAt: toIso(endsAt),
    endedAt: toIsoOrNull(over?.endedAt ?? null),
    forEvent: over?.because === 'event',
  };
}

function presentEvent(
  event: PortalStateModel['event'],
  sent: PortalStateModel['sent'],
): PortalState['event'] {
  if (event === null || event.phase === 'closed') return null;
  const since = toIso(event.outageSince);
  if (event.phase === 'active')
    return {
      phase: 'active',
      since,
      endedAt: null,
      readOnlyUntil: null,
      plannedEnd: toIsoOrNull(event.endsAt),
      sent,
      settled: false,
    };
  return {
    phase: 'recovering',
    since,
    endedAt: toIso(event.endedAt),
    readOnlyUntil: toIso(event.readOnlyUntil),
    plannedEnd: null,
    sent,
    settled: event.settledAt !== null,
  };
}
