import { createHash } from 'node:crypto';
import type { ApplicationProof, TenantCredentials } from '@holdfast/application';
import { z } from 'zod';
import { signAssertion } from './client-assertion.ts';
import { failureOf, parseJson, signInFailure } from './failure.ts';
import { exchangeHttp } from './http-exchange.ts';
import type { TenantAdapterSettings } from './options.ts';

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
  readonly usableUntil: number;
}

interface CacheEntry {
  /** Of what, a new secret or certificate asks anew. */
  readonly proof: string;
  readonly token: Promise<Token>;
  /** Once it is there. */
  value?: string;
}

export interface TokenSource {
  token(credentials: TenantCredentials, resource: Resource): Promise<string>;
  /** Always asks Entra ID, with one attempt, and leaves the cache alone. */
  freshToken(credentials: TenantCredentials, resource: Resource): Promise<string>;
  /**
   * After a 401: the next call signs in again. Many requests may be refused at once; a token that is newer than the
   * refused one stays, so that they sign in once and not once each.
   */
  forget(credentials: TenantCredentials, resource: Resource, refused: string): void;
}

export function createTokenSource(settings: TenantAdapterSettings): TokenSource {
  const cache = new Map<string, CacheEntry>();
  const keyOf = (credentials: TenantCredentials, resource: Resource): string =>
    `${credentials.tenantId} ${credentials.clientId} ${resource}`;

  async function token(credentials: TenantCredentials, resource: Resource): Promise<string> {
    const key = keyOf(credentials, resource);
    const cached = cache.get(key);
    const proof = hashOf(credentials.proof);
    if (cached?.proof === proof) {
      const known = await cached.token;
      if (known.usableUntil > settings.clock.now()) return known.value;
      // Another caller may have renewed it while we waited.
      const renewed = cache.get(key);
      if (renewed !== undefined && renewed !== cached) return (await renewed.token).value;
    }
    const asked = request(settings, credentials, resource, true);
    const entry: CacheEntry = { proof, token: asked };
    cache.set(key, entry);
    try {
      entry.value = (await asked).value;
      return entry.value;
    } catch (error) {
      if (cache.get(key)?.token === asked) cache.delete(key);
      throw error;
    }
  }

  return {
    token,
    freshToken: async (credentials, resource) =>
      (await request(settings, credentials, resource, false)).value,
    forget: (credentials, resource, refused) => {
      const key = keyOf(credentials, resource);
      if (cache.get(key)?.value === refused) cache.delete(key);
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
  return { value: body.data.access_token, usableUntil: asked + usable };
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
