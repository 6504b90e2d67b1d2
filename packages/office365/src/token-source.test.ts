import { X509Certificate } from 'node:crypto';
import { TenantError, type TenantCredentials } from '@holdfast/application';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  credentials,
  startMicrosoft,
  type Answer,
  type Script,
  type ScriptedMicrosoft,
} from '../test/scripted-microsoft.ts';
import { createApplicationCertificates } from './application-certificates.ts';
import { settle } from './options.ts';
import { createTokenSource } from './token-source.ts';

const TOKEN_PATH = `/${credentials.tenantId}/oauth2/v2.0/token`;

async function microsoft(script: Script = () => undefined): Promise<ScriptedMicrosoft> {
  const started = await startMicrosoft(script);
  onTestFinished(() => started[Symbol.asyncDispose]());
  return started;
}

const tokensOf = (started: ScriptedMicrosoft): ReturnType<typeof createTokenSource> =>
  createTokenSource(settle(started.options));

const formOf = (started: ScriptedMicrosoft, at = 0): Readonly<Record<string, string>> =>
  (started.asked[at]?.body ?? {}) as Record<string, string>;

async function failureFrom(work: Promise<unknown>): Promise<TenantError['failure'] | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof TenantError) return error.failure;
    throw error;
  }
}

describe('signing in with a certificate', () => {
  let pair: { readonly privateKey: string; readonly certificate: string };
  let certified: TenantCredentials;
  beforeAll(async () => {
    const now = Date.UTC(2026, 10, 23);
    const certificates = createApplicationCertificates({ now: () => now });
    pair = await certificates.create('Holdfast', now + 86_400_000);
    certified = { ...credentials, proof: { kind: 'certificate', ...pair } };
  });

  it('sends an assertion that only its key can have made, for this endpoint and for minutes', async () => {
    const started = await microsoft();
    await tokensOf(started).token(certified, 'graph');
    const { client_assertion: assertion = '', ...form } = formOf(started);
    expect(form).toEqual({
      client_id: 'client',
      scope: 'https://graph.microsoft.com/.default',
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    });
    const certificate = new X509Certificate(pair.certificate);
    const thumbprint = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex');
    expect(decodeProtectedHeader(assertion)).toEqual({
      alg: 'PS256',
      typ: 'JWT',
      'x5t#S256': thumbprint.toString('base64url'),
    });
    const { payload } = await jwtVerify(assertion, certificate.publicKey, {
      currentDate: new Date(started.now),
      issuer: 'client',
      subject: 'client',
      audience: `${started.options.loginBase}${TOKEN_PATH}`,
    });
    expect((payload.exp ?? 0) - started.now / 1000).toBeLessThanOrEqual(600);
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('makes a new assertion for every request', async () => {
    const started = await microsoft();
    const tokens = tokensOf(started);
    await tokens.freshToken(certified, 'graph');
    await tokens.freshToken(certified, 'graph');
    expect(formOf(started, 0)['client_assertion']).not.toBe(formOf(started, 1)['client_assertion']);
  });
});

/** How Entra ID words it; trace id and time stamp follow on the same line or the next. */
function refusal(status: number, error: string, code: number | null, text: string): Answer {
  const described = code === null ? text : `AADSTS${code}: ${text} Trace ID: 00000000-0000`;
  return { status, json: { error, error_description: described } };
}

describe('what Entra ID answers to a sign-in (reference 1.1)', () => {
  const cases: readonly (readonly [string, Answer, TenantError['failure']['code']])[] = [
    ['wrong secret', refusal(401, 'invalid_client', 7000215, 'Invalid secret.'), 'sign-in-failed'],
    ['secret expired', refusal(401, 'invalid_client', 7000222, 'Expired.'), 'sign-in-failed'],
    ['certificate unknown', refusal(401, 'invalid_client', 700027, 'Key.'), 'sign-in-failed'],
    ['assertion too old', refusal(401, 'invalid_client', 700024, 'Range.'), 'sign-in-failed'],
    ['no consent yet', refusal(400, 'unauthorized_client', 700016, 'App.'), 'not-consented'],
    ['consent withdrawn', refusal(400, 'invalid_grant', 65001, 'Consent.'), 'not-consented'],
    ['application disabled', refusal(401, 'unauthorized_client', 7000112, 'X.'), 'not-consented'],
    ['tenant unknown', refusal(400, 'invalid_request', 90002, 'Tenant.'), 'tenant-unknown'],
    ['tenant no name', refusal(400, 'invalid_request', 900023, 'Tenant.'), 'tenant-unknown'],
    ['an unknown code of the client', refusal(401, 'invalid_client', 7, 'New.'), 'sign-in-failed'],
    ['no code at all', refusal(400, 'unauthorized_client', null, 'New.'), 'not-consented'],
    ['too many requests', refusal(429, 'too_many', 90055, 'Slow.'), 'throttled'],
    ['a transient error', refusal(503, 'temporarily_unavailable', 90033, 'T.'), 'unavailable'],
    ['a page of a gateway', { status: 502, text: '<html>Bad gateway</html>' }, 'unavailable'],
    ['an answer without a token', { status: 200, json: { hello: 1 } }, 'unexpected'],
  ];
  it.each(cases)('%s', async (_name, answer, code) => {
    const started = await microsoft(() => answer);
    const failure = await failureFrom(tokensOf(started).freshToken(credentials, 'graph'));
    expect(failure?.code).toBe(code);
    expect(failure?.detail).not.toContain('Trace ID');
    expect(JSON.stringify(failure)).not.toContain('top-secret');
  });
});
