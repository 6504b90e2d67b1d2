import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isAuthorised } from '../login/token.ts';
import { DOMAINS } from '../tenant/domains.ts';
import { TENANT_ID } from '../tenant/identity.ts';
import type { World } from '../world.ts';
import { type Cmdlet, CmdletError, type CmdletObject, type CmdletObjects } from './cmdlet.ts';
import { MAIL_FLOW_CMDLETS } from './mail-flow-cmdlets.ts';
import { POLICY_CMDLETS } from './policy-cmdlets.ts';
import { RECIPIENT_CMDLETS } from './recipient-cmdlets.ts';

const CMDLETS: Readonly<Record<string, Cmdlet>> = {
  ...POLICY_CMDLETS,
  ...MAIL_FLOW_CMDLETS,
  ...RECIPIENT_CMDLETS,
};
const DEFAULT_RESULT_SIZE = 1000;

const invocation = z.object({
  CmdletInput: z.object({
    CmdletName: z.string(),
    Parameters: z.record(z.string(), z.unknown()).default({}),
  }),
});

/** The gateway behind Exchange Online PowerShell: one POST address for all cmdlets. */
export function exchangeRouter(world: World): Router {
  const router = express.Router();
  router.use((request, response, next) => {
    if (isAuthorised(request.headers.authorization, 'exchange', Date.now())) return next();
    response.status(401).set('WWW-Authenticate', 'Bearer').end();
  });
  router.use(express.json());
  router.post('/adminapi/beta/:tenant/InvokeCommand', (request, response) => {
    const tenants = [TENANT_ID, ...DOMAINS.map((domain) => domain.name)];
    if (!tenants.includes(request.params.tenant.toLowerCase())) {
      throw new CmdletError('TenantNotFound', `Tenant ${request.params.tenant} not found.`, 404);
    }
    response.json(invoke(world, request));
  });
  router.use(errorHandler);
  return router;
}

function invoke(world: World, request: Request) {
  const parsed = invocation.safeParse(request.body);
  if (!parsed.success) {
    throw new CmdletError('BadRequest', 'CmdletInput with CmdletName and Parameters is needed.');
  }
  const { CmdletName: name, Parameters: parameters } = parsed.data.CmdletInput;
  const known = Object.entries(CMDLETS).find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (known === undefined) {
    throw new CmdletError(
      'System.Management.Automation.CommandNotFoundException',
      `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program.`,
      404,
    );
  }
  if (known[1].writes && request.get('x-anchormailbox') === undefined) {
    throw new CmdletError(
      'Microsoft.Exchange.Configuration.Authorization.CmdletAccessDeniedException',
      'Access denied. The request cannot be routed without X-AnchorMailbox.',
      403,
    );
  }
  const found = known[1].run(world, parameters);
  return paged(world, request, limit(found, parameters['ResultSize']));
}

function limit(found: CmdletObjects, size: unknown): CmdletObjects {
  if (String(size).toLowerCase() === 'unlimited') return found;
  const count = Number(size ?? DEFAULT_RESULT_SIZE);
  return Number.isInteger(count) && count > 0 ? found.slice(0, count) : found;
}

/** One page; the client posts the same body to `@odata.nextLink` for the next one. */
function paged(world: World, request: Request, found: CmdletObjects) {
  const asked = /odata\.maxpagesize=(\d+)/.exec(request.get('prefer') ?? '')?.[1];
  const size = Math.min(Number(asked ?? DEFAULT_RESULT_SIZE), world.pageSize);
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

function errorHandler(
  error: unknown,
  _request: Request,
  response: Response,
  _next: NextFunction,
): void {
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
