import express, { type Request, type Router } from 'express';
import { DOMAINS } from '../tenant/domains.ts';
import { TENANT_ID, TENANT_NAME } from '../tenant/identity.ts';
import type { World } from '../world.ts';
import type { Application } from './applications.ts';
import { loginErrorBody, type LoginError } from './login-error.ts';

/** A tenant that never consented to anything: what a forged answer names. */
const OTHER_TENANT = 'f0f0f0f0-1111-4222-8333-444455556666';

interface Consent {
  readonly application: Application;
  readonly redirect: URL;
  readonly state: string | undefined;
}

/** Entra ID's public description of a tenant, and its consent page in both forms (reference 1.2). */
export function consentPages(world: World): Router {
  const router = express.Router();
  router.use(express.urlencoded({ extended: false }));
  router.get('/:tenant/v2.0/.well-known/openid-configuration', (request, response) => {
    if (!isContoso(request.params.tenant)) {
      const failure = unknownTenant(request.params.tenant);
      response.status(400).json({ ...loginErrorBody(failure), error: 'invalid_tenant' });
      return;
    }
    const base = `${world.controlUrl()}/login/${TENANT_ID}`;
    response.json({
      issuer: `${base}/v2.0`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      tenant_region_scope: 'EU',
    });
  });
  for (const path of ['/:tenant/v2.0/adminconsent', '/:tenant/adminconsent']) {
    router.get(path, (request, response) => {
      const consent = readConsent(world, request);
      response.set('Cache-Control', 'no-store').type('html');
      if ('code' in consent) response.status(consent.status).send(errorPage(consent));
      else response.send(consentPage(consent, request.originalUrl));
    });
    router.post(path, (request, response) => {
      const consent = readConsent(world, request);
      if ('code' in consent) {
        response.status(consent.status).type('html').send(errorPage(consent));
        return;
      }
      response.redirect(303, decide(consent, String(request.body?.['choice'])).toString());
    });
  }
  return router;
}

function decide({ application, redirect, state }: Consent, choice: string): URL {
  const answer = new URL(redirect);
  const set = (fields: Record<string, string>): URL => {
    for (const [name, value] of Object.entries(fields)) answer.searchParams.set(name, value);
    if (state !== undefined) answer.searchParams.set('state', state);
    return answer;
  };
  if (choice === 'decline') {
    return set({
      error: 'access_denied',
      error_description:
        'AADSTS65004: User declined to consent to access the app. Trace ID: 00000000-0000-0000-0000-000000000000',
    });
  }
  const scope = 'https://graph.microsoft.com/.default';
  if (choice === 'forge') return set({ admin_consent: 'True', tenant: OTHER_TENANT, scope });
  application.granted = application.requested;
  return set({ admin_consent: 'True', tenant: TENANT_ID, scope });
}

function readConsent(world: World, request: Request): Consent | LoginError {
  if (world.outage.shape === 'identity') {
    return { status: 503, error: 'temporarily_unavailable', code: 90033, text: 'Try again later.' };
  }
  const tenant = String(request.params['tenant']);
  const text = (name: string): string | undefined => {
    const value = request.query[name];
    return typeof value === 'string' ? value : undefined;
  };
  // The v2.0 form takes a tenant or `organizations`, the older one `common` as well.
  const isV2 = request.path.includes('/v2.0/');
  const general = isV2 ? ['organizations'] : ['organizations', 'common'];
  if (!isContoso(tenant) && !general.includes(tenant)) return unknownTenant(tenant);
  const application = world.applications.find(text('client_id'));
  if (application === undefined) {
    return {
      status: 400,
      error: 'unauthorized_client',
      code: 700016,
      text: `Application with identifier '${text('client_id')}' was not found in the directory.`,
    };
  }
  if (isV2 && !(text('scope') ?? '').endsWith('/.default')) {
    return {
      status: 400,
      error: 'invalid_scope',
      code: 70011,
      text: 'To request application permissions the scope must be /.default.',
    };
  }
  const redirect = URL.parse(text('redirect_uri') ?? '');
  if (redirect === null || !redirect.pathname.endsWith('/m365/consent')) {
    return {
      status: 400,
      error: 'invalid_request',
      code: 50011,
      text: `The redirect URI '${text('redirect_uri')}' specified in the request does not match the redirect URIs configured for the application '${application.clientId}'.`,
    };
  }
  return { application, redirect, state: text('state') };
}

function isContoso(tenant: string): boolean {
  return [TENANT_ID, ...DOMAINS.map((domain) => domain.name)].includes(tenant.toLowerCase());
}

function unknownTenant(tenant: string): LoginError {
  return {
    status: 400,
    error: 'invalid_request',
    code: 90002,
    text: `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`,
  };
}

function consentPage({ application }: Consent, action: string): string {
  const roles = [...application.requested.graph, ...application.requested.exchange];
  return frame(
    'Permissions requested',
    `<p>${escape(application.name)} asks for your organisation <b>${TENANT_NAME}</b>:</p>
    <ul>${roles.map((role) => `<li>${escape(role)}</li>`).join('')}</ul>
    <form method="post" action="${escape(action)}">
      <button name="choice" value="approve">Accept</button>
      <button name="choice" value="decline">Cancel</button>
      <button name="choice" value="forge">Send back a forged tenant, granting nothing</button>
    </form>`,
  );
}

function errorPage({ code, text }: LoginError): string {
  return frame('Sorry, but we’re having trouble', `<p>AADSTS${code}: ${escape(text)}</p>`);
}

function frame(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <title>${title} (simulated Entra ID)</title>
    <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem; }
      button { font: inherit; padding: .5rem 1rem; margin: 0 .5rem .5rem 0; }
    </style>
  </head>
  <body><main><h1>${title}</h1>${body}</main></body>
</html>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
