import type { Router } from 'express';
import type { OutageShape } from '../outage/outage.ts';
import type { World } from '../world.ts';
import { pageRequest } from './directory-routes.ts';
import { filter } from './filter.ts';
import { notFound } from './graph-error.ts';
import { page, textParameter } from './page.ts';

/** Microsoft writes the values of these enumerations in PascalCase, against its own description of the API. */
type HealthStatus =
  | 'ServiceOperational'
  | 'ServiceInterruption'
  | 'ServiceDegradation'
  | 'ServiceRestored';

interface Incident {
  readonly shape: OutageShape;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

const SERVICES = [
  { id: 'Exchange', service: 'Exchange Online' },
  { id: 'IdentityService', service: 'Microsoft Entra' },
  { id: 'microsoftteams', service: 'Microsoft Teams' },
  { id: 'SharePoint', service: 'SharePoint Online' },
] as const;

const REPORTS: Readonly<
  Record<Exclude<OutageShape, 'none'>, { service: string; status: HealthStatus; title: string }>
> = {
  transport: {
    service: 'Exchange Online',
    status: 'ServiceInterruption',
    title: 'Users may be unable to send or receive email',
  },
  mailbox: {
    service: 'Exchange Online',
    status: 'ServiceInterruption',
    title: 'Users may be unable to access their mailboxes',
  },
  identity: {
    service: 'Microsoft Entra',
    status: 'ServiceInterruption',
    title: 'Users may be unable to sign in',
  },
  throttle: {
    service: 'Exchange Online',
    status: 'ServiceDegradation',
    title: 'Some inbound email may be delayed',
  },
  outbound: {
    service: 'Exchange Online',
    status: 'ServiceDegradation',
    title: 'Email to external recipients may be rejected',
  },
};

/** Service health, late as the real one: it reports an outage, and its end, after `world.healthDelayMs`. */
export function healthRoutes(router: Router, world: World): void {
  const base = '/admin/serviceAnnouncement';
  router.get(`${base}/healthOverviews`, (request, response) => {
    const withIssues = textParameter(request.query, '$expand') === 'issues';
    const items = SERVICES.map((entry) => overview(world, entry, withIssues));
    response.json(page(pageRequest(world, request), items, 'healthOverviews'));
  });
  router.get(`${base}/healthOverviews/:service`, (request, response) => {
    const entry = SERVICES.find((known) => known.service === request.params.service);
    if (entry === undefined) throw notFound(request.params.service);
    response.json(overview(world, entry, textParameter(request.query, '$expand') === 'issues'));
  });
  router.get(`${base}/issues`, (request, response) => {
    const wanted = filter(request.query['$filter'], ['service', 'isResolved', 'status']);
    const items = issues(world).filter((issue) => wanted(issue));
    response.json(page(pageRequest(world, request), items, 'issues'));
  });
}

function overview(world: World, entry: (typeof SERVICES)[number], withIssues: boolean) {
  const own = issues(world).filter((issue) => issue.service === entry.service);
  const status: HealthStatus = own[0]?.status ?? 'ServiceOperational';
  return { ...entry, status, ...(withIssues && { issues: own }) };
}

/** What Microsoft has published so far. */
function issues(world: World) {
  const { outage, healthDelayMs } = world;
  const published = Date.now() - healthDelayMs;
  const incidents: Incident[] = [];
  if (outage.shape !== 'none') {
    incidents.push({ shape: outage.shape, startedAt: outage.since, endedAt: null });
  }
  if (outage.previous !== null) incidents.push(outage.previous);
  return incidents
    .filter((incident) => incident.startedAt <= published)
    .map((incident) =>
      present(
        incident,
        incident.endedAt !== null && incident.endedAt <= published ? incident.endedAt : null,
      ),
    );
}

function present(incident: Incident, endedAt: number | null) {
  const report = REPORTS[incident.shape === 'none' ? 'transport' : incident.shape];
  const status: HealthStatus = endedAt === null ? report.status : 'ServiceRestored';
  return {
    id: `EX${Math.floor(incident.startedAt / 1000) % 10_000_000}`,
    title: report.title,
    service: report.service,
    feature: 'E-Mail and calendar access',
    featureGroup: 'E-Mail and calendar access',
    classification: 'Incident',
    origin: 'Microsoft',
    status,
    impactDescription: `${report.title}.`,
    isResolved: endedAt !== null,
    startDateTime: new Date(incident.startedAt).toISOString(),
    endDateTime: endedAt === null ? null : new Date(endedAt).toISOString(),
    lastModifiedDateTime: new Date(endedAt ?? incident.startedAt).toISOString(),
    posts: [],
    details: [],
  };
}
