import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectRedirect, MOBILE } from './testing/give-info.ts';
import { createInfoWorld, type InfoWorld } from './testing/info-world.ts';
import { cookieOf } from './testing/serve.ts';

const GERMAN = { headers: { 'accept-language': 'de-DE,de;q=0.9' } };
const FORM = 'application/x-www-form-urlencoded';

let info: InfoWorld;
beforeEach(async () => {
  info = await createInfoWorld();
});
afterEach(() => info.close());

const post = (path: string, fields: Readonly<Record<string, string>>): Promise<Response> =>
  info.site.request(path, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': FORM, ...GERMAN.headers },
  });
const chosen = async (): Promise<string | null | undefined> =>
  info.ports.database.withinOrganisation(
    info.contoso.id,
    async ({ directory }) => (await directory.get(info.adaId))?.language,
  );

test('alternate info is asked for as the browser reads, refusals too, and nothing is chosen by looking', async () => {
  const page = await (await info.site.request(info.link, GERMAN)).text();
  expect(page).toContain('Wie erreichen wir Sie, wenn E-Mail ausfällt?');
  expect(page).toMatch(/value="de"\s+selected/);
  expect(page).toMatch(/value="AT"[^>]*>\s*AT \+43 Österreich/);
  const refused = await post(info.link, {
    ...MOBILE,
    language: 'de',
    email: 'ada@contoso.example',
  });
  expect(await refused.text()).toContain('Das ist Ihre Arbeitsadresse');
  expect(await chosen()).toBeNull();
});

test('what is chosen there holds for notices, and for this browser’s pages', async () => {
  const given = await post(info.link, { ...MOBILE, language: 'de' });
  expectRedirect(given, `${info.link}/codes`);
  expect(await chosen()).toBe('de');
  await info.settle();
  expect(info.texts.at(-1)?.text).toMatch(/^\d{6} ist Ihr Code für Email Continuity bei Contoso/);
  const cookie = cookieOf(given);
  const next = await info.site.request(`${info.link}/codes`, { headers: { cookie } });
  expect(await next.text()).toContain('Code aus der SMS');
});

test('on another device the user’s choice counts, whatever its browser asks for, until the link of the page is pressed', async () => {
  await post(info.link, { ...MOBILE, language: 'de' });
  const english = { 'accept-language': 'en-GB' };
  const codes = `${info.link}/codes`;
  expect(await (await info.site.request(codes, { headers: english })).text()).toContain(
    'lang="de"',
  );
  const pressed = await info.site.request(`${codes}?language=en`, { headers: english });
  expectRedirect(pressed, codes);
  const headers = { ...english, cookie: cookieOf(pressed) };
  expect(await (await info.site.request(codes, { headers })).text()).toContain('Enter the code');
  expect(await chosen()).toBe('de');
});
