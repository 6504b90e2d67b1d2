import type { EvidenceFinding } from './evidence.ts';

/** An incident as Microsoft tells of it. */
export interface ServiceIncident {
  /** `EX680695`, `MO1221364`. */
  readonly id: string;
  readonly title: string;
  /** Microsoft's own word, in whatever case it comes. */
  readonly status: string;
  readonly isResolved: boolean;
  readonly startedAt: number | null;
}

export interface ServiceStatus {
  readonly service: string;
  readonly status: string;
  readonly incidents: readonly ServiceIncident[];
}

/** Reference 4.1. Compared without case: Microsoft's samples write `ServiceOperational`, its description camelCase. */
const DOWNISH: ReadonlySet<string> = new Set([
  'serviceinterruption',
  'servicedegradation',
  'extendedrecovery',
  'restoringservice',
  'investigating',
]);

/** Services that mail, mailboxes and signing in hang on. */
const OURS: ReadonlySet<string> = new Set([
  'exchange online',
  'exchange',
  'microsoft entra',
  'identity service',
  'identityservice',
  'microsoft 365 suite',
]);

export function isDownish(status: string): boolean {
  return DOWNISH.has(status.toLowerCase());
}

/** Incidents that are open and touch mail, mailboxes or signing in; for the banner and the health page. */
export function openIncidents(services: readonly ServiceStatus[]): readonly ServiceIncident[] {
  return services
    .filter(({ service }) => OURS.has(service.toLowerCase()))
    .flatMap(({ incidents }) => incidents)
    .filter(({ isResolved, status }) => !isResolved && isDownish(status));
}

/**
 * What Microsoft says of itself. It comes late, often by half an hour and more, and is for the whole tenant: it makes
 * other evidence surer and is never an alarm by itself (see `assessPrimary`).
 */
export function classifyServiceHealth(
  services: readonly ServiceStatus[],
  latency: number,
): EvidenceFinding {
  const hit = services.filter(
    ({ service, status }) => OURS.has(service.toLowerCase()) && isDownish(status),
  );
  const [first] = openIncidents(services);
  if (hit.length === 0 && first === undefined) {
    return {
      verdict: 'good',
      weight: 'none',
      cause: 'Microsoft reports no incident',
      latency,
      remedy: null,
    };
  }
  const names = hit.map(({ service }) => service).join(', ');
  const cause =
    first === undefined
      ? `Microsoft reports trouble with ${names}`
      : `Microsoft reports ${first.id}: ${first.title}`;
  return { verdict: 'bad', weight: 'medium', cause, latency, remedy: null };
}
