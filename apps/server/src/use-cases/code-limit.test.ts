import { CODES_PER_USER_AND_DAY, Refusal, resendCode, submitInfo } from '@holdfast/application';
import { CODE_RESEND_AFTER, DAY } from '@holdfast/domain';
import { createPhoneNumbers } from '@holdfast/notifications';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installEveryone } from './testing/set-up.ts';
import { createWorld, type World } from './testing/world.ts';

let world: World;
/** Of Ada's link. */
let token: string;

beforeEach(async () => {
  world = await createWorld({ phones: createPhoneNumbers() });
  await installEveryone(world, await world.organisation('Contoso'));
  const texts = world.spooled
    .filter(({ head }) => head.envelope.recipients[0]?.address === 'ada@contoso.example')
    .map(({ mail }) => mail.text);
  token = /\/info\/(\S+)/.exec(texts.join('\n'))?.[1] ?? '';
});
afterEach(() => world.close());

const give = (phone: string) =>
  submitInfo(world.ports, {
    token,
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
  for (let count = 0; count < CODES_PER_USER_AND_DAY; count += 1)
    await give(`0151 2345678${count}`);
  expect(codes()).toBe(CODES_PER_USER_AND_DAY);
  expect(await codeOf(give('0151 23456789'))).toBe('info.code-too-many');
  world.advance(CODE_RESEND_AFTER);
  expect(await codeOf(resendCode(world.ports, { token, kind: 'sms' }))).toBe('info.code-too-many');
  expect(codes()).toBe(CODES_PER_USER_AND_DAY);
  world.advance(DAY);
  await give('0151 23456789');
  expect(codes()).toBe(CODES_PER_USER_AND_DAY + 1);
});

test('what sends no code counts nothing: the same number again within a minute', async () => {
  for (let count = 0; count <= CODES_PER_USER_AND_DAY; count += 1) await give('0151 23456789');
  expect(codes()).toBe(1);
  expect(await codeOf(resendCode(world.ports, { token, kind: 'sms' }))).toBe('info.code-too-soon');
  await give('0151 23456780');
  expect(codes()).toBe(2);
});
