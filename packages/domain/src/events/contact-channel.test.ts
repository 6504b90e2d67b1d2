import { describe, expect, it } from 'vitest';
import { CODE_MAX_FAILURES, CODE_RESEND_AFTER, CODE_VALID_FOR } from './code-challenge.ts';
import {
  alternateInfoState,
  decideChannel,
  isReachable,
  mayBeMessaged,
  type ChannelCommand,
  type ContactChannel,
} from './contact-channel.ts';
import { DAY, MINUTE } from '../instant.ts';

const at = 1000 * DAY;
const given: ContactChannel = {
  state: 'given',
  value: '+4915123456789',
  givenAt: at,
  challenge: null,
};
const asked = step(given, { type: 'send-code', codeHash: 'right', at });
const verified = step(asked, { type: 'enter-code', codeHash: 'right', at: at + MINUTE });

function step(channel: ContactChannel | null, command: ChannelCommand): ContactChannel {
  const decision = decideChannel(channel, command);
  if (!decision.ok) throw new Error(decision.refusal);
  return decision.channel;
}

describe('a channel', () => {
  it('is given, proved by a code, goes stale, is proved again and removed', () => {
    expect(step(null, { type: 'give', value: '+4915123456789', at })).toEqual(given);
    expect(verified).toMatchObject({ state: 'verified', verifiedAt: at + MINUTE });
    const stale = step(verified, { type: 'go-stale', at: at + DAY });
    expect(stale).toMatchObject({ state: 'stale', value: '+4915123456789' });
    const askedAgain = step(stale, { type: 'send-code', codeHash: 'x', at: at + DAY });
    expect(askedAgain.state).toBe('stale');
    expect(step(askedAgain, { type: 'enter-code', codeHash: 'x', at: at + DAY })).toMatchObject({
      state: 'verified',
      verifiedAt: at + DAY,
    });
    expect(step(verified, { type: 'remove', at }).state).toBe('removed');
  });

  it('given again with the same value stays as it is; with another it starts over', () => {
    expect(step(verified, { type: 'give', value: '+4915123456789', at })).toBe(verified);
    expect(step(given, { type: 'give', value: '+4915100000000', at })).toMatchObject({
      state: 'given',
      value: '+4915100000000',
      challenge: null,
    });
  });

  it.each([
    ['a code without a channel', null, { type: 'send-code', codeHash: 'x', at }, 'no-channel'],
    [
      'a code for a removed one',
      { state: 'removed', removedAt: at },
      { type: 'send-code', codeHash: 'x', at },
      'no-channel',
    ],
    [
      'a code for a verified one',
      verified,
      { type: 'send-code', codeHash: 'x', at },
      'already-verified',
    ],
    [
      'a code within a minute',
      asked,
      { type: 'send-code', codeHash: 'x', at: at + CODE_RESEND_AFTER - 1 },
      'too-soon',
    ],
    [
      'an answer without a question',
      given,
      { type: 'enter-code', codeHash: 'right', at },
      'no-code',
    ],
    [
      'an answer too late',
      asked,
      { type: 'enter-code', codeHash: 'right', at: at + CODE_VALID_FOR + 1 },
      'code-expired',
    ],
    ['going stale unverified', given, { type: 'go-stale', at }, 'no-channel'],
  ] as const)('refuses %s', (_name, channel, command, refusal) => {
    expect(decideChannel(channel, command)).toMatchObject({ ok: false, refusal, channel });
  });

  it('takes the code up to its last minute', () => {
    const last = { type: 'enter-code', codeHash: 'right', at: at + CODE_VALID_FOR } as const;
    expect(step(asked, last).state).toBe('verified');
  });
});

describe('a proven value', () => {
  const other = { value: '+4915100000000', at: at + DAY, shared: true, weak: false };
  const proposed = step(verified, { type: 'propose', ...other });

  it('is not replaced by giving another; with proof it goes on until the other is proven', () => {
    expect(decideChannel(verified, { type: 'give', value: other.value, at })).toMatchObject({
      ok: false,
      refusal: 'already-verified',
      channel: verified,
    });
    expect(proposed).toMatchObject({ state: 'verified', value: '+4915123456789' });
    const sent = step(proposed, { type: 'send-code', codeHash: 'y', at: at + DAY });
    const entered = { type: 'enter-code', at: at + DAY } as const;
    expect(decideChannel(sent, { ...entered, codeHash: 'x' })).toMatchObject({
      refusal: 'code-wrong',
      channel: { value: '+4915123456789', next: { challenge: { failures: 1 } } },
    });
    expect(step(sent, { ...entered, codeHash: 'y' })).toEqual({
      state: 'verified',
      value: other.value,
      givenAt: at + DAY,
      verifiedAt: at + DAY,
    });
    expect(step(sent, { type: 'withdraw', at })).toMatchObject({ state: 'verified', next: null });
  });

  it('is doubted: whatever it was, it has to be proven anew', () => {
    expect(step(proposed, { type: 'doubt', at })).toEqual(given);
  });
});

describe('STOP', () => {
  const stopped = step(verified, { type: 'opt-out', value: '+4915123456789', at });

  it('keeps everything away; by a message from there it is as it was, by giving it anew it starts over', () => {
    expect(stopped).toMatchObject({ state: 'opted-out', verifiedAt: at + MINUTE });
    const code = { type: 'send-code', codeHash: 'x', at } as const;
    expect(decideChannel(stopped, code)).toMatchObject({ refusal: 'opted-out' });
    expect(mayBeMessaged(stopped)).toBe(false);
    expect(step(stopped, { type: 'opt-in', value: '+4915123456789', at })).toEqual(verified);
    expect(step(stopped, { type: 'give', value: '+4915123456789', at }).state).toBe('given');
  });

  it('from a number that only waits to take the place of another touches that one alone', () => {
    const waiting = { value: '+4915100000000', at, shared: false, weak: false };
    const proposed = step(verified, { type: 'propose', ...waiting });
    expect(step(proposed, { type: 'opt-out', value: waiting.value, at })).toMatchObject({
      state: 'verified',
      value: '+4915123456789',
      next: null,
    });
    expect(step(verified, { type: 'opt-out', value: '+4915100000001', at })).toBe(verified);
  });
});

describe('guessing', () => {
  it('is counted, and after five wrong codes even the right one is refused', () => {
    let channel: ContactChannel | null = asked;
    for (let guess = 1; guess <= CODE_MAX_FAILURES; guess += 1) {
      const decision = decideChannel(channel, {
        type: 'enter-code',
        codeHash: `wrong ${guess}`,
        at,
      });
      expect(decision).toMatchObject({
        ok: false,
        refusal: 'code-wrong',
        channel: { challenge: { failures: guess } },
      });
      channel = decision.channel;
    }
    const right = decideChannel(channel, { type: 'enter-code', codeHash: 'right', at });
    expect(right).toMatchObject({ ok: false, refusal: 'too-many-guesses' });
  });

  it('a new code kills the old one', () => {
    const again = step(asked, { type: 'send-code', codeHash: 'new', at: at + CODE_RESEND_AFTER });
    expect(again).toMatchObject({ challenge: { codeHash: 'new', failures: 0 } });
    expect(
      decideChannel(again, { type: 'enter-code', codeHash: 'right', at: at + 2 * MINUTE }),
    ).toMatchObject({ refusal: 'code-wrong' });
  });
});

describe('what the users page says of a user', () => {
  it.each([
    [[], null, null, 'missing', false],
    [[], at, null, 'asked', false],
    [['removed'], at, null, 'asked', false],
    [['given'], at, null, 'given', false],
    [['given', 'verified'], at, null, 'verified', true],
    [['verified'], at, at, 'opened', true],
    [['given'], at, at, 'given', false],
    [['opted-out'], at, null, 'opted-out', false],
    [['opted-out', 'verified'], at, null, 'verified', true],
  ] as const)('%j, asked %s, opened %s: %s', (channels, askedAt, openedAt, state, reachable) => {
    expect(alternateInfoState({ channels, askedAt, openedAt })).toBe(state);
    expect(isReachable(state)).toBe(reachable);
  });
});
