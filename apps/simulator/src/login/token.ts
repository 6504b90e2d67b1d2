import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { TENANT_ID } from '../tenant/identity.ts';
import type { Application } from './applications.ts';

export type Resource = 'graph' | 'exchange';

export const TOKEN_LIFETIME_SECONDS = 3599;
/** Constant, so that a token outlives a restart of the simulator as it outlives one of Microsoft's servers. */
const SIGNING_KEY = 'simulated-entra-signing-key';
const AUDIENCE: Record<Resource, string> = {
  graph: 'https://graph.microsoft.com',
  exchange: 'https://outlook.office365.com',
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (text: string): string =>
  createHmac('sha256', SIGNING_KEY).update(text).digest('base64url');

export function issueToken(application: Application, resource: Resource, nowMs: number): string {
  const now = Math.floor(nowMs / 1000);
  const roles = application.granted?.[resource] ?? [];
  const header = encode({ typ: 'JWT', alg: 'HS256', kid: 'simulator' });
  const payload = encode({
    aud: AUDIENCE[resource],
    iss: `https://sts.windows.net/${TENANT_ID}/`,
    iat: now,
    nbf: now,
    exp: now + TOKEN_LIFETIME_SECONDS,
    appid: application.clientId,
    idtyp: 'app',
    // Without any granted role the claim is left out, and the token is issued all the same.
    ...(roles.length > 0 && { roles }),
    wids: resource === 'graph' ? [] : ['29232cdf-9323-42fd-ade2-1d097af3e4de'],
    tid: TENANT_ID,
    uti: randomUUID(),
    ver: '1.0',
  });
  return `${header}.${payload}.${sign(`${header}.${payload}`)}`;
}

/** True when the Authorization header holds an unexpired token of ours for this resource. */
export function isAuthorised(
  authorization: string | undefined,
  resource: Resource,
  nowMs: number,
): boolean {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  const [header, payload, signature] = (token ?? '').split('.');
  if (header === undefined || payload === undefined || signature === undefined) return false;
  const expected = Buffer.from(sign(`${header}.${payload}`));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return false;
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return (
    typeof claims === 'object' &&
    claims !== null &&
    'aud' in claims &&
    claims.aud === AUDIENCE[resource] &&
    'exp' in claims &&
    typeof claims.exp === 'number' &&
    claims.exp * 1000 > nowMs
  );
}

/** Permissions in a token that is known to be one of ours. */
export function rolesOf(authorization: string | undefined): readonly string[] {
  const payload = authorization?.split('.')[1] ?? '';
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const roles =
    typeof claims === 'object' && claims !== null && 'roles' in claims ? claims.roles : [];
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
}
