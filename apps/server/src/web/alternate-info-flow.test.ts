import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { POSTS_PER_LINK_AND_CLIENT } from './form-limits.ts';
import { EMAIL, expectRedirect, MOBILE, PHONE, storedOf } from './testing/give-info.ts';
import { createInfoWorld, type InfoWorld } from './testing/info-world.ts';

let info: InfoWorld;
/** Path of Ada's link. */
let link: string;

beforeEach(async () => {
  info = await createInfoWorld();
  link = info.link;
});
afterEach(() => info.close());

describe('a person opens the link', () => {
  test('gives a number, enters the code and is done', async () => {
    expect(await info.read(link)).toContain('name="phone"');
    expectRedirect(await info.site.post(link, MOBILE), `${link}/codes`);

    const codePage = await info.read(`${link}/codes`);
    expect(codePage).toContain('name="code-sms"');
    expect(codePage).toContain('••89');
    expect(codePage).not.toContain('23456789');
    expectRedirect(await info.site.request(link), `${link}/codes`);

    const code = await info.codeTo(PHONE);
    expect(code).toHaveLength(6);
    expectRedirect(await info.site.post(`${link}/codes`, { 'code-sms': code }), `${link}/done`);
    expect(await info.read(`${link}/done`)).toContain('Verified');
    expectRedirect(await info.site.request(link), `${link}/done`);
    expectRedirect(await info.site.request(`${link}/codes`), `${link}/done`);
  });

  test('is told what is wrong, field by field, and keeps what was typed', async () => {
    const wrong = { ...MOBILE, email: 'ada@contoso.example', phone: '12' };
    const response = await info.site.post(link, wrong);
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain('work address');
    expect(page).toContain('id="phone-error"');
    expect(page).toContain('value="ada@contoso.example"');
    expect(page).toContain('value="12"');

    const nothing = await info.site.post(link, { ...MOBILE, phone: '' });
    expect(nothing.status).toBe(422);
    expect(info.world.jobs.some(({ name }) => name === 'channel.send-code')).toBe(false);
  });

  test('with a wrong code, and with none, may try again', async () => {
    await info.site.post(link, MOBILE);
    const wrong = await info.site.post(`${link}/codes`, { 'code-sms': '000000' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('That is not the code we sent');
    const none = await info.site.post(`${link}/codes`, { 'code-sms': ' ' });
    expect(none.status).toBe(422);
    expect(await none.text()).toContain('Enter the code that we sent you.');
    const code = await info.codeTo(PHONE);
    expectRedirect(await info.site.post(`${link}/codes`, { 'code-sms': code }), `${link}/done`);
  });

  test('asks for another code, after a minute', async () => {
    await info.site.post(link, MOBILE);
    const soon = await info.site.post(`${link}/codes/resend`, { channel: 'sms' });
    expect(soon.status).toBe(422);
    expect(await soon.text()).toContain('less than a minute ago');
    info.world.advance(61_000);
    const later = await info.site.post(`${link}/codes/resend`, { channel: 'sms' });
    expectRedirect(later, `${link}/codes?sent=sms`);
    expect(await info.read(`${link}/codes?sent=sms`)).toContain(
      'Another text message is on its way',
    );
  });

  test('takes back what is not confirmed by typing the word', async () => {
    await info.site.post(link, MOBILE);
    const refused = await info.site.post(`${link}/remove/sms`, {});
    expect(refused.status).toBe(422);
    expectRedirect(
      await info.site.post(`${link}/remove/sms`, { word: 'REMOVE' }),
      `${link}/done?saved=removed`,
    );
    expect(await info.read(`${link}/done`)).toContain('Nothing is stored');
  });

  test('is asked about a slip in the domain, and may keep what was typed', async () => {
    const slip = { ...MOBILE, phone: '', email: 'ada@gamil.com' };
    const asked = await info.site.post(link, slip);
    expect(asked.status).toBe(422);
    expect(await asked.text()).toContain('Did you mean ada@gmail.com?');
    expect(await storedOf(info)).toEqual([]);

    const kept = { ...slip, 'email-asked': 'ada@gamil.com', 'email-choice': 'typed' };
    expectRedirect(await info.site.post(link, kept), `${link}/codes`);
    expect(await storedOf(info)).toEqual(['email given ada@gamil.com']);

    expectRedirect(
      await info.site.post(link, { ...kept, 'email-choice': 'suggested' }),
      `${link}/codes`,
    );
    expect(await storedOf(info)).toEqual(['email given ada@gmail.com']);
  });

  test('is told that a landline gets no text, and that a domain takes no mail', async () => {
    info.world.records.set('MX nowhere.example', 'absent');
    info.world.records.set('A nowhere.example', 'absent');
    info.world.records.set('AAAA nowhere.example', 'absent');
    const landline = await info.site.post(link, { ...MOBILE, phone: '030 12345678' });
    expect(await landline.text()).toContain('That is a landline');
    const nowhere = { ...MOBILE, phone: '', email: 'ada@nowhere.example' };
    const dead = await info.site.post(link, nowhere);
    expect(await dead.text()).toContain('the domain has no mail server');
  });

  test('is warned of an address at Microsoft, and told which is not', async () => {
    await info.site.post(link, { ...MOBILE, phone: '', email: 'ada@outlook.com' });
    expect(await info.read(`${link}/codes`)).toContain('Hosted by Microsoft');
    await info.site.post(link, { ...MOBILE, phone: '', email: EMAIL });
    expect(await info.read(`${link}/codes`)).toContain('Not hosted by Microsoft');
  });

  test('with a number that somebody else gave is told so, and the message names the login', async () => {
    const ben = await info.linkOf('ben');
    await info.site.post(ben, MOBILE);
    await info.site.post(link, MOBILE);
    expect(await info.read(`${link}/codes`)).toContain('Somebody else gave this number too');
    await info.settle();
    expect(info.texts[0]?.text).not.toContain('@contoso.example');
    expect(info.texts.at(-1)?.text).toContain('ada@contoso.example');
  });
});

describe('the pages', () => {
  test('run nothing, are kept nowhere, and tell no other site where they are', async () => {
    const { headers } = await info.site.request(link);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('script-src');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });

  test('answer any wrong link alike', async () => {
    const pages = await Promise.all(
      ['', '/change', '/codes', '/done', '/change/sms'].map((page) =>
        info.site.request(`/info/${'x'.repeat(43)}${page}`),
      ),
    );
    expect(pages.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await pages[0]?.text()).toContain('This link no longer works');
    expect((await info.site.post(`/info/${'x'.repeat(43)}`, MOBILE)).status).toBe(404);
  });

  test('take no posts from elsewhere, no long ones, and not too many', async () => {
    const foreign = await info.site.request(link, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
    expect((await info.site.post(link, { ...MOBILE, email: 'x'.repeat(20_000) })).status).toBe(400);
    const statuses = new Set<number>();
    for (let post = 0; post < POSTS_PER_LINK_AND_CLIENT.most; post += 1) {
      statuses.add((await info.site.post(`${link}/codes`, {})).status);
    }
    expect([...statuses]).toEqual([422, 429]);
  });

  test('take no more of them from a network of IPv6 than from one address', async () => {
    const statuses: number[] = [];
    for (let post = 0; post <= POSTS_PER_LINK_AND_CLIENT.most; post += 1) {
      const headers = { 'x-forwarded-for': `2001:db8:1:2::${post}` };
      const answer = await info.site.request(`${link}/codes`, { method: 'POST', headers });
      statuses.push(answer.status);
    }
    expect(statuses.at(-1)).toBe(429);
    expect(new Set(statuses).size).toBe(2);
  });
});
