import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseUnavailableError, type Log, type Ports } from '@holdfast/application';
import { createFakeLog } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAdminSite } from './admin-site.ts';
import { createPortalSite } from './portal-site.ts';
import { cookieOf, serve, type ServedSite } from './testing/serve.ts';

const PAGE = { accept: 'text/html,*/*' };
let directory: string;
let open: ServedSite[];
let databaseAnswers: boolean;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'holdfast-site-'));
  open = [];
  databaseAnswers = true;
});
afterEach(async () => {
  for (const site of open) await site.close();
  rmSync(directory, { recursive: true });
});

function build(): void {
  mkdirSync(join(directory, 'assets'));
  writeFileSync(join(directory, 'index.html'), '<!doctype html><title>built</title>');
  writeFileSync(join(directory, 'index.de.html'), '<!doctype html><title>gebaut</title>');
  writeFileSync(join(directory, 'assets', 'main-abc123.js'), 'export {};');
}

/** The database is there or not; nothing else may be reached by these requests. */
function createPorts(log: Log): Ports {
  const answer = (): Promise<never> =>
    Promise.reject(new DatabaseUnavailableError(new Error('connection refused to 10.0.0.5')));
  return {
    log,
    clock: { now: () => 0 },
    identifiers: { uuid: () => 'error-id' },
    secrets: { hashToken: (token: string) => token },
    settings: { demo: false, portalUrl: 'http://localhost' },
    database: {
      ping: () => (databaseAnswers ? Promise.resolve() : answer()),
      acrossOrganisations: answer,
      withinOrganisation: answer,
    },
  } as unknown as Ports;
}

async function admin(adminUrl = 'http://localhost:3000'): Promise<ServedSite> {
  const log = createFakeLog();
  const configuration = { adminUrl, trustedProxies: [] };
  const deps = { ports: createPorts(log), configuration, log, builtDirectory: directory };
  const site = await serve(createAdminSite(deps));
  open.push(site);
  return site;
}

async function portal(portalUrl = 'http://localhost:3001'): Promise<ServedSite> {
  const log = createFakeLog();
  const configuration = { portalUrl, trustedProxies: [] };
  const deps = { ports: createPorts(log), configuration, log, builtDirectory: directory };
  const site = await serve(createPortalSite(deps));
  open.push(site);
  return site;
}

describe('every answer', () => {
  test.each([
    ['console', admin],
    ['portal', portal],
  ])('of the %s forbids framing, foreign scripts, guessing and referrers', async (_name, start) => {
    const site = await start();
    for (const path of ['/healthz', '/', '/no/such/thing']) {
      const { headers } = await site.request(path);
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.has('x-powered-by')).toBe(false);
      expect(headers.has('strict-transport-security')).toBe(false);
    }
  });

  test('asks for https to be kept when the public address is https', async () => {
    const site = await admin('https://console.example');
    const { headers } = await site.request('/healthz');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  });
});

describe('health', () => {
  test('alive without a database, ready only with one', async () => {
    const site = await admin();
    expect((await site.request('/readyz')).status).toBe(200);
    databaseAnswers = false;
    expect((await site.request('/healthz')).status).toBe(200);
    const notReady = await site.request('/readyz', { headers: PAGE });
    expect(notReady.status).toBe(503);
    expect(await notReady.json()).toMatchObject({ code: 'database.unreachable' });
  });
});

describe('the origin of what changes something', () => {
  async function codeFor(site: ServedSite, headers: Record<string, string>): Promise<string> {
    const response = await fetch(`${site.url}/trpc/session.signOut`, { method: 'POST', headers });
    const body = (await response.json()) as { code?: string };
    return `${response.status} ${body.code ?? ''}`;
  }
  const refused = '403 session.origin-refused';

  test('must be the public address', async () => {
    const site = await portal('https://mail-help.example');
    expect(await codeFor(site, { origin: 'https://evil.example' })).toBe(refused);
    expect(await codeFor(site, { origin: site.url })).toBe(refused);
    expect(await codeFor(site, { origin: 'http://mail-help.example' })).toBe(refused);
    expect(await codeFor(site, {})).toBe(refused);
    expect(await codeFor(site, { origin: 'null' })).toBe(refused);
    expect(await codeFor(site, { origin: 'https://mail-help.example' })).not.toBe(refused);
  });

  test('may be left out by a browser that says otherwise that it is our page', async () => {
    const site = await portal();
    const headers = { origin: 'null', 'sec-fetch-site': 'same-origin' };
    expect(await codeFor(site, headers)).not.toBe(refused);
    expect(await codeFor(site, { ...headers, 'sec-fetch-site': 'cross-site' })).toBe(refused);
  });

  test('on one’s own machine is localhost by any name, on the same port only', async () => {
    const site = await portal('http://localhost:9');
    const { port } = new URL(site.url);
    expect(await codeFor(site, { origin: `http://localhost:${port}` })).not.toBe(refused);
    expect(await codeFor(site, { origin: `http://127.0.0.1:${port}` })).not.toBe(refused);
    expect(await codeFor(site, { origin: 'http://localhost:9' })).not.toBe(refused);
    expect(await codeFor(site, { origin: 'http://localhost:1' })).toBe(refused);
  });
});

describe('files', () => {
  test('hashed ones are kept for ever, the page is asked for anew', async () => {
    build();
    const site = await admin();
    const script = await site.request('/assets/main-abc123.js');
    expect(script.headers.get('cache-control')).toContain('immutable');
    const page = await site.request('/users?page=2', { headers: PAGE });
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(await page.text()).toContain('built');
  });

  test('a missing script is not answered with the page', async () => {
    build();
    const site = await admin();
    expect((await site.request('/assets/gone.js', { headers: { accept: '*/*' } })).status).toBe(
      404,
    );
    expect((await site.request('/users', { method: 'POST', headers: PAGE })).status).toBe(404);
  });

  test('a missing build says what to do', async () => {
    const site = await portal();
    const page = await site.request('/', { headers: PAGE });
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('The user portal has not been built');
  });

  test('nothing outside the directory is served', async () => {
    build();
    writeFileSync(join(directory, '.secret'), 'secret');
    const site = await admin();
    for (const path of ['/.secret', '/..%2f..%2fetc/passwd', '/assets/..%2f.secret', '/%']) {
      const response = await site.request(path);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).not.toContain('secret');
    }
  });
});

describe('the language of the portal', () => {
  const german = { ...PAGE, 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' };

  test('is the one that the browser asks for, English where it asks for none of ours', async () => {
    build();
    const site = await portal();
    const page = await site.request('/inbox', { headers: german });
    expect(await page.text()).toContain('gebaut');
    expect(page.headers.get('vary')).toContain('Accept-Language');
    const french = { ...PAGE, 'accept-language': 'fr-FR' };
    expect(await (await site.request('/inbox', { headers: french })).text()).toContain('built');
  });

  test('is remembered once it was chosen, and the address is as before', async () => {
    build();
    const site = await portal();
    const chosen = await site.request('/search?q=a+b&language=en', { headers: german });
    expect(chosen.status).toBe(303);
    expect(chosen.headers.get('location')).toBe('/search?q=a+b');
    const cookie = cookieOf(chosen);
    const page = await site.request('/inbox', { headers: { ...german, cookie } });
    expect(await page.text()).toContain('built');
  });

  test('cannot be chosen into an address of somebody else, nor be one that we do not have', async () => {
    build();
    const site = await portal();
    const away = await site.request('//elsewhere.example/?language=de', { headers: PAGE });
    expect(away.headers.get('location')).toBe('/elsewhere.example/');
    const unknown = await site.request('/inbox?language=xx', { headers: PAGE });
    expect(unknown.status).toBe(200);
    expect(unknown.headers.get('set-cookie')).toBeNull();
  });
});

describe('failures', () => {
  const cookie = { cookie: 'holdfast-admin=token; holdfast-portal=token' };

  test('the API says that the database is away, and nothing of how it is reached', async () => {
    for (const site of [await admin(), await portal()]) {
      const { response, body } = await site.mutate('session.signOut', null, cookie);
      expect(response.status).toBe(503);
      expect(body.error?.data?.appError?.code).toBe('database.unreachable');
      expect(JSON.stringify(body)).not.toContain('10.0.0.5');
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('a person gets a page, a program JSON', async () => {
    const site = await admin();
    const page = await site.request('/export/users.csv', { headers: { ...cookie, ...PAGE } });
    expect(page.status).toBe(503);
    expect(await page.text()).toMatch(/<h1>Not available at the moment<\/h1>/);
    const json = await site.request('/export/users.csv', { headers: cookie });
    expect(await json.json()).toMatchObject({ code: 'database.unreachable' });
  });

  test('help with Office 365 is there without a session or a database, as text', async () => {
    const help = await (await admin()).request('/help/office365');
    expect(help.status).toBe(200);
    expect(help.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await help.text()).toContain('## Permissions');
  });

  test('nothing is shown or taken without a session', async () => {
    const console = await admin();
    expect((await console.request('/export/users.csv')).status).toBe(401);
    const mail = await portal();
    expect((await mail.request('/attachments/x/0')).status).toBe(401);
    const upload = await mail.request('/uploads', { method: 'POST', body: 'x'.repeat(100) });
    expect(upload.status).toBe(401);
    expect(await upload.json()).toMatchObject({ code: 'session.required' });
  });
});
