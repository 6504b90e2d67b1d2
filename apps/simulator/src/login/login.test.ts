import { constants, createHash, sign, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../start-simulator.ts';
import {
  CLIENT_ID,
  HOLDFAST_APPLICATIONS,
  HOLDFAST_CLIENT_SECRET,
  TENANT_ID,
} from '../tenant/identity.ts';
import { answer, Client } from '../testing.ts';

let simulator: Simulator;
let client: Client;
let pair: { readonly private: string; readonly cert: string };
beforeAll(async () => {
  simulator = await startSimulator({ sampleDays: 0 });
  pair = await generate([{ name: 'commonName', value: 'test' }], {
    keySize: 2048,
    algorithm: 'sha256',
  });
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  client = new Client(simulator);
  await client.control('/reset', {});
});

function assertion(change: object = {}, header: object = {}): Record<string, string> {
  const der = new X509Certificate(pair.cert).raw;
  const now = Math.floor(Date.now() / 1000);
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const head = encode({
    alg: 'PS256',
    typ: 'JWT',
    'x5t#S256': createHash('sha256').update(der).digest('base64url'),
    ...header,
  });
  const body = encode({
    aud: `${simulator.loginBase}/${TENANT_ID}/oauth2/v2.0/token`,
    iss: CLIENT_ID,
    sub: CLIENT_ID,
    jti: 'once',
    nbf: now,
    exp: now + 300,
    ...change,
  });
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), {
    key: pair.private,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 32,
  });
  return {
    client_secret: '',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: `${head}.${body}.${signature.toString('base64url')}`,
  };
}

const codeOf = async (form: Record<string, string>): Promise<number | undefined> => {
  const body = await answer(client.requestToken(form));
  return body.error_codes?.[0];
};

describe('a signed assertion', () => {
  const register = (): Promise<unknown> =>
    client.control(`/applications/${CLIENT_ID}/certificates`, { certificate: pair.cert });

  it('proves the application once its certificate is registered', async () => {
    expect(await codeOf(assertion())).toBe(700027);
    await register();
    expect((await client.requestToken(assertion())).status).toBe(200);
  });

  it('proves nothing when it is for elsewhere, for another application, too old or altered', async () => {
    await register();
    const past = Math.floor(Date.now() / 1000) - 3600;
    expect(await codeOf(assertion({ aud: 'https://elsewhere.example/token' }))).toBe(700023);
    expect(await codeOf(assertion({ sub: 'another' }))).toBe(700021);
    expect(await codeOf(assertion({ exp: past, nbf: past - 300 }))).toBe(700024);
    expect(await codeOf(assertion({}, { alg: 'RS256' }))).toBe(700027);
    expect(await codeOf(assertion({ jti: '' }))).toBe(50027);
    expect(await codeOf({ ...assertion(), client_assertion: 'no.jwt.here' })).toBe(50027);
  });
});

describe('the consent page', () => {
  const redirect = 'https://console.example/m365/consent';
  const pageOf = (form: 'v2.0/adminconsent' | 'adminconsent', change: object = {}): string => {
    const query = new URLSearchParams({
      client_id: HOLDFAST_APPLICATIONS.read,
      redirect_uri: redirect,
      state: 's1',
      ...(form === 'v2.0/adminconsent' && { scope: 'https://graph.microsoft.com/.default' }),
      ...change,
    });
    return `${simulator.loginBase}/contoso.example/${form}?${query.toString()}`;
  };
  const decide = async (url: string, choice: string): Promise<URLSearchParams> => {
    const body = new URLSearchParams({ choice });
    const response = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    const location = response.headers.get('location') ?? '';
    expect(location.startsWith(redirect)).toBe(true);
    return new URL(location).searchParams;
  };
  const form = { client_id: HOLDFAST_APPLICATIONS.read, client_secret: HOLDFAST_CLIENT_SECRET };

  it.each(['v2.0/adminconsent', 'adminconsent'] as const)(
    '%s grants what the registration asks for, and nothing before somebody accepts',
    async (path) => {
      const page = await fetch(pageOf(path));
      expect(await page.text()).toContain('User.Read.All');
      expect(await codeOf(form)).toBe(700016);
      expect(Object.fromEntries(await decide(pageOf(path), 'approve'))).toMatchObject({
        admin_consent: 'True',
        tenant: TENANT_ID,
        state: 's1',
      });
      expect((await client.requestToken(form)).status).toBe(200);
    },
  );

  it('declined or forged, it grants nothing', async () => {
    const declined = await decide(pageOf('v2.0/adminconsent'), 'decline');
    expect(declined.get('error')).toBe('access_denied');
    expect(declined.get('error_description')).toContain('AADSTS65004');
    const forged = await decide(pageOf('v2.0/adminconsent'), 'forge');
    expect(forged.get('tenant')).not.toBe(TENANT_ID);
    expect(await codeOf(form)).toBe(700016);
  });

  it('refuses what Entra ID refuses', async () => {
    for (const [change, code] of [
      [{ scope: 'User.Read' }, 70011],
      [{ redirect_uri: 'https://elsewhere.example/' }, 50011],
      [{ client_id: 'unknown' }, 700016],
    ] as const) {
      const response = await fetch(pageOf('v2.0/adminconsent', change));
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(`AADSTS${code}`);
    }
  });

  it('tenants are found by any of their domains', async () => {
    const find = (name: string): Promise<Response> =>
      fetch(`${simulator.loginBase}/${name}/v2.0/.well-known/openid-configuration`);
    expect(await (await find('contoso.example')).json()).toMatchObject({
      issuer: expect.stringContaining(TENANT_ID),
    });
    expect((await find('nobody.example')).status).toBe(400);
  });
});

describe('what a tenant has granted', () => {
  const holdfast = { client_id: HOLDFAST_APPLICATIONS.read, client_secret: HOLDFAST_CLIENT_SECRET };
  const rolesOf = async (form: Record<string, string>): Promise<unknown> => {
    const response = await client.requestToken(form);
    const { access_token: token } = (await response.json()) as { access_token: string };
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    return (JSON.parse(payload) as { roles?: unknown }).roles;
  };

  it('an application that it has not admitted gets no token', async () => {
    expect(await codeOf(holdfast)).toBe(700016);
  });

  it('is in the token, and the claim is left out when it is nothing', async () => {
    const granted = { graph: ['User.Read.All'], exchange: [] };
    await client.control(`/applications/${HOLDFAST_APPLICATIONS.read}/grant`, { granted });
    expect(await rolesOf(holdfast)).toEqual(['User.Read.All']);
    const scope = 'https://outlook.office365.com/.default';
    expect(await rolesOf({ ...holdfast, scope })).toBeUndefined();
  });

  it('ends when the administrator takes the application out', async () => {
    await client.control(`/applications/${CLIENT_ID}/grant`, { granted: null });
    expect(await codeOf({})).toBe(700016);
  });
});
