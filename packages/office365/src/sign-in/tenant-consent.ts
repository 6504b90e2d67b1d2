import {
  TenantError,
  type OwnApplication,
  type TenantConsent,
  type TenantCredentials,
  type TenantGrant,
} from '@holdfast/application';
import { z } from 'zod';
import { failureOf, isPermissionFailure, parseJson, signInFailure } from '../http/failure.ts';
import { exchangeHttp } from '../http/http-exchange.ts';
import { settle, type TenantAdapterOptions, type TenantAdapterSettings } from '../http/options.ts';
import { readClaims } from './token-claims.ts';
import { createTokenSource, type TokenSource } from './token-source.ts';

/** How often, and how long apart, a token is asked for after a consent. Unit of the pause: milliseconds. */
const GRANT_ATTEMPTS = 10;
const GRANT_PAUSE = 3_000;

const discovery = z.object({ issuer: z.string() });
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** Admin consent to Holdfast's own applications (reference 1.2), and what tokens say is granted. */
export function createTenantConsent(
  options: TenantAdapterOptions,
  applications: readonly OwnApplication[],
): TenantConsent {
  const settings = settle(options);
  const tokens = createTokenSource(settings);
  return {
    applications,
    findTenant: (name) => findTenant(settings, name),
    consentUrl: ({ tenantId, clientId, redirectUri, state }) => {
      const url = new URL(
        `${settings.loginBase}/${encodeURIComponent(tenantId)}/v2.0/adminconsent`,
      );
      url.search = new URLSearchParams({
        client_id: clientId,
        // Application permissions are asked for by `.default` alone: everything in the registration, Exchange's included.
        scope: 'https://graph.microsoft.com/.default',
        redirect_uri: redirectUri,
        state,
      }).toString();
      return url.toString();
    },
    readGrant: (credentials) => readGrant(tokens, credentials),
    awaitGrant: (credentials) => awaitGrant(settings, tokens, credentials),
  };
}

/** The issuer in the tenant's public OpenID configuration ends in its id. */
async function findTenant(settings: TenantAdapterSettings, name: string): Promise<string> {
  const answer = await exchangeHttp(settings, {
    method: 'GET',
    url: `${settings.loginBase}/${encodeURIComponent(name)}/v2.0/.well-known/openid-configuration`,
    headers: { accept: 'application/json' },
    patient: false,
  });
  if (answer.status !== 200) throw signInFailure(answer);
  const issuer = discovery.safeParse(parseJson(answer.text)).data?.issuer ?? '';
  const [id] = GUID.exec(issuer) ?? [];
  if (id === undefined) throw failureOf('tenant-unknown', `${name} names no single tenant.`);
  return id.toLowerCase();
}

async function readGrant(
  tokens: TokenSource,
  credentials: TenantCredentials,
): Promise<TenantGrant> {
  const graph = readClaims(await tokens.freshToken(credentials, 'graph'));
  if (graph.tenantId === null)
    throw failureOf('unexpected', 'The token does not say which tenant it is for.');
  const exchange = await exchangeRoles(tokens, credentials);
  return { tenantId: graph.tenantId, granted: { graph: graph.roles, exchange } };
}

/** A tenant without Exchange, or one that granted nothing there, may refuse the token itself. */
async function exchangeRoles(
  tokens: TokenSource,
  credentials: TenantCredentials,
): Promise<readonly string[]> {
  try {
    return readClaims(await tokens.freshToken(credentials, 'exchange')).roles;
  } catch (error) {
    if (isPermissionFailure(error)) return [];
    throw error;
  }
}

/** Until the application is known everywhere and its permissions are in the token; then as it is. */
async function awaitGrant(
  settings: TenantAdapterSettings,
  tokens: TokenSource,
  credentials: TenantCredentials,
): Promise<TenantGrant> {
  for (let attempt = 1; ; attempt += 1) {
    const grant = await readGrant(tokens, credentials).catch((error: unknown) => {
      const notYet = error instanceof TenantError && error.failure.code === 'not-consented';
      if (!notYet || attempt >= GRANT_ATTEMPTS) throw error;
      return null;
    });
    if (grant !== null && (grant.granted.graph.length > 0 || attempt >= GRANT_ATTEMPTS))
      return grant;
    await settings.wait(GRANT_PAUSE);
  }
}
