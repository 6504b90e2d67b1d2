import { Refusal } from '@holdfast/application';
import { TRPCError } from '@trpc/server';
import { expect, test } from 'vitest';
import { signIns } from '../composition/metrics.ts';
import { countSignIns } from './sign-in-metrics.ts';

const refused = new TRPCError({
  code: 'UNAUTHORIZED',
  cause: new Refusal('session.passkey-wrong', 'That passkey does not let you in here.'),
});

test('tries to get in are counted by way and outcome, and nothing else is', async () => {
  countSignIns(['session.usePasskey'], []);
  countSignIns(['session.usePasskey'], [refused]);
  countSignIns(['session.signIn'], [new TRPCError({ code: 'INTERNAL_SERVER_ERROR' })]);
  countSignIns(['mailbox.list'], [refused]);
  countSignIns(undefined, []);
  const { values } = await signIns.get();
  expect(values.map(({ labels, value }) => [labels.way, labels.outcome, value])).toEqual([
    ['passkey', 'ok', 1],
    ['passkey', 'session.passkey-wrong', 1],
    ['password', 'failed', 1],
  ]);
});
