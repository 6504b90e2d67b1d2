import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isAuthorised, rolesOf } from '../login/token.ts';
import { DOMAINS } from '../tenant/domains.ts';
import { TENANT_ID } from '../tenant/identity.ts';
import type { World } from '../world.ts';
import { CmdletError, type CmdletObject, type CmdletObjects } from './cmdlet.ts';
import { allowedCmdlets, BareRefusal, runCmdlet } from './run-cmdlet.ts';

const DEFAULT_PAGE_SIZE = 1000;
const CLASSIC = 'Exchange.ManageAsApp';
const DOCUMENTED = 'Exchange.ManageAsAppV2';
/** What the documented API has, of the cmdlets that there are here. */
const DOCUMENTED_ENDPOINTS: Readonly<Record<string, string>> = {
  AcceptedDomain: 'Get-AcceptedDomain',
  Mailbox: 'Get-Mailbox',
  OrganizationConfig: 'Get-OrganizationConfig',
};

const invocation = z.object({
  CmdletInput: z.object({
    CmdletName: z.string(),
    Parameters: z.record(z.string(), z.unknown()).default({}),
  }),
});

/** The gateway behind Exchange Online PowerShell, and the documented API beside it. */
export function exchangeRouter(world: World): Router {
  const router = express.Router();
  router.use((request, response, next) => {
    const { authorization } = request.headers;
    const needed = request.path.startsWith('/adminapi/v2.0/') ? DOCUMENTED : CLASSIC;
    const valid = isAuthorised(authorization, 'exchange', Date.now());
    if (valid && rolesOf(authorization).includes(needed)) return next();
    response.status(401).set('WWW-Authenticate', 'Bearer').end();
  });
  router.use(express.json());
  router.post('/adminapi/beta/:tenant/InvokeCommand', (request, response) => {
    requireTenant(request.params.tenant);
    response.json(invoke(world, request));
  });
  router.post('/adminapi/v2.0/:tenant/:endpoint', (request, response) => {
    const { tenant, endpoint } = request.params;
    const name = DOCUMENTED_ENDPOINTS[endpoint];
    // By its id alone; a domain will not do.
    if (tenant.toLowerCase() !== TENANT_ID || name === undefined) {
      throw new CmdletError('NotFound', `There is nothing at ${request.path}.`, 404);
    }
    response.json(invoke(world, request, name));
  });
  router.get('/adminapi/v1.0/:tenant/EXOModuleFile', (request, response) => {
    requireTenant(request.params.tenant);
    if (request.get('commandname') !== '*') {
      throw new CmdletError('BadRequest', 'The header CommandName is missing.');
    }
    response.json({ value: [{ exportedCmdlets: allowedCmdlets(world).join(',') }] });
  });
  router.use(errorHandler);
  return router;
}

function requireTenant(tenant: string): void {
  const tenants = [TENANT_ID, ...DOMAINS.map((domain) => domain.name)];
  if (!tenants.includes(tenant.toLowerCase())) {
    throw new CmdletError('TenantNotFound', `Tenant ${tenant} not found.`, 404);
  }
}

function invoke(world: World, request: Request, only?: string) {
  const parsed = invocation.safeParse(request.body);
  if (!parsed.success) {
    throw new CmdletError('BadRequest', 'CmdletInput with CmdletName and Parameters is needed.');
  }
  const { CmdletName: name, Parameters: parameters } = parsed.data.CmdletInput;
  if (only !== undefined && name !== only) {
    throw new CmdletError('BadRequest', `The cmdlet ${name} does not belong to this endpoint.`);
  }
  const found = runCmdlet(world, name, parameters, request.get('x-anchormailbox'));
  return paged(world, request, found);
}

/** One page; the client posts the same body to `@odata.nextLink` for the next one. */
function paged(world: World, request: Request, found: CmdletObjects) {
  const asked = /odata\.maxpagesize=(\d+)/.exec(request.get('prefer') ?? '')?.[1];
  const size = Math.min(Number(asked ?? DEFAULT_PAGE_SIZE), world.pageSize);
  const skip = Number(request.query['$skiptoken'] ?? 0);
  const url = new URL(`${world.controlUrl()}${request.originalUrl}`);
  url.searchParams.set('$skiptoken', String(skip + size));
  const select = request.query['$select'];
  const names = typeof select === 'string' ? select.split(',') : undefined;
  const pick = (object: CmdletObject) =>
    names === undefined
      ? object
      : Object.fromEntries(names.map((name) => [name, object[name] ?? null]));
  return {
    '@odata.context': `${world.controlUrl()}/exchange/adminapi/beta/${TENANT_ID}/$metadata#Collection(Exchange.GenericHashTable)`,
    '@adminapi.warnings': [],
    ...(found.length > skip + size && { '@odata.nextLink': url.toString() }),
    value: found.slice(skip, skip + size).map(pick),
  };
}

/** Bytes of a refusal without a word: all of them NUL. */
const BARE_LENGTH = 64;

function errorHandler(
  error: unknown,
  _request: Request,
  response: Response,
  _next: NextFunction,
): void {
  if (error instanceof BareRefusal) {
    response.status(403).send(Buffer.alloc(BARE_LENGTH));
    return;
  }
  const known =
    error instanceof CmdletError
      ? error
      : new CmdletError('System.Exception', error instanceof Error ? error.message : 'Error', 500);
  const hash = createHash('sha256').update(known.type).digest('hex').slice(0, 6).toUpperCase();
  response.status(known.status).json({
    error: {
      code: known.status === 404 ? 'NotFound' : known.status === 403 ? 'Forbidden' : 'BadRequest',
      message: 'Error executing request. ' + known.message,
      details: [
        { code: 'Context', target: '', message: `Ex${hash}|${known.type}|${known.message}` },
      ],
      innererror: {
        message: 'Error executing cmdlet',
        type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
        internalException: { message: known.message, type: known.type },
      },
    },
  });
}
