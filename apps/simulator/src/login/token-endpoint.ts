import { randomUUID } from 'node:crypto';
import express, { type Router } from 'express';
import type { Outage } from '../outage/outage.ts';
import { DOMAINS } from '../tenant/domains.ts';
import { CLIENT_ID, CLIENT_SECRET, TENANT_ID } from '../tenant/identity.ts';
import { issueToken, type Resource, TOKEN_LIFETIME_SECONDS } from './token.ts';

interface LoginError {
  readonly status: number;
  readonly error: string;
  readonly code: number;
  readonly text: string;
}

/** Entra ID's token endpoint, client credentials with a secret only. */
export function tokenEndpoint(outage: Outage): Router {
  const router = express.Router();
  router.use(express.urlencoded({ extended: false }));
  router.post('/:tenant/oauth2/v2.0/token', (request, response) => {
    const form: Record<string, unknown> = request.body ?? {};
    const failure =
      outage.shape === 'identity' ? UNAVAILABLE : refuse(String(request.params.tenant), form);
    response.set('Cache-Control', 'no-store');
    if (failure !== undefined) {
      if (failure.status === 503) response.set('Retry-After', '30');
      response.status(failure.status).json(errorBody(failure));
      return;
    }
    response.json({
      token_type: 'Bearer',
      expires_in: TOKEN_LIFETIME_SECONDS,
      ext_expires_in: TOKEN_LIFETIME_SECONDS,
      access_token: issueToken(resourceOf(form['scope']) ?? 'graph', Date.now()),
    });
  });
  return router;
}

const UNAVAILABLE: LoginError = {
  status: 503,
  error: 'temporarily_unavailable',
  code: 90033,
  text: 'A transient error has occurred. Please try again.',
};

function refuse(tenant: string, form: Record<string, unknown>): LoginError | undefined {
  const names = [TENANT_ID, ...DOMAINS.map((domain) => domain.name)];
  if (!names.includes(tenant.toLowerCase())) {
    return {
      status: 400,
      error: 'invalid_request',
      code: 90002,
      text: `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
    };
  }
  if (form['grant_type'] !== 'client_credentials') {
    return {
      status: 400,
      error: 'unsupported_grant_type',
      code: 70003,
      text: 'The app requested an unsupported grant type.',
    };
  }
  if (form['client_id'] !== CLIENT_ID) {
    return {
      status: 400,
      error: 'unauthorized_client',
      code: 700016,
      text: `Application with identifier '${String(form['client_id'])}' was not found in the directory 'Contoso'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
    };
  }
  if (form['client_secret'] !== CLIENT_SECRET) {
    return {
      status: 401,
      error: 'invalid_client',
      code: 7000215,
      text: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${CLIENT_ID}'.`,
    };
  }
  if (resourceOf(form['scope']) === undefined) {
    return {
      status: 400,
      error: 'invalid_scope',
      code: 70011,
      text: `The provided request must include a 'scope' input parameter that ends with '/.default'. The scope ${String(form['scope'])} is not valid.`,
    };
  }
  return undefined;
}

/** The scope names exactly one resource, by its public name or by the simulator's own base address. */
function resourceOf(scope: unknown): Resource | undefined {
  const name = typeof scope === 'string' ? scope.toLowerCase() : '';
  if (!name.endsWith('/.default')) return undefined;
  if (name.includes('graph')) return 'graph';
  return name.includes('outlook') || name.includes('exchange') ? 'exchange' : undefined;
}

function errorBody(failure: LoginError) {
  const timestamp = new Date().toISOString().replace('T', ' ').replace(/\..*/, 'Z');
  const trace = randomUUID();
  const correlation = randomUUID();
  return {
    error: failure.error,
    error_description: `AADSTS${failure.code}: ${failure.text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [failure.code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${failure.code}`,
  };
}
