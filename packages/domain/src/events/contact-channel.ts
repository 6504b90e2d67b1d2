import { MINUTE, type Instant } from '../instant.ts';

export type ChannelKind = 'sms' | 'email';

/** Per user and kind. A code proves that the channel works; until then it carries notices without credentials. */
export type ContactChannel =
  | {
      readonly state: 'given';
      readonly value: string;
      readonly givenAt: Instant;
      readonly challenge: CodeChallenge | null;
    }
  | {
      readonly state: 'verified';
      readonly value: string;
      readonly givenAt: Instant;
      readonly verifiedAt: Instant;
    }
  | {
      readonly state: 'stale';
      readonly value: string;
      readonly givenAt: Instant;
      readonly verifiedAt: Instant;
      readonly staleAt: Instant;
    }
  | { readonly state: 'removed'; readonly removedAt: Instant };

export interface CodeChallenge {
  /** HMAC of the code; the code itself is never stored. */
  readonly codeHash: string;
  readonly sentAt: Instant;
  readonly failures: number;
}

/** A code is valid this long. */
export const CODE_VALID_FOR = 15 * MINUTE;
/** Wrong guesses before a code is dead: six digits leave 1 in 200,000 to a guesser. */
export const CODE_MAX_FAILURES = 5;
/** A new code at the earliest this long after the last: SMS cost money and can be used to annoy. */
export const CODE_RESEND_AFTER = 1 * MINUTE;
export const CODE_DIGITS = 6;

export type ChannelCommand =
  | { readonly type: 'give'; readonly value: string; readonly at: Instant }
  | { readonly type: 'send-code'; readonly codeHash: string; readonly at: Instant }
  | { readonly type: 'enter-code'; readonly codeHash: string; readonly at: Instant }
  | { readonly type: 'go-stale'; readonly at: Instant }
  /** Proven no more, whatever it was. */
  | { readonly type: 'doubt'; readonly at: Instant }
  | { readonly type: 'remove'; readonly at: Instant };

export type ChannelRefusal =
  | 'no-channel'
  | 'already-verified'
  | 'no-code'
  | 'code-expired'
  | 'too-many-guesses'
  | 'code-wrong'
  | 'too-soon';

/** A refusal may still change the channel (a wrong guess is counted), so both arms carry it. */
export type ChannelDecision =
  | { readonly ok: true; readonly channel: ContactChannel }
  | {
      readonly ok: false;
      readonly refusal: ChannelRefusal;
      readonly channel: ContactChannel | null;
    };

export function decideChannel(
  channel: ContactChannel | null,
  command: ChannelCommand,
): ChannelDecision {
  switch (command.type) {
    case 'give':
      if (channel !== null && channel.state !== 'removed' && channel.value === command.value)
        return { ok: true, channel };
      return {
        ok: true,
        channel: { state: 'given', value: command.value, givenAt: command.at, challenge: null },
      };
    case 'send-code':
      return decideSendCode(channel, command.codeHash, command.at);
    case 'enter-code':
      return decideEnterCode(channel, command.codeHash, command.at);
    case 'go-stale':
      if (channel?.state !== 'verified') return { ok: false, refusal: 'no-channel', channel };
      return { ok: true, channel: { ...channel, state: 'stale', staleAt: command.at } };
    case 'doubt':
      if (channel === null || channel.state === 'removed')
        return { ok: false, refusal: 'no-channel', channel };
      return {
        ok: true,
        channel: {
          state: 'given',
          value: channel.value,
          givenAt: channel.givenAt,
          challenge: null,
        },
      };
    case 'remove':
      return { ok: true, channel: { state: 'removed', removedAt: command.at } };
  }
}

function decideSendCode(
  channel: ContactChannel | null,
  codeHash: string,
  at: Instant,
): ChannelDecision {
  if (channel === null || channel.state === 'removed')
    return { ok: false, refusal: 'no-channel', channel };
  if (channel.state === 'verified') return { ok: false, refusal: 'already-verified', channel };
  const challenge = channel.state === 'given' ? channel.challenge : null;
  if (challenge !== null && at - challenge.sentAt < CODE_RESEND_AFTER)
    return { ok: false, refusal: 'too-soon', channel };
  const { value, givenAt } = channel;
  return {
    ok: true,
    channel: { state: 'given', value, givenAt, challenge: { codeHash, sentAt: at, failures: 0 } },
  };
}

function decideEnterCode(
  channel: ContactChannel | null,
  codeHash: string,
  at: Instant,
): ChannelDecision {
  if (channel === null || channel.state === 'removed')
    return { ok: false, refusal: 'no-channel', channel };
  if (channel.state === 'verified') return { ok: true, channel };
  const challenge = channel.state === 'given' ? channel.challenge : null;
  if (channel.state !== 'given' || challenge === null)
    return { ok: false, refusal: 'no-code', channel };
  if (challenge.failures >= CODE_MAX_FAILURES)
    return { ok: false, refusal: 'too-many-guesses', channel };
  if (at - challenge.sentAt > CODE_VALID_FOR)
    return { ok: false, refusal: 'code-expired', channel };
  if (challenge.codeHash !== codeHash) {
    const guessed = { ...channel, challenge: { ...challenge, failures: challenge.failures + 1 } };
    return { ok: false, refusal: 'code-wrong', channel: guessed };
  }
  return {
    ok: true,
    channel: { state: 'verified', value: channel.value, givenAt: channel.givenAt, verifiedAt: at },
  };
}

/** What the users page shows: the best that can be said of a user. */
export const ALTERNATE_INFO_STATES = ['missing', 'asked', 'given', 'verified', 'opened'] as const;
export type AlternateInfoState = (typeof ALTERNATE_INFO_STATES)[number];

export function alternateInfoState(facts: {
  readonly channels: readonly ContactChannel['state'][];
  readonly askedAt: Instant | null;
  readonly openedAt: Instant | null;
}): AlternateInfoState {
  const has = (state: ContactChannel['state']): boolean => facts.channels.includes(state);
  if (facts.openedAt !== null && (has('verified') || has('stale'))) return 'opened';
  if (has('verified') || has('stale')) return 'verified';
  if (has('given')) return 'given';
  return facts.askedAt === null ? 'missing' : 'asked';
}

/** Reachable today: a verified channel that may carry a login. */
export function isReachable(state: AlternateInfoState): boolean {
  return state === 'verified' || state === 'opened';
}
