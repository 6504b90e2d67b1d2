import { afterEach, describe, expect, it } from 'vitest';
import { directory, failure, markOf, noExchange, tenant } from '../test/contoso.ts';
import {
  credentials,
  startMicrosoft,
  type Script,
  type ScriptedMicrosoft,
} from '../test/scripted-microsoft.ts';
import { createTenantDirectory } from './directory/tenant-directory.ts';
import { createTenantHealth } from './health/tenant-health.ts';

const open: ScriptedMicrosoft[] = [];

afterEach(async () => {
  for (const started of open.splice(0)) await started[Symbol.asyncDispose]();
});

async function microsoft(script: Script): Promise<ScriptedMicrosoft> {
  const started = await startMicrosoft(script);
  open.push(started);
  return started;
}

describe('what the sign-in says', () => {
  it.each([
    ['AADSTS7000215: Invalid client secret provided.', 401, 'invalid_client', 'sign-in-failed'],
    [
      'AADSTS7000222: The provided client secret keys are expired.',
      401,
      'invalid_client',
      'sign-in-failed',
    ],
    ['AADSTS700027: The certificate is not registered.', 401, 'invalid_client', 'sign-in-failed'],
    [
      'AADSTS700016: Application not found in the directory.',
      400,
      'unauthorized_client',
      'not-consented',
    ],
    ['AADSTS90002: Tenant not found.', 400, 'invalid_request', 'tenant-unknown'],
    ['Something new', 400, 'invalid_request', 'unexpected'],
    ['', 500, '', 'unavailable'],
  ] as const)('%s', async (description, status, error, code) => {
    const { options } = await microsoft(({ service }) =>
      service === 'login'
        ? { status, json: { error, error_description: `${description} Trace ID: 4711` } }
        : undefined,
    );
    const said = await failure(createTenantHealth(options).probeSignIn(credentials));
    expect(said.code).toBe(code);
    expect(said.detail).not.toMatch(/Trace ID|top-secret/);
  });

  it('nobody there', async () => {
    const started = await startMicrosoft(() => undefined);
    await started[Symbol.asyncDispose]();
    expect(
      await failure(createTenantHealth(started.options).probeSignIn(credentials)),
    ).toMatchObject({ code: 'unreachable' });
  });
});

describe('what Graph says', () => {
  it.each([
    [401, {}, 'sign-in-failed'],
    [
      403,
      { error: { code: 'ErrorAccessDenied', message: 'Access to OData is disabled.' } },
      'forbidden',
    ],
    [404, { error: { code: 'MailboxNotEnabledForRESTAPI', message: 'x' } }, 'not-found'],
    [429, { error: { code: 'TooManyRequests', message: 'x' } }, 'throttled'],
    [500, null, 'unavailable'],
    [503, { error: { code: 'ErrorMailboxStoreUnavailable', message: 'x' } }, 'unavailable'],
    [504, {}, 'unavailable'],
    [400, {}, 'unexpected'],
  ] as const)('%i', async (status, json, code) => {
    const started = await microsoft(({ service }) =>
      service === 'graph' ? { status, json, headers: { 'retry-after': '5' } } : undefined,
    );
    const probe = createTenantHealth(started.options).probeMailbox(
      credentials,
      'megan@contoso.example',
    );
    expect(await failure(probe)).toMatchObject({ code });
    // A probe takes the first answer: waiting would hide what it is there to see.
    expect(started.pauses).toEqual([]);
  });

  it.each([
    [429, '3', [3000]],
    [503, 'Mon, 23 Nov 2026 00:00:10 GMT', [10_000]],
    [503, null, [1000]],
  ] as const)('%i with Retry-After %s is waited for', async (status, after, pauses) => {
    let busy = true;
    const started = await microsoft((asked, base) => {
      if (asked.path !== '/organization' || !busy) return directory(asked, base);
      busy = false;
      return { status, headers: after === null ? {} : { 'retry-after': after } };
    });
    await expect(createTenantDirectory(started.options).profile(credentials)).resolves.toEqual({
      displayName: 'Contoso',
      initialDomain: 'contoso.onmicrosoft.com',
    });
    expect(started.pauses).toEqual(pauses);
  });

  it('is asked a bounded number of times, and a long pause is reported instead of waited for', async () => {
    const started = await microsoft(({ service }) =>
      service === 'graph' ? { status: 429 } : undefined,
    );
    expect(
      await failure(createTenantDirectory(started.options).profile(credentials)),
    ).toMatchObject({ code: 'throttled' });
    expect(started.pauses).toEqual([1000, 2000, 4000, 8000]);
    const later = await microsoft(({ service }) =>
      service === 'graph' ? { status: 429, headers: { 'retry-after': '600' } } : undefined,
    );
    expect(await failure(createTenantDirectory(later.options).profile(credentials))).toMatchObject({
      code: 'throttled',
      retryAfter: 600_000,
    });
    expect(later.pauses).toEqual([]);
  });

  it.each([
    'http://169.254.169.254/latest',
    'http://127.0.0.1:1/graph/v1.0/organization',
    '/relative',
  ])('a next page at %s is not followed', async (link) => {
    const { options } = await microsoft((asked) =>
      asked.service === 'graph' ? { json: { value: [], '@odata.nextLink': link } } : undefined,
    );
    expect(await failure(createTenantDirectory(options).profile(credentials))).toMatchObject({
      code: 'unexpected',
    });
  });

  it('pages in a circle end', async () => {
    const { options } = await microsoft((asked, base) =>
      asked.service === 'graph'
        ? { json: { value: [], '@odata.nextLink': `${base}/graph/v1.0/organization?$select=id` } }
        : undefined,
    );
    expect(await failure(createTenantDirectory(options).profile(credentials))).toMatchObject({
      code: 'unexpected',
    });
  });

  it('one unreadable user fails the reading: leaving it out would look like a removal', async () => {
    const { options } = await microsoft(
      tenant((asked, base) =>
        asked.path === '/users/delta'
          ? { json: { value: [{ displayName: 'x' }], '@odata.deltaLink': markOf(base, 'users') } }
          : noExchange(asked, base),
      ),
    );
    const receiver = { page: async () => undefined, restart: async () => undefined };
    const read = createTenantDirectory(options).round(credentials, 'users', null, receiver);
    expect(await failure(read)).toMatchObject({ code: 'unexpected' });
  });
});

describe('tokens', () => {
  const logins = (started: ScriptedMicrosoft): number =>
    started.asked.filter(({ service }) => service === 'login').length;

  it('are kept until shortly before they expire, and per secret', async () => {
    const started = await microsoft(directory);
    const tenantDirectory = createTenantDirectory(started.options);
    await Promise.all([tenantDirectory.profile(credentials), tenantDirectory.profile(credentials)]);
    expect(logins(started)).toBe(1);
    started.now += 3_290_000;
    await tenantDirectory.profile(credentials);
    expect(logins(started)).toBe(1);
    started.now += 20_000;
    await tenantDirectory.profile(credentials);
    expect(logins(started)).toBe(2);
    await tenantDirectory.profile({ ...credentials, proof: { kind: 'secret', secret: 'other' } });
    expect(logins(started)).toBe(3);
  });

  it('are asked for anew by a sign-in probe, and after a 401', async () => {
    let revoked = false;
    const started = await microsoft((asked, base) => {
      if (asked.service === 'graph' && revoked) {
        revoked = false;
        return { status: 401 };
      }
      return directory(asked, base);
    });
    const tenantDirectory = createTenantDirectory(started.options);
    await tenantDirectory.profile(credentials);
    const health = createTenantHealth(started.options);
    await health.probeSignIn(credentials);
    await health.probeSignIn(credentials);
    expect(logins(started)).toBe(3);
    revoked = true;
    await tenantDirectory.profile(credentials);
    expect(logins(started)).toBe(4);
  });

  it('go to Graph and to Exchange apart, one scope each', async () => {
    const started = await microsoft(tenant(noExchange));
    await createTenantDirectory(started.options).domains(credentials);
    const scopes = started.asked
      .filter(({ service }) => service === 'login')
      .map(({ body }) => (body as { scope: string }).scope);
    expect(new Set(scopes)).toEqual(
      new Set(['https://graph.microsoft.com/.default', 'https://outlook.office365.com/.default']),
    );
  });
});
