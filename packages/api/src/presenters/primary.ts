import type { HealthReading } from '@holdfast/application';
import type { HealthView, PrimaryView } from '@holdfast/contracts';
import { outageShape, type PrimaryHealth, type ServiceIncident } from '@holdfast/domain';
import { toIso, toIsoOrNull } from './instant.ts';

/** Where Microsoft's admin centre shows its services. */
const SERVICE_HEALTH_PAGE = 'https://admin.microsoft.com/#/servicehealth';

export function presentPrimary(health: PrimaryHealth): PrimaryView {
  const sources = Object.entries(health.sources).map(([source, view]) => {
    const { verdict, cause, at, latency = null, remedy = null } = view;
    return { source, verdict, cause, at: toIso(at), latency, remedy };
  });
  return {
    state: health.state,
    since: toIso(health.since),
    shape: outageShape(health),
    seen: sources.length > 0,
    sources,
  };
}

export function presentHealth(reading: HealthReading): HealthView {
  const { at, since, health, states, evidence, incidents } = reading;
  return {
    at: toIso(at),
    since: toIso(since),
    primary: presentPrimary(health),
    states: states.map((change) => ({ state: change.state, since: toIso(change.since) })),
    evidence: evidence.map(({ at: from, until, ...rest }) => ({
      ...rest,
      from: toIso(from),
      until: toIso(until),
    })),
    incidents: (incidents?.incidents ?? []).map(presentIncident),
    incidentsReadAt: toIsoOrNull(incidents?.readAt ?? null),
  };
}

function presentIncident({ id, title, status, startedAt }: ServiceIncident) {
  const href = `${SERVICE_HEALTH_PAGE}/:/alerts/${encodeURIComponent(id)}`;
  return { id, title, status, startedAt: toIsoOrNull(startedAt), href };
}
