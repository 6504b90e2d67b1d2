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
} from '../../test/scripted-microsoft.ts';
import { createApplicationCertificates } from './application-certificates.ts';
import { settle } from '../http/options.ts';
import { createSharedTokens, createTokenSource } from './token-source.ts';

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

describe('tokens that are kept', () => {
  const gone = refusal(400, 'unauthorized_client', 700016, 'Gone.');

  it('are asked for once, however many ask at the same time', async () => {
    const started = await microsoft();
    const tokens = tokensOf(started);
    const both = await Promise.all([
      tokens.token(credentials, 'graph'),
      tokens.token(credentials, 'graph'),
    ]);
    expect(new Set(both).size).toBe(1);
    expect(started.asked).toHaveLength(1);
    started.now += 3_590_000;
    await Promise.all([tokens.token(credentials, 'graph'), tokens.token(credentials, 'graph')]);
    expect(started.asked).toHaveLength(2);
  });

  it('are shared by the adapters that are given the same source', async () => {
    const started = await microsoft();
    const shared = createSharedTokens(started.options);
    const settings = settle({ ...started.options, tokens: shared });
    await createTokenSource(settings).token(credentials, 'graph');
    await createTokenSource(settings).token(credentials, 'graph');
    expect(started.asked).toHaveLength(1);
  });

  it('when Entra ID says no for certain, it is believed for a minute, and asked again after', async () => {
    let answer: Answer | undefined = gone;
    const started = await microsoft(() => answer);
    const tokens = tokensOf(started);
    for (let round = 0; round < 50; round += 1) {
      expect((await failureFrom(tokens.token(credentials, 'graph')))?.code).toBe('not-consented');
    }
    expect(started.asked).toHaveLength(1);
    started.now += 59_000;
    await failureFrom(tokens.token(credentials, 'graph'));
    expect(started.asked).toHaveLength(1);
    answer = undefined;
    started.now += 1_000;
    await tokens.token(credentials, 'graph');
    expect(started.asked).toHaveLength(2);
  });

  it('what could not be answered is not believed: it is asked again at once', async () => {
    let answer: Answer | undefined = { status: 502, text: 'bad gateway' };
    const started = await microsoft(() => answer);
    const tokens = tokensOf(started);
    expect((await failureFrom(tokens.token(credentials, 'graph')))?.code).toBe('unavailable');
    answer = undefined;
    await tokens.token(credentials, 'graph');
    expect(started.asked.length).toBeGreaterThan(1);
  });

  it('a probe always asks, and its success ends the minute', async () => {
    let answer: Answer | undefined = gone;
    const started = await microsoft(() => answer);
    const tokens = tokensOf(started);
    await failureFrom(tokens.token(credentials, 'graph'));
    answer = undefined;
    await tokens.freshToken(credentials, 'graph');
    await tokens.token(credentials, 'graph');
    expect(started.asked).toHaveLength(3);
  });

  it('a new secret is tried at once', async () => {
    const started = await microsoft(({ body }) =>
      (body as { readonly client_secret?: string }).client_secret === 'new' ? undefined : gone,
    );
    const tokens = tokensOf(started);
    await failureFrom(tokens.token(credentials, 'graph'));
    const renewed: TenantCredentials = { ...credentials, proof: { kind: 'secret', secret: 'new' } };
    await tokens.token(renewed, 'graph');
    expect(started.asked).toHaveLength(2);
  });

  it('one that is refused a permission is given up when it is older than five minutes', async () => {
    const started = await microsoft();
    const tokens = tokensOf(started);
    const first = await tokens.token(credentials, 'graph');
    tokens.doubt(credentials, 'graph', first);
    expect(await tokens.token(credentials, 'graph')).toBe(first);
    started.now += 301_000;
    tokens.doubt(credentials, 'graph', first);
    expect(await tokens.token(credentials, 'graph')).not.toBe(first);
  });
});
