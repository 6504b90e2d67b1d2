import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createAdminRouter, refusalOf, toTrpcError, type AdminContext } from '@holdfast/api';
import {
  exportCopiedItems,
  exportQueue,
  exportTrace,
  exportUsers,
  findAdministratorSession,
  notAllowed,
  readDrillReport,
  Refusal,
  type Log,
  type Ports,
} from '@holdfast/application';
import { mayDo, type AdminDuty } from '@holdfast/domain';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import { Router, type Express, type Request, type Response } from 'express';
import type { Configuration } from '../configuration/read-configuration.ts';
import { clientIp } from './client-ip.ts';
import { copiedListsCsv } from './copied-lists-csv.ts';
import { consentRoute } from './consent-route.ts';
import { mailFlowCsv, readQueueExport, readTraceExport } from './mail-flow-csv.ts';
import { ADMIN_CSP } from './security-headers.ts';
import { createSessionCookie, type SessionCookie } from './session-cookie.ts';
import { createSite, isHttps } from './site.ts';
import { drillCsv } from './drill-csv.ts';
import { drillInput } from '@holdfast/contracts';
import { readFilters, usersCsv } from './users-csv.ts';

const OFFICE365_HELP = join(import.meta.dirname, '../../../../docs/office365.md');

export interface AdminSiteDeps {
  readonly ports: Ports;
  readonly configuration: Pick<Configuration, 'adminUrl' | 'trustedProxies'>;
  readonly log: Log;
  /** Where the built console lies; the workspace's own by default. */
  readonly builtDirectory?: string;
}

/** 50,000 ids of 39 characters and the frame around them. Unit: bytes. */
const MAX_ADMIN_REQUEST = 4 * 1024 * 1024;
const BUILT_CONSOLE = join(import.meta.dirname, '../../../admin/dist');

/** The admin console: its API, its files, and the exports of lists. */
export function createAdminSite(deps: AdminSiteDeps): Express {
  const { configuration, builtDirectory = BUILT_CONSOLE } = deps;
  const ports: Ports = { ...deps.ports, log: deps.log };
  const https = isHttps(configuration.adminUrl);
  const cookie = createSessionCookie({ site: 'admin', https });
  const routes = Router();
  const signedIn = async (request: Request, duty: AdminDuty) => {
    const actor = await findActor(ports, cookie, request);
    if (actor === null) throw new Refusal('session.required', 'Sign in to the console first.');
    if (!mayDo(actor.role, duty)) throw notAllowed(actor.role);
    return actor;
  };
  routes.use(
    '/trpc',
    createExpressMiddleware({
      router: createAdminRouter(),
      maxBodySize: MAX_ADMIN_REQUEST,
      responseMeta: () => ({ headers: new Headers({ 'cache-control': 'no-store' }) }),
      createContext: async ({ req, res }): Promise<AdminContext> => ({
        ports,
        actor: await findActor(ports, cookie, req).catch((error: unknown) => {
          throw toTrpcError(refusalOf(error, ports));
        }),
        ip: clientIp(req),
        startSession: (token, expiresAt) => cookie.start(res, token, expiresAt),
        endSession: () => cookie.end(res),
        sessionToken: cookie.read(req),
      }),
    }),
  );
  routes.get('/m365/consent', consentRoute);
  // The checkout's own page, so that help is there on the day when nothing else can be reached. As text: nothing renders it.
  routes.get('/help/office365', (_request, response) => {
    response.type('text/plain; charset=utf-8').sendFile(OFFICE365_HELP);
  });
  routes.get('/export/users.csv', async (request, response) => {
    const actor = await signedIn(request, 'see-people');
    const csv = usersCsv(await exportUsers(ports, actor), readFilters(request.query));
    response.set('Cache-Control', 'no-store').attachment('users.csv');
    response.type('text/csv; charset=utf-8').send(csv);
  });
  routes.get('/export/drills/:drillId.csv', async (request, response) => {
    const actor = await signedIn(request, 'see-people');
    const { drillId } = drillInput.parse({ drillId: request.params['drillId'] });
    const csv = drillCsv(await readDrillReport(ports, actor, { drillId }));
    response.set('Cache-Control', 'no-store').attachment('drill.csv');
    response.type('text/csv; charset=utf-8').send(csv);
  });
  routes.get('/export/queue.csv', async (request, response) => {
    const actor = await signedIn(request, 'look');
    const query = readQueueExport(request.query, ports.clock.now());
    await sendCsv(response, 'queue.csv', mailFlowCsv(exportQueue(ports, actor, query)));
  });
  routes.get('/export/copied-lists.csv', async (request, response) => {
    const actor = await signedIn(request, 'look');
    await sendCsv(response, 'copied-lists.csv', copiedListsCsv(exportCopiedItems(ports, actor)));
  });
  routes.get('/export/trace.csv', async (request, response) => {
    const actor = await signedIn(request, 'look');
    const query = readTraceExport(request.query);
    await sendCsv(response, 'trace.csv', mailFlowCsv(exportTrace(ports, actor, query)));
  });
  return createSite({
    ports,
    publicUrl: configuration.adminUrl,
    trustedProxies: configuration.trustedProxies,
    policy: ADMIN_CSP,
    routes,
    name: 'The admin console',
    builtDirectory,
  });
}

/** Piece by piece, so that a list of any length is never held whole. A fault in the middle cuts the connection. */
async function sendCsv(
  response: Response,
  name: string,
  pieces: AsyncGenerator<string>,
): Promise<void> {
  const body = Readable.from(pieces);
  response.set('Cache-Control', 'no-store').attachment(name).type('text/csv; charset=utf-8');
  await pipeline(body, response);
}

async function findActor(
  ports: Ports,
  cookie: SessionCookie,
  request: Request,
): Promise<AdminContext['actor']> {
  const token = cookie.read(request);
  if (token === null) return null;
  return findAdministratorSession(ports, { token, ip: clientIp(request) });
}
