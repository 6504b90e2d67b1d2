import { TenantError, type TenantCredentials } from '@holdfast/application';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  credentials,
  startMicrosoft,
  type Answer,
  type Script,
  type ScriptedMicrosoft,
} from '../../test/scripted-microsoft.ts';
import { createTenantConsent } from './tenant-consent.ts';

const TENANT = '6fb3bd4c-31b8-4f1a-9d0e-52c8a1f0c0de';

async function microsoft(script: Script): Promise<ScriptedMicrosoft> {
  const started = await startMicrosoft(script);
  onTestFinished(() => started[Symbol.asyncDispose]());
  return started;
}

function tokenWith(claims: object): Answer {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'RS256' })}.${part(claims)}.signature`;
  return { json: { token_type: 'Bearer', access_token: token, expires_in: 3599 } };
}

const refused = (code: number, error: string): Answer => ({
  status: 400,
  json: { error, error_description: `AADSTS${code}: No. Trace ID: 1` },
});

const isFor = (body: unknown, resource: string): boolean =>
  (body as { readonly scope?: string }).scope?.includes(resource) ?? false;

async function codeFrom(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (error instanceof TenantError) return error.failure.code;
    throw error;
  }
}

const own: TenantCredentials = credentials;

describe('finding a tenant', () => {
  const find = (script: Script) => async (name: string) =>
    createTenantConsent((await microsoft(script)).options, []).findTenant(name);

  it('takes its id from the issuer of its public OpenID configuration', async () => {
    const started = await microsoft(() => ({
      json: { issuer: `https://login.microsoftonline.com/${TENANT.toUpperCase()}/v2.0` },
    }));
    const consent = createTenantConsent(started.options, []);
    expect(await consent.findTenant('contoso.com')).toBe(TENANT);
    expect(started.asked.map(({ method, path }) => [method, path])).toEqual([
      ['GET', '/contoso.com/v2.0/.well-known/openid-configuration'],
    ]);
  });

  it('knows a tenant that is none from a Microsoft that does not answer', async () => {
    const unknown = find(() => refused(90002, 'invalid_tenant'));
    expect(await codeFrom(unknown('nobody.com'))).toBe('tenant-unknown');
    const several = find(() => ({
      json: { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' },
    }));
    expect(await codeFrom(several('organizations'))).toBe('tenant-unknown');
    expect(await codeFrom(find(() => ({ status: 503 }))('contoso.com'))).toBe('unavailable');
  });
});

describe('the consent page', () => {
  it('is asked for everything in the registration, with the state and our address', async () => {
    const started = await microsoft(() => undefined);
    const url = new URL(
      createTenantConsent(started.options, []).consentUrl({
        tenantId: TENANT,
        clientId: 'client',
        redirectUri: 'https://console.example/m365/consent',
        state: 'a+b/c=',
      }),
    );
    expect(`${url.origin}${url.pathname}`).toBe(
      `${started.options.loginBase}/${TENANT}/v2.0/adminconsent`,
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'client',
      scope: 'https://graph.microsoft.com/.default',
      redirect_uri: 'https://console.example/m365/consent',
      state: 'a+b/c=',
    });
  });
});

describe('what is granted', () => {
  it('is read from two new tokens, one for each resource', async () => {
    const started = await microsoft((asked) =>
      isFor(asked.body, 'graph')
        ? tokenWith({ tid: TENANT, roles: ['User.Read.All'] })
        : tokenWith({ tid: TENANT, roles: ['Exchange.ManageAsApp'] }),
    );
    const consent = createTenantConsent(started.options, []);
    const grant = {
      tenantId: TENANT,
      granted: { graph: ['User.Read.All'], exchange: ['Exchange.ManageAsApp'] },
    };
    expect(await consent.readGrant(own)).toEqual(grant);
    expect(await consent.readGrant(own)).toEqual(grant);
    expect(started.asked).toHaveLength(4);
  });

  it('is nothing where the claim is left out or Exchange gives no token', async () => {
    const started = await microsoft((asked) =>
      isFor(asked.body, 'graph') ? tokenWith({ tid: TENANT }) : refused(650052, 'invalid_client'),
    );
    const consent = createTenantConsent(started.options, []);
    expect(await consent.readGrant(own)).toEqual({
      tenantId: TENANT,
      granted: { graph: [], exchange: [] },
    });
  });

  it('cannot be told from a token that names no tenant', async () => {
    const started = await microsoft(() => tokenWith({ roles: ['User.Read.All'] }));
    const consent = createTenantConsent(started.options, []);
    expect(await codeFrom(consent.readGrant(own))).toBe('unexpected');
  });

  it('is waited for after a consent, for half a minute and no longer', async () => {
    let asked = 0;
    const started = await microsoft((seen) => {
      if (!isFor(seen.body, 'graph')) return tokenWith({ tid: TENANT });
      asked += 1;
      if (asked < 3) return refused(700016, 'unauthorized_client');
      return tokenWith({ tid: TENANT, ...(asked > 3 && { roles: ['User.Read.All'] }) });
    });
    const consent = createTenantConsent(started.options, []);
    expect((await consent.awaitGrant(own)).granted.graph).toEqual(['User.Read.All']);
    expect(started.pauses).toEqual([3000, 3000, 3000]);

    const never = await microsoft(() => refused(700016, 'unauthorized_client'));
    expect(await codeFrom(createTenantConsent(never.options, []).awaitGrant(own))).toBe(
      'not-consented',
    );
    expect(never.pauses.length * 3000).toBeLessThanOrEqual(30_000);
  });

  it('is not waited for when the proof is wrong', async () => {
    const started = await microsoft(() => ({
      status: 401,
      json: { error: 'invalid_client', error_description: 'AADSTS7000215: No.' },
    }));
    const consent = createTenantConsent(started.options, []);
    expect(await codeFrom(consent.awaitGrant(own))).toBe('sign-in-failed');
    expect(started.pauses).toEqual([]);
  });
});
