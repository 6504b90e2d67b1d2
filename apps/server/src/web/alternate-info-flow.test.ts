import { registerJobs, type Job, type JobName, type Ports } from '@holdfast/application';
import { createNoticeTemplates, createPhoneNumbers } from '@holdfast/notifications';
import { createFakeLog } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installEveryone } from '../use-cases/testing/set-up.ts';
import { createWorld, type World } from '../use-cases/testing/world.ts';
import { POSTS_PER_LINK_AND_CLIENT } from './form-limits.ts';
import { createPortalSite } from './portal-site.ts';
import { serve, type ServedSite } from './testing/serve.ts';

let world: World;
let ports: Ports;
let site: ServedSite;
/** Path of Ada's link. */
let link: string;
const texts: string[] = [];

beforeEach(async () => {
  world = await createWorld();
  texts.length = 0;
  ports = {
    ...world.ports,
    phones: createPhoneNumbers(),
    templates: createNoticeTemplates(),
    sms: {
      send: ({ text }) => {
        texts.push(text);
        return Promise.resolve({ ok: true, reference: 'sms-1' });
      },
    },
  };
  await installEveryone(world, await world.organisation('Contoso'));
  const mail = world.spooled.find(
    ({ head, mail: { text } }) =>
      head.envelope.recipients.some(({ address }) => address.startsWith('ada@')) &&
      text.includes('/info/'),
  );
  link = /\/info\/\S+/.exec(mail?.mail.text ?? '')?.[0] ?? '';
  const configuration = { portalUrl: 'http://localhost:3001', trustedProxies: [] };
  site = await serve(createPortalSite({ ports, configuration, log: createFakeLog() }));
});
afterEach(async () => {
  await site.close();
  await world.close();
});

const MOBILE = {
  email: '',
  phone: '0151 23456789',
  country: 'DE',
  preferred: 'sms',
  language: 'en',
};

/** Runs the jobs that send codes; returns the digits of the last message. */
async function codeSent(): Promise<string> {
  for (const { id, name, payload } of world.jobs) {
    if (name !== 'channel.send-code') continue;
    await registerJobs(ports, {
      work: async <Name extends JobName>(
        work: Name,
        handler: (job: Job<Name>) => Promise<void>,
      ): Promise<void> => {
        if (work === name) await handler({ id, payload } as Job<Name>);
      },
      stop: async () => undefined,
    });
  }
  return /\d{6}/.exec(texts.at(-1) ?? '')?.[0] ?? '';
}

async function read(path: string): Promise<string> {
  const response = await site.request(path);
  expect(response.status).toBe(200);
  return response.text();
}

function expectRedirect(response: Response, path: string): void {
  expect(response.status).toBeLessThan(304);
  expect(response.headers.get('location')).toBe(path);
}

describe('a person opens the link', () => {
  test('gives a number, enters the code and is done', async () => {
    expect(await read(link)).toContain('name="phone"');
    expectRedirect(await site.post(link, MOBILE), `${link}/codes`);

    const codePage = await read(`${link}/codes`);
    expect(codePage).toContain('name="code-sms"');
    expect(codePage).toContain('••89');
    expect(codePage).not.toContain('23456789');
    expectRedirect(await site.request(link), `${link}/codes`);

    const code = await codeSent();
    expect(code).toHaveLength(6);
    expectRedirect(await site.post(`${link}/codes`, { 'code-sms': code }), `${link}/done`);
    expect(await read(`${link}/done`)).toContain('Verified');
    expectRedirect(await site.request(link), `${link}/done`);
    expectRedirect(await site.request(`${link}/codes`), `${link}/done`);
  });

  test('is told what is wrong, field by field, and keeps what was typed', async () => {
    const wrong = { ...MOBILE, email: 'ada@contoso.example', phone: '12' };
    const response = await site.post(link, wrong);
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain('work address');
    expect(page).toContain('id="phone-error"');
    expect(page).toContain('value="ada@contoso.example"');
    expect(page).toContain('value="12"');

    const nothing = await site.post(link, { ...MOBILE, phone: '' });
    expect(nothing.status).toBe(422);
    expect(world.jobs.some(({ name }) => name === 'channel.send-code')).toBe(false);
  });

  test('with a wrong code, and with none, may try again', async () => {
    await site.post(link, MOBILE);
    const wrong = await site.post(`${link}/codes`, { 'code-sms': '000000' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('That is not the code we sent');
    const none = await site.post(`${link}/codes`, { 'code-sms': ' ' });
    expect(none.status).toBe(422);
    expect(await none.text()).toContain('Enter the code that we sent you.');
    const code = await codeSent();
    expectRedirect(await site.post(`${link}/codes`, { 'code-sms': code }), `${link}/done`);
  });

  test('asks for another code, after a minute', async () => {
    await site.post(link, MOBILE);
    const soon = await site.post(`${link}/codes/resend`, { channel: 'sms' });
    expect(soon.status).toBe(422);
    expect(await soon.text()).toContain('less than a minute ago');
    world.advance(61_000);
    const later = await site.post(`${link}/codes/resend`, { channel: 'sms' });
    expectRedirect(later, `${link}/codes?sent=sms`);
    expect(await read(`${link}/codes?sent=sms`)).toContain('Another text message is on its way');
  });

  test('removes what is not verified; a verified channel needs the administrator', async () => {
    await site.post(link, MOBILE);
    expectRedirect(await site.post(`${link}/remove`, { channel: 'sms' }), `${link}/done`);
    expect(await read(`${link}/done`)).toContain('Nothing is stored');

    await site.post(link, MOBILE);
    await site.post(`${link}/codes`, { 'code-sms': await codeSent() });
    const refused = await site.post(`${link}/remove`, { channel: 'sms' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('ask them');
  });
});

describe('the pages', () => {
  test('run nothing, are kept nowhere, and tell no other site where they are', async () => {
    const { headers } = await site.request(link);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('script-src');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });

  test('answer any wrong link alike', async () => {
    const pages = await Promise.all(
      ['', '/change', '/codes', '/done'].map((page) =>
        site.request(`/info/${'x'.repeat(43)}${page}`),
      ),
    );
    expect(pages.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(await pages[0]?.text()).toContain('This link no longer works');
    expect((await site.post(`/info/${'x'.repeat(43)}`, MOBILE)).status).toBe(404);
  });

  test('take no posts from elsewhere, no long ones, and not too many', async () => {
    const foreign = await site.request(link, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
    expect((await site.post(link, { ...MOBILE, email: 'x'.repeat(20_000) })).status).toBe(400);
    const statuses = new Set<number>();
    for (let post = 0; post < POSTS_PER_LINK_AND_CLIENT.most; post += 1) {
      statuses.add((await site.post(`${link}/codes`, {})).status);
    }
    expect([...statuses]).toEqual([422, 429]);
  });
});
