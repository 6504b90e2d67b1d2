import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  EMAIL,
  expectRedirect,
  MOBILE,
  PHONE,
  storedOf,
  verifyBoth,
  verifyPhone,
} from './testing/give-info.ts';
import { ANSWER_TOKEN, createInfoWorld, type InfoWorld } from './testing/info-world.ts';
import { scan } from './testing/scanner.ts';

let info: InfoWorld;

beforeEach(async () => {
  info = await createInfoWorld();
});
afterEach(() => info.close());

const answer = (text: string, token: string | null = ANSWER_TOKEN): Promise<Response> =>
  fetch(`${info.site.url}/sms/inbound`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ from: PHONE, text }),
  });
const rowOfAda = async () => {
  const { rows } = await info.contoso.console.users.list({ search: 'ada@' });
  return rows[0];
};

describe('STOP by text message', () => {
  test('is shown to administrators, and nothing goes there any more, whoever asks', async () => {
    await verifyPhone(info);
    expect((await answer(' Stop ')).status).toBe(200);
    expect(await storedOf(info)).toEqual([`sms opted-out ${PHONE}`]);
    expect(await rowOfAda()).toMatchObject({
      alternateInfo: 'opted-out',
      channels: [{ masked: '••89', state: 'opted-out' }],
    });
    expect(await info.read(`${info.link}/done`)).toContain('We send you nothing');

    const before = info.texts.length;
    await info.site.post(`${info.link}/codes/resend`, { channel: 'sms' });
    await info.contoso.console.users.resetInfo({ userId: info.adaId });
    await info.settle();
    expect(info.texts).toHaveLength(before);
  });

  test('is over with START, and with giving the number again', async () => {
    await verifyPhone(info);
    await answer('STOP');
    await answer('START');
    expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);
    await answer('STOP');
    expectRedirect(await info.site.post(info.link, MOBILE), `${info.link}/codes`);
    const code = await info.codeTo(PHONE);
    await info.site.post(`${info.link}/codes`, { 'code-sms': code });
    expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);
  });

  test('is taken from the gateway alone, and other words are left alone', async () => {
    await verifyPhone(info);
    const refused = await Promise.all([answer('STOP', null), answer('STOP', 'guessed')]);
    expect(refused.map(({ status }) => status)).toEqual([401, 401]);
    expect(await (await answer('Who is this?')).json()).toEqual({ people: 0 });
    expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);
  });
});

test('an email carries a link that stops them: with the word, not by a scanner', async () => {
  await verifyBoth(info);
  const link = /\/stop\/\S+/.exec(info.emails.at(-1)?.text ?? '')?.[0] ?? '';
  for (const filling of ['empty', 'junk', 'plausible'] as const)
    await scan(info.site, link, filling);
  expect(await storedOf(info)).toEqual([`email verified ${EMAIL}`, `sms verified ${PHONE}`]);
  expectRedirect(await info.site.post(link, { word: 'stop' }), link);
  expect(await info.read(link)).toContain('You get no more messages');
  expect(await storedOf(info)).toEqual([`email opted-out ${EMAIL}`, `sms verified ${PHONE}`]);
  expect((await info.site.request('/stop/a.b.c')).status).toBe(404);
});
