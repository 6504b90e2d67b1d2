import {
  CODES_FROM_EVERYWHERE,
  CODES_PER_LINK_AND_DAY,
  Refusal,
  resendCode,
  submitInfo,
} from '@holdfast/application';
import { CODE_RESEND_AFTER, DAY } from '@holdfast/domain';
import { createPhoneNumbers } from '@holdfast/notifications';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
/** Of Ada's link. */
let token: string;

beforeEach(async () => {
  world = await createWorld({
    phones: createPhoneNumbers(),
    sms: { send: async ({ reference }) => ({ ok: true, reference }) },
  });
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  const texts = world.spooled
    .filter(({ head }) => head.envelope.recipients[0]?.address === 'ada@contoso.example')
    .map(({ mail }) => mail.text);
  token = /\/info\/(\S+)/.exec(texts.join('\n'))?.[1] ?? '';
});
afterEach(() => world.close());

const OFFICE = '192.0.2.1';

const give = (phone: string, ip = OFFICE) =>
  submitInfo(world.ports, {
    token,
    ip,
    emailChoice: null,
    email: '',
    phone,
    country: 'DE',
    preferred: 'sms',
    language: 'en',
  });
const codes = (): number => world.jobs.filter(({ name }) => name === 'channel.send-code').length;
const codeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'nothing was refused';
};

test('codes to ever other numbers stop after six within a day, and go on the day after', async () => {
  for (let count = 0; count < CODES_PER_LINK_AND_DAY; count += 1)
    await give(`0151 2345678${count}`);
  expect(codes()).toBe(CODES_PER_LINK_AND_DAY);
  expect(await codeOf(give('0151 23456789'))).toBe('info.code-too-many');
  world.advance(CODE_RESEND_AFTER);
  expect(await codeOf(resendCode(world.ports, { token, kind: 'sms', ip: OFFICE }))).toBe(
    'info.code-too-many',
  );
  expect(codes()).toBe(CODES_PER_LINK_AND_DAY);
  world.advance(DAY);
  await give('0151 23456789');
  expect(codes()).toBe(CODES_PER_LINK_AND_DAY + 1);
});

test('what sends no code counts nothing: the same number again within a minute', async () => {
  for (let count = 0; count <= CODES_PER_LINK_AND_DAY; count += 1) await give('0151 23456789');
  expect(codes()).toBe(1);
  expect(await codeOf(resendCode(world.ports, { token, kind: 'sms', ip: OFFICE }))).toBe(
    'info.code-too-soon',
  );
  await give('0151 23456780');
  expect(codes()).toBe(2);
});

test('a scanner that uses up its own codes leaves those of the owner, who sits elsewhere', async () => {
  for (let count = 0; count < CODES_PER_LINK_AND_DAY; count += 1)
    await give(`0151 2345678${count}`, '198.51.100.7');
  expect(await codeOf(give('0151 23456789', '198.51.100.7'))).toBe('info.code-too-many');
  await give('0151 23456789');
  expect(codes()).toBe(CODES_PER_LINK_AND_DAY + 1);
});

test('a network of IPv6 is one address: whoever has it texts no more strangers than others', async () => {
  for (let count = 0; count < CODES_PER_LINK_AND_DAY; count += 1)
    await give(`0151 2345678${count}`, `2001:db8:1:2::${count}`);
  expect(await codeOf(give('0151 23456789', '2001:db8:1:2:ffff::1'))).toBe('info.code-too-many');
});

test('many addresses together get eighteen codes of one link; a new link begins anew', async () => {
  for (let count = 0; count < CODES_FROM_EVERYWHERE; count += 1)
    await give(`0151 234567${10 + count}`, `198.51.100.${count}`);
  expect(await codeOf(give('0151 23456789'))).toBe('info.code-too-many');

  await requestAgain();
  await give('0151 23456789');
  expect(codes()).toBe(CODES_FROM_EVERYWHERE + 1);
});

async function requestAgain(): Promise<void> {
  await contoso.console.users.requestInfo({
    kind: 'users',
    userIds: [await idOf(contoso, 'ada')],
  });
  await world.runJobs();
  const texts = world.spooled
    .filter(({ head }) => head.envelope.recipients[0]?.address === 'ada@contoso.example')
    .map(({ mail }) => mail.text);
  token = /\/info\/(\S+)/.exec(texts.at(-1) ?? '')?.[1] ?? '';
}
