import { CODES_FROM_EVERYWHERE, TEXTS_PER_NUMBER_AND_DAY } from '@holdfast/application';
import { CODE_MAX_FAILURES, DAY, MINUTE } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  EMAIL,
  expectRedirect,
  MOBILE,
  OTHER_PHONE,
  PHONE,
  storedOf,
  verifyBoth,
  verifyPhone,
} from './testing/give-info.ts';
import { createInfoWorld, type InfoWorld } from './testing/info-world.ts';
import { scan } from './testing/scanner.ts';

let info: InfoWorld;

beforeEach(async () => {
  info = await createInfoWorld();
});
afterEach(() => info.close());

const stateOfAda = async (): Promise<string | undefined> => {
  const { rows } = await info.contoso.console.users.list({ search: 'ada@' });
  return rows[0]?.alternateInfo;
};
const postFrom = (ip: string, path: string, fields: Readonly<Record<string, string>>) =>
  info.site.request(path, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': ip },
  });
const notMeIn = (text: string | undefined): string => /\/not-me\/\S+/.exec(text ?? '')?.[0] ?? '';

describe.each([
  { filling: 'empty', state: 'asked', codes: 0 },
  { filling: 'junk', state: 'asked', codes: 0 },
  // It guesses what belongs into the fields and leaves the trap: what it gave waits for codes that it never sees.
  { filling: 'plausible', state: 'given', codes: 2 },
] as const)(
  'a scanner that follows every link and posts every form ($filling)',
  ({ codes, filling, state }) => {
    test('before the owner comes: stores nothing that counts, and the owner gets in afterwards', async () => {
      const report = await scan(info.site, info.link, filling);
      expect(report.posted.length).toBeGreaterThan(0);
      expect(report.scripts).toEqual([]);
      await info.settle();
      expect((await storedOf(info)).filter((line) => line.includes('verified'))).toEqual([]);
      expect(await stateOfAda()).toBe(state);
      expect([...info.texts, ...info.emails].length).toBeLessThanOrEqual(codes);

      info.world.advance(MINUTE);
      await verifyPhone(info);
      expect((await storedOf(info)).filter((line) => !line.endsWith('removed'))).toEqual([
        `sms verified ${PHONE}`,
      ]);
    });

    test('between the form and the code: the code still counts, or a new one does at once', async () => {
      await info.site.post(info.link, { ...MOBILE, email: EMAIL });
      await info.settle();
      await scan(info.site, info.link, filling);
      info.world.advance(2 * MINUTE);
      await info.site.post(info.link, { ...MOBILE, email: EMAIL });
      await info.site.post(`${info.link}/codes/resend`, { channel: 'sms' });
      const code = await info.codeTo(PHONE);
      expectRedirect(
        await info.site.post(`${info.link}/codes`, { 'code-sms': code }),
        `${info.link}/done`,
      );
    });

    test('after it is confirmed: changes nothing, and the owner still can', async () => {
      await verifyBoth(info);
      const before = await storedOf(info);
      const report = await scan(info.site, info.link, filling);
      await scan(info.site, `${info.link}/change`, filling);
      expect(report.scripts).toEqual([]);
      expect(await storedOf(info)).toEqual(before);
      expect(await info.read(`${info.link}/done`)).toMatch(/Text message,\s*tried first/);

      info.world.advance(16 * MINUTE);
      await info.site.post(`${info.link}/change/remove-email/proof`, { via: 'sms' });
      const code = await info.codeTo(PHONE);
      await info.site.post(`${info.link}/change/remove-email`, { code });
      expect(await storedOf(info)).toEqual(['email removed', `sms verified ${PHONE}`]);
    });

    test('on the links of notices: takes no change back', async () => {
      await verifyBoth(info);
      const links = [...info.workMail(), ...info.texts.map(({ text }) => text)]
        .map(notMeIn)
        .filter((path) => path !== '');
      expect(links.length).toBeGreaterThan(0);
      for (const link of links) await scan(info.site, link, filling);
      expect(await storedOf(info)).toEqual([`email verified ${EMAIL}`, `sms verified ${PHONE}`]);
    });
  },
);

describe('somebody to whom the link was forwarded', () => {
  test('sees nothing but masks, and can neither add, change, remove nor reorder anything', async () => {
    await verifyPhone(info);
    const pages = ['/done', '/codes', '/change', '/change/sms', '/change/remove-sms'];
    for (const page of pages) {
      const response = await info.site.request(`${info.link}${page}`);
      expect(await response.text()).not.toContain('23456789');
    }
    await info.site.post(info.link, { ...MOBILE, email: 'mallory@posteo.example' });
    for (const word of ['sms', 'email', 'remove-sms', 'prefer'])
      await info.site.post(`${info.link}/change/${word}`, {
        email: 'mallory@posteo.example',
        phone: '0151 23456700',
        country: 'DE',
        preferred: 'email',
        code: '123456',
      });
    await info.site.post(`${info.link}/remove/sms`, { word: 'REMOVE' });
    expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);
  });

  test('who came before the owner leaves nothing behind that could be confirmed later', async () => {
    await info.site.post(info.link, { ...MOBILE, phone: '', email: 'mallory@posteo.example' });
    const code = await info.codeTo('mallory@posteo.example');
    info.world.advance(MINUTE);
    await verifyPhone(info);
    expect(await storedOf(info)).toEqual(['email removed', `sms verified ${PHONE}`]);
    const late = await info.site.post(`${info.link}/codes`, { 'code-email': code });
    expect(late.status).toBe(422);
    expect(await storedOf(info)).toEqual(['email removed', `sms verified ${PHONE}`]);
  });

  test('who has confirmed a number first is told of in the work mailbox, and out after "not me"', async () => {
    await info.site.post(info.link, { ...MOBILE, phone: '0151 23456700' });
    await info.site.post(`${info.link}/codes`, { 'code-sms': await info.codeTo(OTHER_PHONE) });
    await info.settle();
    const notice = info.workMail().at(-1);
    expect(notice).toContain('••00 was confirmed');
    await info.site.post(notMeIn(notice), { word: 'NO' });
    expect(await storedOf(info)).toEqual(['sms removed']);
    expect((await info.site.request(info.link)).status).toBe(404);
  });

  test('who reads a notice of a change can take it back and no more: nothing is proven by it', async () => {
    await verifyPhone(info);
    await info.settle();
    await info.site.post(notMeIn(info.workMail().at(-1)), { word: 'NO' });
    expect((await storedOf(info)).join()).not.toContain('verified');
  });
});

test('guessed codes from many addresses: five for each code, whatever the address; the right one then fails too', async () => {
  await info.site.post(info.link, MOBILE);
  const code = await info.codeTo(PHONE);
  let tried = 0;
  for (let guess = 0; tried < CODE_MAX_FAILURES + 10; guess += 1) {
    const digits = String(guess).padStart(6, '0');
    if (digits === code) continue;
    await postFrom(`198.51.100.${tried}`, `${info.link}/codes`, { 'code-sms': digits });
    tried += 1;
  }
  const right = await info.site.post(`${info.link}/codes`, { 'code-sms': code });
  expect(right.status).toBe(422);
  expect(await right.text()).toContain('Too many wrong codes');
  expect(await storedOf(info)).toEqual([`sms given ${PHONE}`]);

  // New codes are to be had, but not many: 10 × 5 guesses at a million within a day, since nobody has
  // confirmed the number; 18 of them over all numbers.
  for (let round = 0; round < CODES_FROM_EVERYWHERE + 5; round += 1) {
    info.world.advance(2 * MINUTE);
    await postFrom(`198.51.100.${round}`, `${info.link}/codes/resend`, { channel: 'sms' });
  }
  const sent = info.world.jobs.filter(({ name }) => name === 'channel.send-code');
  expect(sent).toHaveLength(Math.min(TEXTS_PER_NUMBER_AND_DAY, CODES_FROM_EVERYWHERE));
});

test('enumeration: no answer tells whether a link exists, was replaced, is over, or is of somebody unprotected', async () => {
  const old = info.link;
  await info.contoso.console.users.requestInfo({ kind: 'users', userIds: [info.adaId] });
  await info.settle();
  const fresh = /\/info\/\S+/.exec(info.workMail().at(-1) ?? '')?.[0] ?? '';
  info.world.advance(15 * DAY);
  const id = old.slice('/info/'.length).split('.')[0] ?? '';
  const answers = await Promise.all(
    [old, fresh, `/info/${id}`, `/info/${id}.${'A'.repeat(43)}`, '/info/x'].flatMap((link) => [
      info.site.request(link),
      info.site.post(link, MOBILE),
      info.site.post(`${link}/codes`, { 'code-sms': '123456' }),
      info.site.post(`${link}/change/sms/proof`, { via: 'sms' }),
      info.site.request(`/not-me/${link.slice('/info/'.length)}`),
    ]),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  const bodies = new Set(await Promise.all(answers.map((answer) => answer.text())));
  expect(bodies.size).toBe(2);
});

test('replay: a code, a proof and a link that were used before do nothing more', async () => {
  await info.site.post(info.link, MOBILE);
  const code = await info.codeTo(PHONE);
  await info.site.post(`${info.link}/codes`, { 'code-sms': code });
  await info.settle();
  const notices = info.workMail().length;
  await info.site.post(`${info.link}/codes`, { 'code-sms': code });
  await info.settle();
  expect(info.workMail()).toHaveLength(notices);

  await info.site.post(`${info.link}/change/sms/proof`, { via: 'sms' });
  const proof = await info.codeTo(PHONE);
  const change = { phone: '0151 23456700', country: 'DE', code: proof };
  await info.site.post(`${info.link}/change/sms`, change);
  const again = await info.site.post(`${info.link}/change/remove-sms`, { code: proof });
  expect(again.status).toBe(422);
  expect(await storedOf(info)).toEqual([`sms verified ${PHONE} → ${OTHER_PHONE}`]);
});
