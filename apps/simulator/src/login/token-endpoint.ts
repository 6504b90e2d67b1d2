import express, { type Router } from 'express';
import { DOMAINS } from '../tenant/domains.ts';
import { TENANT_ID } from '../tenant/identity.ts';
import type { World } from '../world.ts';
import type { Application } from './applications.ts';
import { refuseAssertion } from './client-assertion.ts';
import { loginErrorBody, type LoginError } from './login-error.ts';
import { issueToken, type Resource, TOKEN_LIFETIME_SECONDS } from './token.ts';

/** Entra ID's token endpoint, client credentials with a secret or a signed assertion. */
export function tokenEndpoint(world: World): Router {
  const router = express.Router();
  router.use(express.urlencoded({ extended: false }));
  router.post('/:tenant/oauth2/v2.0/token', (request, response) => {
    const form: Record<string, unknown> = request.body ?? {};
    const application = world.applications.find(form['client_id']);
    const endpoint = `${world.controlUrl()}${request.originalUrl.split('?')[0]}`;
    const outcome =
      world.outage.shape === 'identity'
        ? UNAVAILABLE
        : (refuse(request.params.tenant, form) ?? proven(form, application, endpoint));
    response.set('Cache-Control', 'no-store');
    if (!('status' in outcome)) {
      response.json({
        token_type: 'Bearer',
        expires_in: TOKEN_LIFETIME_SECONDS,
        ext_expires_in: TOKEN_LIFETIME_SECONDS,
        access_token: issueToken(outcome, resourceOf(form['scope']) ?? 'graph', Date.now()),
      });
      return;
    }
    if (outcome.status === 503) response.set('Retry-After', '30');
    response.status(outcome.status).json(loginErrorBody(outcome));
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

/** The application, once it has shown that it is that, and the tenant has admitted it. */
function proven(
  form: Record<string, unknown>,
  application: Application | undefined,
  endpoint: string,
): LoginError | Application {
  if (application?.granted === undefined) {
    return {
      status: 400,
      error: 'unauthorized_client',
      code: 700016,
      text: `Application with identifier '${String(form['client_id'])}' was not found in the directory 'Contoso'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
    };
  }
  if (form['client_assertion'] !== undefined)
    return refuseAssertion(form, application, endpoint, Date.now()) ?? application;
  if (form['client_secret'] !== application.secret) {
    return {
      status: 401,
      error: 'invalid_client',
      code: 7000215,
      text: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${application.clientId}'.`,
    };
  }
  return application;
}

/** The scope names exactly one resource, by its public name or by the simulator's own base address. */
function resourceOf(scope: unknown): Resource | undefined {
  const name = typeof scope === 'string' ? scope.toLowerCase() : '';
  if (!name.endsWith('/.default')) return undefined;
  if (name.includes('graph')) return 'graph';
  return name.includes('outlook') || name.includes('exchange') ? 'exchange' : undefined;
}
