import { MINUTE } from '@holdfast/domain';
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

let info: InfoWorld;
let change: string;

beforeEach(async () => {
  info = await createInfoWorld();
  change = `${info.link}/change`;
});
afterEach(() => info.close());

const NEW = { phone: '0151 23456700', country: 'DE' };

async function proofTo(word: string, via: 'sms' | 'email', to: string): Promise<string> {
  const response = await info.site.post(`${change}/${word}/proof`, { via });
  expectRedirect(response, `${change}/${word}?sent=${via}`);
  return info.codeTo(to);
}

describe('a confirmed number', () => {
  test('is shown masked only, and the form that takes new values is not there any more', async () => {
    await verifyPhone(info);
    const menu = await info.read(change);
    expect(menu).toContain('••89');
    expect(menu).not.toContain('23456789');
    expect(menu).not.toContain('name="phone"');
    expectRedirect(await info.site.post(info.link, { ...MOBILE, ...NEW }), change);
    expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);
  });

  test('is changed with a code to it and a code to the new one; both mailboxes hear of it, with "not me"', async () => {
    await verifyPhone(info);
    expect(await info.read(`${change}/sms`)).toContain('name="via"');
    const proof = await proofTo('sms', 'sms', PHONE);
    expect(await info.read(`${change}/sms`)).toContain('name="code"');
    expectRedirect(
      await info.site.post(`${change}/sms`, { ...NEW, code: proof }),
      `${info.link}/codes`,
    );
    expect(await storedOf(info)).toEqual([`sms verified ${PHONE} → ${OTHER_PHONE}`]);

    const code = await info.codeTo(OTHER_PHONE);
    expectRedirect(
      await info.site.post(`${info.link}/codes`, { 'code-sms': code }),
      `${info.link}/done`,
    );
    expect(await storedOf(info)).toEqual([`sms verified ${OTHER_PHONE}`]);

    await info.settle();
    const told = info.texts.at(-1);
    expect(told?.to).toBe(PHONE);
    expect(told?.text).toContain('changed from **89 to **00');
    expect(info.workMail().at(-1)).toContain('changed from ••89 to ••00');

    const notMe = /\/not-me\/\S+/.exec(told?.text ?? '')?.[0] ?? '';
    expectRedirect(await info.site.post(notMe, { word: 'NO' }), notMe);
    expect(await storedOf(info)).toEqual([`sms given ${PHONE}`]);
    await info.settle();
    const fresh = /\/info\/\S+/.exec(info.workMail().at(-1) ?? '')?.[0] ?? '';
    const again = await info.site.post(fresh, { ...MOBILE, ...NEW });
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('It was not me');
  });

  test('goes on until the code of the new one is entered, which a slip or a wrong code does not hinder', async () => {
    await verifyPhone(info);
    const proof = await proofTo('sms', 'sms', PHONE);
    const slip = await info.site.post(`${change}/sms`, { phone: '12', country: 'DE', code: proof });
    expect(slip.status).toBe(422);
    expect(await slip.text()).toContain('not a phone number');
    const wrong = await info.site.post(`${change}/sms`, { ...NEW, code: '000000' });
    expect(await wrong.text()).toContain('That is not the code we sent');
    expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);
    expectRedirect(
      await info.site.post(`${change}/sms`, { ...NEW, code: proof }),
      `${info.link}/codes`,
    );
  });

  test('is removed with a code only, and the number that is gone hears of it', async () => {
    await verifyPhone(info);
    const proof = await proofTo('remove-sms', 'sms', PHONE);
    expectRedirect(
      await info.site.post(`${change}/remove-sms`, { code: proof }),
      `${info.link}/done?saved=removed`,
    );
    expect(await storedOf(info)).toEqual(['sms removed']);
    await info.settle();
    expect(info.texts.at(-1)).toMatchObject({ to: PHONE });
    expect(info.texts.at(-1)?.text).toContain('was removed');
  });
});

describe('with a number and an address', () => {
  test('either proves a change of the other: the phone is lost, the address is not', async () => {
    await verifyBoth(info);
    const proof = await proofTo('sms', 'email', EMAIL);
    await info.site.post(`${change}/sms`, { ...NEW, code: proof });
    await info.site.post(`${info.link}/codes`, { 'code-sms': await info.codeTo(OTHER_PHONE) });
    expect(await storedOf(info)).toEqual([
      `email verified ${EMAIL}`,
      `sms verified ${OTHER_PHONE}`,
    ]);
  });

  test('which is tried first is changed with a code as well', async () => {
    await verifyBoth(info);
    const proof = await proofTo('prefer', 'sms', PHONE);
    expectRedirect(
      await info.site.post(`${change}/prefer`, { code: proof, preferred: 'email' }),
      `${info.link}/done?saved=preferred`,
    );
    expect(await info.read(`${info.link}/done`)).toMatch(/Email,\s*tried first/);
  });

  test('an address is added to a confirmed number with proof, and waits for its own code', async () => {
    await verifyPhone(info);
    const proof = await proofTo('email', 'sms', PHONE);
    expectRedirect(
      await info.site.post(`${change}/email`, { email: EMAIL, code: proof }),
      `${info.link}/codes`,
    );
    await info.site.post(`${info.link}/codes`, { 'code-email': await info.codeTo(EMAIL) });
    expect(await storedOf(info)).toEqual([`email verified ${EMAIL}`, `sms verified ${PHONE}`]);
  });

  test('a new value that waits can be taken back by typing the word, and only by that', async () => {
    await verifyPhone(info);
    const proof = await proofTo('sms', 'sms', PHONE);
    await info.site.post(`${change}/sms`, { ...NEW, code: proof });
    const path = `${info.link}/remove/sms`;
    expect(await info.read(path)).toContain('••00');
    expect((await info.site.post(path, { word: 'yes' })).status).toBe(422);
    expectRedirect(
      await info.site.post(path, { word: 'remove' }),
      `${info.link}/done?saved=removed`,
    );
    expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);
  });
});

test('the proof is a code of its own: once, fifteen minutes, five guesses, one a minute', async () => {
  await verifyPhone(info);
  const first = await proofTo('remove-sms', 'sms', PHONE);
  const soon = await info.site.post(`${change}/remove-sms/proof`, { via: 'sms' });
  expect(soon.status).toBe(422);
  expect(await soon.text()).toContain('less than a minute ago');

  info.world.advance(16 * MINUTE);
  expect(await textOf(`${change}/remove-sms`, { code: first })).toContain('That code has expired');

  const second = await proofTo('remove-sms', 'sms', PHONE);
  for (let guess = 0; guess < 5; guess += 1)
    await info.site.post(`${change}/remove-sms`, { code: `00000${guess}` });
  expect(await textOf(`${change}/remove-sms`, { code: second })).toContain('Too many wrong codes');

  info.world.advance(2 * MINUTE);
  const third = await proofTo('prefer', 'sms', PHONE);
  await info.site.post(`${change}/prefer`, { code: third, preferred: 'sms' });
  expect(await textOf(`${change}/remove-sms`, { code: third })).toContain('There is no code');
  expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);
});

const textOf = async (path: string, fields: Readonly<Record<string, string>>): Promise<string> => {
  const response = await info.site.post(path, fields);
  expect(response.status).toBe(422);
  return response.text();
};
