import type { AttachmentPart, Ports } from '@holdfast/application';
import { anIngestedMessage, createFakeLog } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { idOf, installEveryone } from '../use-cases/testing/set-up.ts';
import {
  createWorld,
  OWNER,
  START,
  type OrganisationHandle,
  type World,
} from '../use-cases/testing/world.ts';
import { createAdminSite } from './admin-site.ts';
import { createPortalSite } from './portal-site.ts';
import { cookieOf, serve, type ServedSite } from './testing/serve.ts';

const ADA = { login: 'ada@contoso.example', password: 'correct horse battery' };
const ITEM = '0199b2a0-0000-7000-8000-0000000000f1';

let world: World;
let contoso: OrganisationHandle;
const open: ServedSite[] = [];

beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
});
afterEach(async () => {
  for (const site of open.splice(0)) await site.close();
  await world.close();
});

async function admin(adminUrl = 'http://localhost:3000'): Promise<ServedSite> {
  const log = createFakeLog();
  const site = await serve(
    createAdminSite({ ports: world.ports, configuration: { adminUrl, trustedProxies: [] }, log }),
  );
  open.push(site);
  return site;
}

async function portal(ports: Ports = world.ports): Promise<ServedSite> {
  const configuration = { portalUrl: 'http://localhost:3001', trustedProxies: [] };
  const site = await serve(createPortalSite({ ports, configuration, log: createFakeLog() }));
  open.push(site);
  return site;
}

/** Ada has chosen a password before, and there is an event now. */
async function openMailboxOfAda(): Promise<string> {
  const userId = await idOf(contoso, 'ada');
  const hash = await world.ports.secrets.hashPassword(ADA.password);
  await world.ports.database.withinOrganisation(contoso.id, ({ accounts }) =>
    accounts.savePortalPassword(userId, hash),
  );
  await contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'test' });
  return userId;
}

describe('signing in to the console', () => {
  const owner = { email: 'owner@contoso.example', password: OWNER.password };

  test('sets a cookie that scripts and other sites cannot use, and signing out takes it away', async () => {
    const site = await admin();
    const { response } = await site.mutate('session.signIn', owner);
    const set = response.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^holdfast-admin=\S+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/);
    const cookie = cookieOf(response);
    const me = await site.request('/trpc/session.me', { headers: { cookie } });
    expect(JSON.stringify(await me.json())).toContain('owner@contoso.example');
    const out = await site.mutate('session.signOut', null, { cookie });
    expect(out.response.headers.get('set-cookie')).toMatch(/^holdfast-admin=; .*1970/);
    const again = await site.request('/export/users.csv', { headers: { cookie } });
    expect(again.status).toBe(401);
  });

  test('under https the cookie is bound to the host', async () => {
    const site = await admin('https://console.example');
    const origin = 'https://console.example';
    const { response } = await site.mutate('session.signIn', owner, { origin });
    const set = response.headers.get('set-cookie') ?? '';
    expect(set).toMatch(
      /^__Host-holdfast-admin=\S+; Path=\/; .*HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  test('the export is a download of what was asked for', async () => {
    const site = await admin();
    const { response } = await site.mutate('session.signIn', owner);
    const cookie = cookieOf(response);
    const csv = await site.request('/export/users.csv?search=ada', { headers: { cookie } });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename=users.csv');
    const lines = (await csv.text()).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('ada@contoso.example');
    const wrong = await site.request('/export/users.csv?kinds=robot', { headers: { cookie } });
    expect(wrong.status).toBe(400);
  });
});

test('exports follow the role at once: the helpdesk gets people, and no list of mail', async () => {
  const site = await admin();
  const owner = { email: 'owner@contoso.example', password: OWNER.password };
  const cookie = cookieOf((await site.mutate('session.signIn', owner)).response);
  await world.ports.database.withinOrganisation(contoso.id, ({ administrators }) =>
    administrators.saveRole(contoso.actor.administratorId, 'helpdesk'),
  );
  const statusOf = async (name: string): Promise<number> =>
    (await site.request(`/export/${name}.csv`, { headers: { cookie } })).status;
  expect(await statusOf('users')).toBe(200);
  for (const name of ['queue', 'trace', 'copied-lists']) expect(await statusOf(name)).toBe(403);
});

describe('signing in to the portal', () => {
  test('answers with the state of the new session', async () => {
    await openMailboxOfAda();
    const site = await portal();
    const { response, body } = await site.mutate('session.signIn', ADA);
    expect(response.headers.get('set-cookie')).toMatch(
      /^holdfast-portal=.*HttpOnly; SameSite=Lax$/,
    );
    expect(body.result?.data).toMatchObject({
      user: { name: 'ada', address: ADA.login },
      organisation: 'Contoso',
      access: 'open',
      mustChoosePassword: false,
      event: { phase: 'active', endedAt: null },
    });
    const headers = { cookie: cookieOf(response) };
    const folders = await site.request('/trpc/mailbox.folders', { headers });
    expect(folders.status).toBe(200);
    // As the service worker asks when a push message comes: by the cookie alone, and not in a batch.
    const state = await site.request('/trpc/session.state', { headers });
    expect(await state.json()).toMatchObject({
      result: { data: { user: { name: 'ada' }, access: 'open' } },
    });
  });

  test('a cookie of the console opens nothing here', async () => {
    const site = await portal();
    const { response } = await (
      await admin()
    ).mutate('session.signIn', {
      email: 'owner@contoso.example',
      password: OWNER.password,
    });
    const cookie = cookieOf(response).replace('holdfast-admin', 'holdfast-portal');
    expect((await site.request('/trpc/mailbox.folders', { headers: { cookie } })).status).toBe(401);
  });
});

describe('attachments', () => {
  const PARTS: readonly Pick<AttachmentPart, 'fileName' | 'contentType'>[] = [
    { fileName: 'Rechnung “März”.html', contentType: 'text/html' },
    { fileName: 'logo.png', contentType: 'image/png' },
    { fileName: 'drawing.svg', contentType: 'image/svg+xml' },
    { fileName: 'plan.pdf', contentType: 'application/pdf' },
    { fileName: 'page.png', contentType: 'image/png' },
    { fileName: 'page.pdf', contentType: 'application/pdf' },
    { fileName: 'notes.txt', contentType: 'text/plain' },
    { fileName: 'set-up.sh', contentType: 'application/x-sh' },
  ];
  const SCRIPT = Buffer.from('<script>alert(1)</script>');
  /** What the bytes are, by file name; a script where nothing is said. */
  const CONTENTS: Readonly<Record<string, Buffer>> = {
    'logo.png': Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), SCRIPT]),
    'plan.pdf': Buffer.from('%PDF-1.7\n'),
    'notes.txt': Buffer.from('Gr\xfc\xdfe', 'latin1'),
  };

  /** Ada's mailbox with one message of three parts. */
  async function withMessage(): Promise<{ site: ServedSite; cookie: string }> {
    const userId = await openMailboxOfAda();
    const message = anIngestedMessage({
      organisationId: contoso.id,
      acceptedAt: START,
      items: [
        { id: ITEM, userId, folder: 'inbox', isRead: false, isFlagged: false, viaGroup: null },
      ],
    });
    await world.ports.database.acrossOrganisations(({ ingest }) => ingest.apply([message], []));
    const site = await portal({
      ...world.ports,
      store: {
        ...world.ports.store,
        read: async () => new Uint8Array(),
        open: async () => ({
          size: SCRIPT.length,
          stream: async function* stream() {
            yield SCRIPT;
          },
        }),
      },
      format: {
        ...world.ports.format,
        attachment: async (_message, index) => {
          const named = PARTS[index];
          if (named === undefined) return null;
          const content = CONTENTS[named.fileName] ?? SCRIPT;
          const part = { ...named, index, size: content.length, contentId: null, inline: false };
          return { part, content };
        },
      },
    });
    return { site, cookie: cookieOf((await site.mutate('session.signIn', ADA)).response) };
  }

  test('are downloads that run nothing, whatever they say they are', async () => {
    const { site, cookie } = await withMessage();
    const { headers, status } = await site.request(`/attachments/${ITEM}/0?inline=1`, {
      headers: { cookie },
    });
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="Rechnung _M_rz_.html"; filename*=UTF-8''Rechnung%20%E2%80%9CM%C3%A4rz%E2%80%9D.html`,
    );
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toContain('no-store');
  });

  test('are shown in place only when they are what they say, and that is nothing that runs', async () => {
    const { site, cookie } = await withMessage();
    const shown = async (path: string): Promise<string> => {
      const { headers } = await site.request(`/attachments/${ITEM}/${path}`, {
        headers: { cookie },
      });
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; /);
      return `${headers.get('content-disposition')?.split(';')[0]} ${headers.get('content-type')}`;
    };
    expect(await shown('1?inline=1')).toBe('inline image/png');
    expect(await shown('1')).toBe('attachment image/png');
    expect(await shown('2?inline=1')).toBe('attachment image/svg+xml');
    expect(await shown('3?inline=1')).toBe('inline application/pdf');
    expect(await shown('4?inline=1')).toBe('attachment image/png');
    expect(await shown('5?inline=1')).toBe('attachment application/pdf');
    expect(await shown('7?inline=1')).toBe('attachment application/x-sh');
    expect(await shown('0?inline=1')).toBe('attachment text/html; charset=utf-8');
  });

  test('that are text are shown as UTF-8, whatever they were written in', async () => {
    const { site, cookie } = await withMessage();
    const answer = await site.request(`/attachments/${ITEM}/6?inline=1`, { headers: { cookie } });
    expect(await answer.text()).toBe('Grüße');
  });

  test('the source of a message is text that runs nothing', async () => {
    const { site, cookie } = await withMessage();
    const source = await site.request(`/messages/${ITEM}/source`, { headers: { cookie } });
    expect(await source.text()).toBe(SCRIPT.toString());
    expect(source.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(source.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(source.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await site.request(`/messages/${ITEM}/source`)).status).toBe(401);
    const other = `/messages/${ITEM.replace('f1', 'f2')}/source`;
    expect((await site.request(other, { headers: { cookie } })).status).toBe(404);
  });

  test('of others, or that are not there, are not found', async () => {
    const { site, cookie } = await withMessage();
    const statusOf = async (path: string): Promise<number> =>
      (await site.request(`/attachments/${path}`, { headers: { cookie } })).status;
    expect(await statusOf(`${ITEM}/8`)).toBe(404);
    expect(await statusOf(`${ITEM}/-1`)).toBe(404);
    expect(await statusOf('not-an-id/0')).toBe(404);
    expect(await statusOf(`${ITEM.replace('f1', 'f2')}/0`)).toBe(404);
  });
});
