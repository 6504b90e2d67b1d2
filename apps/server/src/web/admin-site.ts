import { join } from 'node:path';
import { createAdminRouter, refusalOf, toTrpcError, type AdminContext } from '@holdfast/api';
import {
  exportUsers,
  findAdministratorSession,
  Refusal,
  type Log,
  type Ports,
} from '@holdfast/application';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import { Router, type Express, type Request } from 'express';
import type { Configuration } from '../configuration/read-configuration.ts';
import { clientIp } from './client-ip.ts';
import { ADMIN_CSP } from './security-headers.ts';
import { createSessionCookie, type SessionCookie } from './session-cookie.ts';
import { createSite, isHttps } from './site.ts';
import { readFilters, usersCsv } from './users-csv.ts';

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

/** The admin console: its API, its files, and the export of users. */
export function createAdminSite(deps: AdminSiteDeps): Express {
  const { configuration, builtDirectory = BUILT_CONSOLE } = deps;
  const ports: Ports = { ...deps.ports, log: deps.log };
  const https = isHttps(configuration.adminUrl);
  const cookie = createSessionCookie({ site: 'admin', https });
  const routes = Router();
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
  routes.get('/export/users.csv', async (request, response) => {
    const actor = await findActor(ports, cookie, request);
    if (actor === null) throw new Refusal('session.required', 'Sign in to the console first.');
    const csv = usersCsv(await exportUsers(ports, actor), readFilters(request.query));
    response.set('Cache-Control', 'no-store').attachment('users.csv');
    response.type('text/csv; charset=utf-8').send(csv);
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

async function findActor(
  ports: Ports,
  cookie: SessionCookie,
  request: Request,
): Promise<AdminContext['actor']> {
  const token = cookie.read(request);
  if (token === null) return null;
  return findAdministratorSession(ports, { token, ip: clientIp(request) });
}
