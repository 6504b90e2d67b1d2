import { remindUsers, requestInfo } from '@holdfast/application';
import { DAY } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectRedirect, MOBILE, PHONE, storedOf, verifyPhone } from './testing/give-info.ts';
import { createInfoWorld, type InfoWorld } from './testing/info-world.ts';

let info: InfoWorld;

beforeEach(async () => {
  info = await createInfoWorld();
});
afterEach(() => info.close());

async function turn(days: number) {
  info.world.advance(days * DAY);
  const report = await remindUsers(info.ports, info.contoso.id);
  await info.settle();
  return report;
}
const requests = (): number => info.workMail().filter((text) => text.includes('/info/')).length;
const freshLink = (): string =>
  /\/info\/\S+/.exec(info.workMail().findLast((text) => text.includes('/info/')) ?? '')?.[0] ?? '';

describe('who has confirmed nothing', () => {
  test('is reminded once a week, with a new link, up to the number of the policy; asked anew it begins anew', async () => {
    expect(await turn(6)).toEqual({ reminded: 0, askedAgain: 0 });
    expect(await turn(1)).toMatchObject({ reminded: 2 });
    expect(await turn(0)).toMatchObject({ reminded: 0 });
    expect(info.workMail().at(-1)).toContain('still cannot reach you');
    expect((await info.site.request(info.link)).status).toBe(404);
    await info.read(freshLink());

    for (let week = 0; week < 20; week += 1) await turn(7);
    expect(requests()).toBe(1 + 8);
    await requestInfo(info.ports, info.contoso.actor, { kind: 'users', userIds: [info.adaId] });
    await info.settle();
    expect(await turn(7)).toMatchObject({ reminded: 1 });
  });

  test('is reminded no more once a code was entered; a value that nobody confirmed does not end it', async () => {
    await info.site.post(info.link, MOBILE);
    expect(await turn(7)).toMatchObject({ reminded: 2 });
    await info.site.post(freshLink(), MOBILE);
    await info.site.post(`${freshLink()}/codes/resend`, { channel: 'sms' });
    await info.site.post(`${freshLink()}/codes`, { 'code-sms': await info.codeTo(PHONE) });
    expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);
    expect(await turn(7)).toMatchObject({ reminded: 1 });
  });

  test('is left alone after STOP, when disabled, and when no longer protected', async () => {
    await info.site.post(info.link, MOBILE);
    await fetch(`${info.site.url}/sms/inbound`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer answers of the gateway',
      },
      body: JSON.stringify({ from: PHONE, text: 'STOP' }),
    });
    expect(await turn(7)).toMatchObject({ reminded: 1 });
    const { rows } = await info.contoso.console.users.list({ search: 'ben@' });
    await info.contoso.console.users.saveProtection({ unprotect: [rows[0]?.id ?? ''] });
    expect(await turn(7)).toMatchObject({ reminded: 0 });
  });
});

test('what was confirmed half a year ago is asked about: it goes on being used, and its code settles it', async () => {
  await verifyPhone(info);
  await turn(181);
  expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);
  expect(await turn(1)).toMatchObject({ askedAgain: 1 });
  expect(await storedOf(info)).toEqual([`sms stale ${PHONE}`]);
  const { rows } = await info.contoso.console.users.list({ search: 'ada@' });
  expect(rows[0]).toMatchObject({ alternateInfo: 'verified', channels: [{ state: 'stale' }] });

  const link = freshLink();
  expect(info.workMail().at(-1)).toContain('check that it is still yours');
  expect(await info.read(`${link}/codes`)).toContain('Does this still reach you?');
  const before = info.texts.length;
  await info.settle();
  expect(info.texts).toHaveLength(before);
  await info.site.post(`${link}/codes/resend`, { channel: 'sms' });
  expectRedirect(
    await info.site.post(`${link}/codes`, { 'code-sms': await info.codeTo(PHONE) }),
    `${link}/done`,
  );
  expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);
  expect(await turn(7)).toMatchObject({ askedAgain: 0 });
});
