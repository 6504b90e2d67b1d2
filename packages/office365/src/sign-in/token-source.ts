import { createHash } from 'node:crypto';
import {
  TenantError,
  type ApplicationProof,
  type TenantCredentials,
  type TenantFailure,
} from '@holdfast/application';
import { z } from 'zod';
import { signAssertion } from './client-assertion.ts';
import { failureOf, parseJson, signInFailure } from '../http/failure.ts';
import { exchangeHttp } from '../http/http-exchange.ts';
import { settle, type TenantAdapterOptions, type TenantAdapterSettings } from '../http/options.ts';

/** One token is for one resource, and the scope is always its `.default` (reference 1.1). */
const SCOPES = {
  graph: 'https://graph.microsoft.com/.default',
  exchange: 'https://outlook.office365.com/.default',
} as const;
export type Resource = keyof typeof SCOPES;

const tokenBody = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
});

interface Token {
  readonly value: string;
  readonly obtainedAt: number;
  readonly usableUntil: number;
}

interface CacheEntry {
  /** Of what, a new secret or certificate asks anew. */
  readonly proof: string;
  readonly token: Promise<Token>;
  /** Once it is there. */
  known?: Token;
}

/** A definite no of Entra ID. */
interface Refused {
  readonly proof: string;
  readonly until: number;
  readonly error: TenantError;
}

/**
 * Entra ID's definite refusals are believed for so long: when a consent is taken back in mid-event, every probe, sync and
 * copy would ask at once, again and again, and be locked out for it. Unit: milliseconds.
 */
const REFUSAL_BELIEVED = 60_000;
/** A permission granted since is in a new token only: after a 403 a token older than this is given up. Unit: milliseconds. */
const TOKEN_DOUBTED = 300_000;
const DEFINITE: readonly TenantFailure['code'][] = [
  'sign-in-failed',
  'not-consented',
  'tenant-unknown',
];

export interface TokenSource {
  token(credentials: TenantCredentials, resource: Resource): Promise<string>;
  /** Always asks Entra ID, with one attempt, and leaves the cache alone. */
  freshToken(credentials: TenantCredentials, resource: Resource): Promise<string>;
  /**
   * After a 401: the next call signs in again. Many requests may be refused at once; a token that is newer than the
   * refused one stays, so that they sign in once and not once each.
   */
  forget(credentials: TenantCredentials, resource: Resource, refused: string): void;
  /** After a 403: the same for a token that is not quite new, since the permission may have been granted meanwhile. */
  doubt(credentials: TenantCredentials, resource: Resource, refused: string): void;
}

/** The one that the settings bring along, or a new one. */
export function createTokenSource(settings: TenantAdapterSettings): TokenSource {
  return settings.tokens ?? newTokenSource(settings);
}

/** For all adapters of a process. */
export function createSharedTokens(options: TenantAdapterOptions): TokenSource {
  return newTokenSource(settle(options));
}

function newTokenSource(settings: TenantAdapterSettings): TokenSource {
  const cache = new Map<string, CacheEntry>();
  const refusals = new Map<string, Refused>();
  const { clock } = settings;
  const keyOf = (credentials: TenantCredentials, resource: Resource): string =>
    `${credentials.tenantId} ${credentials.clientId} ${resource}`;

  async function token(credentials: TenantCredentials, resource: Resource): Promise<string> {
    const key = keyOf(credentials, resource);
    const proof = hashOf(credentials.proof);
    const cached = cache.get(key);
    if (cached?.proof === proof) {
      const known = await cached.token;
      if (known.usableUntil > clock.now()) return known.value;
      // Another caller may have renewed it while we waited.
      const renewed = cache.get(key);
      if (renewed !== undefined && renewed !== cached) return (await renewed.token).value;
    }
    const refused = refusals.get(key);
    if (refused?.proof === proof && refused.until > clock.now()) throw refused.error;
    const asked = ask(credentials, resource, true);
    const entry: CacheEntry = { proof, token: asked };
    cache.set(key, entry);
    try {
      entry.known = await asked;
      return entry.known.value;
    } catch (error) {
      if (cache.get(key)?.token === asked) cache.delete(key);
      throw error;
    }
  }

  /** Asks, and remembers a definite refusal as well as its end. */
  async function ask(
    credentials: TenantCredentials,
    resource: Resource,
    patient: boolean,
  ): Promise<Token> {
    const key = keyOf(credentials, resource);
    try {
      const obtained = await request(settings, credentials, resource, patient);
      refusals.delete(key);
      return obtained;
    } catch (error) {
      if (error instanceof TenantError && DEFINITE.includes(error.failure.code)) {
        const proof = hashOf(credentials.proof);
        refusals.set(key, { proof, until: clock.now() + REFUSAL_BELIEVED, error });
      }
      throw error;
    }
  }

  return {
    token,
    freshToken: async (credentials, resource) => (await ask(credentials, resource, false)).value,
    forget: (credentials, resource, refused) => {
      const key = keyOf(credentials, resource);
      if (cache.get(key)?.known?.value === refused) cache.delete(key);
    },
    doubt: (credentials, resource, refused) => {
      const key = keyOf(credentials, resource);
      const known = cache.get(key)?.known;
      if (known?.value === refused && clock.now() - known.obtainedAt > TOKEN_DOUBTED)
        cache.delete(key);
    },
  };
}

async function request(
  settings: TenantAdapterSettings,
  credentials: TenantCredentials,
  resource: Resource,
  patient: boolean,
): Promise<Token> {
  const asked = settings.clock.now();
  const url = `${settings.loginBase}/${encodeURIComponent(credentials.tenantId)}/oauth2/v2.0/token`;
  const answer = await exchangeHttp(settings, {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      client_id: credentials.clientId,
      scope: SCOPES[resource],
      ...(await proofFields(credentials, url, asked)),
      grant_type: 'client_credentials',
    }).toString(),
    patient,
    harmless: true,
  });
  if (answer.status !== 200) throw signInFailure(answer);
  const body = tokenBody.safeParse(parseJson(answer.text));
  if (!body.success) throw failureOf('unexpected', 'The sign-in answer holds no token.');
  const lifetime = body.data.expires_in * 1000;
  // A token that lives shorter than the skew would never be used: take half of it then.
  const usable = Math.max(lifetime - settings.limits.tokenSkew, lifetime / 2);
  return { value: body.data.access_token, obtainedAt: asked, usableUntil: asked + usable };
}

async function proofFields(
  { clientId, proof }: TenantCredentials,
  audience: string,
  now: number,
): Promise<Readonly<Record<string, string>>> {
  if (proof.kind === 'secret') return { client_secret: proof.secret };
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signAssertion(proof, { clientId, audience, now }),
  };
}

/** Tells two proofs apart without keeping either. */
function hashOf(proof: ApplicationProof): string {
  const text = proof.kind === 'secret' ? proof.secret : `${proof.privateKey}${proof.certificate}`;
  return createHash('sha256').update(`${proof.kind}:${text}`).digest('base64url');
}
