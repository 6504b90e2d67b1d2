import { settleEnteredContacts } from '@holdfast/application';
import { ENTERED_USABLE_AFTER } from '@holdfast/domain';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalFrom } from '../use-cases/testing/refusal.ts';
import { PHONE, storedOf, verifyPhone } from './testing/give-info.ts';
import { createInfoWorld, type InfoWorld } from './testing/info-world.ts';

let info: InfoWorld;

beforeEach(async () => {
  info = await createInfoWorld();
});
afterEach(() => info.close());

const MALLORY = { kind: 'sms', value: '+49 151 23456700' } as const;
const enter = (given: { readonly kind: 'sms' | 'email'; readonly value: string } = MALLORY) =>
  info.contoso.console.users.enterContact({ userId: info.adaId, ...given });
const approve = (console = info.contoso.console) =>
  console.users.approveContact({ userId: info.adaId, kind: 'sms' });
const settle = async (later: number): Promise<void> => {
  info.world.advance(later);
  await settleEnteredContacts(info.ports, info.contoso.id);
  await info.settle();
};

test('the helpdesk alone takes over nothing: a day passes, the user hears of it at once and ends it', async () => {
  await verifyPhone(info);
  await enter();
  await info.settle();
  expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);
  const told = info.texts.at(-1);
  expect(told?.to).toBe(PHONE);
  expect(told?.text).toContain('was entered for you by owner@contoso.example');
  expect(info.workMail().at(-1)).toContain('••00 was entered for you');

  expect((await refusalFrom(approve())).code).toBe('info.own-entry');
  await settle(ENTERED_USABLE_AFTER - 1);
  expect(await storedOf(info)).toEqual([`sms verified ${PHONE}`]);

  const notMe = /\/not-me\/\S+/.exec(told?.text ?? '')?.[0] ?? '';
  await info.site.post(notMe, { word: 'NO' });
  await settle(ENTERED_USABLE_AFTER);
  expect((await storedOf(info)).join()).not.toContain('+4915123456700');
  expect((await refusalFrom(enter())).code).toBe('info.not-yours');
});

test('it is used after a day; by a second administrator at once, which the audit log names', async () => {
  await enter();
  const waiting = await info.contoso.console.users.enteredContacts({ userId: info.adaId });
  expect(waiting).toMatchObject([{ kind: 'sms', masked: '••00', by: 'owner@contoso.example' }]);
  await settle(ENTERED_USABLE_AFTER);
  expect(await storedOf(info)).toEqual(['sms verified +4915123456700']);

  await enter({ kind: 'sms', value: '+49 151 23456711' });
  const second = { ...info.contoso.actor, email: 'second@contoso.example' };
  await approve(info.world.caller(second));
  expect(await storedOf(info)).toEqual(['sms verified +4915123456711']);
  const log = await info.ports.database.withinOrganisation(info.contoso.id, ({ audit }) =>
    audit.recent(5),
  );
  expect(log.find(({ action }) => action === 'alternate-info.entry-approved')).toMatchObject({
    actor: 'second@contoso.example',
    details: { channel: 'sms', enteredBy: 'owner@contoso.example' },
  });
});

test('it is checked like what users give, kept from who said STOP, and can be taken back', async () => {
  const work = await refusalFrom(enter({ kind: 'email', value: 'ada@contoso.example' }));
  expect(work.message).toContain('work address');
  const landline = await refusalFrom(enter({ kind: 'sms', value: '+49 30 12345678' }));
  expect(landline.message).toContain('landline');
  await verifyPhone(info);
  await fetch(`${info.site.url}/sms/inbound`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer answers of the gateway' },
    body: JSON.stringify({ from: PHONE, text: 'STOP' }),
  });
  expect((await refusalFrom(enter({ kind: 'sms', value: PHONE }))).code).toBe('info.opted-out');
  await enter();
  await info.contoso.console.users.withdrawContact({ userId: info.adaId, kind: 'sms' });
  await settle(ENTERED_USABLE_AFTER);
  expect(await storedOf(info)).toEqual([`sms opted-out ${PHONE}`]);
});
