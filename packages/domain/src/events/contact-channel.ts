import type { Instant } from '../instant.ts';
import { checkCode, isTooSoon, type CodeChallenge, type CodeRefusal } from './code-challenge.ts';

export type ChannelKind = 'sms' | 'email';

/** A value that waits to take the place of a proven one, which goes on until then. */
export interface ChannelCandidate {
  readonly value: string;
  readonly givenAt: Instant;
  readonly challenge: CodeChallenge | null;
  readonly shared: boolean;
  readonly weak: boolean;
}

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
      readonly next?: ChannelCandidate | null;
    }
  | {
      /** Proven long ago: still carries logins, and is asked to be proven again. */
      readonly state: 'stale';
      readonly value: string;
      readonly givenAt: Instant;
      readonly verifiedAt: Instant;
      readonly staleAt: Instant;
      readonly challenge?: CodeChallenge | null;
      readonly next?: ChannelCandidate | null;
    }
  | {
      /** Its owner has said STOP: never messaged again until they opt in. */
      readonly state: 'opted-out';
      readonly value: string;
      readonly givenAt: Instant;
      readonly verifiedAt: Instant | null;
      readonly optedOutAt: Instant;
    }
  | { readonly state: 'removed'; readonly removedAt: Instant };

export type ProvenChannel = Extract<ContactChannel, { state: 'verified' | 'stale' }>;

export type ChannelCommand =
  | { readonly type: 'give'; readonly value: string; readonly at: Instant }
  /** With proof: in the place of a proven value, once its own code is entered. */
  | {
      readonly type: 'propose';
      readonly value: string;
      readonly at: Instant;
      readonly shared: boolean;
      readonly weak: boolean;
    }
  | { readonly type: 'withdraw'; readonly at: Instant }
  | { readonly type: 'send-code'; readonly codeHash: string; readonly at: Instant }
  | { readonly type: 'enter-code'; readonly codeHash: string; readonly at: Instant }
  /** Entered by the helpdesk, and its waiting time or a second person's approval is behind it. */
  | { readonly type: 'accept'; readonly value: string; readonly at: Instant }
  | { readonly type: 'go-stale'; readonly at: Instant }
  /** Proven no more, whatever it was. */
  | { readonly type: 'doubt'; readonly at: Instant }
  | { readonly type: 'opt-out'; readonly value: string; readonly at: Instant }
  | { readonly type: 'opt-in'; readonly value: string; readonly at: Instant }
  | { readonly type: 'remove'; readonly at: Instant };

export type ChannelRefusal =
  | 'no-channel'
  | 'already-verified'
  | 'opted-out'
  | 'too-soon'
  | CodeRefusal;

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
      return decideGive(channel, command.value, command.at);
    case 'propose':
      return decidePropose(channel, command);
    case 'withdraw':
      if (channel?.state === 'given')
        return { ok: true, channel: { state: 'removed', removedAt: command.at } };
      if (!isProven(channel) || waitingOf(channel) === null) return refuse('no-channel', channel);
      return { ok: true, channel: { ...channel, next: null } };
    case 'send-code':
      return decideSendCode(channel, command.codeHash, command.at);
    case 'enter-code':
      return decideEnterCode(channel, command.codeHash, command.at);
    case 'accept':
      return {
        ok: true,
        channel: verified({ value: command.value, givenAt: command.at }, command.at),
      };
    case 'go-stale':
      if (channel?.state !== 'verified') return refuse('no-channel', channel);
      return { ok: true, channel: { ...channel, state: 'stale', staleAt: command.at } };
    case 'doubt':
      if (channel === null || channel.state === 'removed') return refuse('no-channel', channel);
      if (channel.state === 'opted-out')
        return { ok: true, channel: { ...channel, verifiedAt: null } };
      return { ok: true, channel: given(channel.value, channel.givenAt) };
    case 'opt-out':
      return decideOptOut(channel, command.value, command.at);
    case 'opt-in':
      return decideOptIn(channel, command.value);
    case 'remove':
      return { ok: true, channel: { state: 'removed', removedAt: command.at } };
  }
}

/** A proven value: may carry a login, and is not replaced without proof. */
export function isProven(channel: ContactChannel | null): channel is ProvenChannel {
  return channel?.state === 'verified' || channel?.state === 'stale';
}

/** What waits for a code: a value that was given, one that shall replace a proven one, or one proven long ago. */
export function waitingOf(channel: ContactChannel): Pick<ChannelCandidate, 'value'> | null {
  switch (channel.state) {
    case 'given':
      return channel;
    case 'verified':
      return channel.next ?? null;
    case 'stale':
      return channel.next ?? channel;
    case 'opted-out':
    case 'removed':
      return null;
  }
}

/** Whether anything at all may be sent to it. */
export function mayBeMessaged(
  channel: ContactChannel,
): channel is Extract<ContactChannel, { state: 'given' | 'verified' | 'stale' }> {
  return channel.state !== 'removed' && channel.state !== 'opted-out';
}

const given = (value: string, givenAt: Instant): ContactChannel => ({
  state: 'given',
  value,
  givenAt,
  challenge: null,
});

const refuse = (refusal: ChannelRefusal, channel: ContactChannel | null): ChannelDecision => ({
  ok: false,
  refusal,
  channel,
});

/** Giving the number anew is how its owner opts in again. */
function decideGive(channel: ContactChannel | null, value: string, at: Instant): ChannelDecision {
  if (isProven(channel))
    return channel.value === value ? { ok: true, channel } : refuse('already-verified', channel);
  if (channel?.state === 'given' && channel.value === value) return { ok: true, channel };
  return { ok: true, channel: given(value, at) };
}

function decidePropose(
  channel: ContactChannel | null,
  { value, at, shared, weak }: Extract<ChannelCommand, { type: 'propose' }>,
): ChannelDecision {
  if (!isProven(channel)) return decideGive(channel, value, at);
  if (channel.value === value) return { ok: true, channel: { ...channel, next: null } };
  if (channel.next?.value === value) return { ok: true, channel };
  return {
    ok: true,
    channel: { ...channel, next: { value, givenAt: at, challenge: null, shared, weak } },
  };
}

function decideSendCode(
  channel: ContactChannel | null,
  codeHash: string,
  at: Instant,
): ChannelDecision {
  if (channel === null || channel.state === 'removed') return refuse('no-channel', channel);
  if (channel.state === 'opted-out') return refuse('opted-out', channel);
  const challenge = { codeHash, sentAt: at, failures: 0 };
  if (channel.state !== 'given' && channel.next) {
    const { next } = channel;
    if (isTooSoon(next.challenge, at)) return refuse('too-soon', channel);
    return { ok: true, channel: { ...channel, next: { ...next, challenge } } };
  }
  if (channel.state === 'verified') return refuse('already-verified', channel);
  if (isTooSoon(channel.challenge ?? null, at)) return refuse('too-soon', channel);
  return { ok: true, channel: { ...channel, challenge } };
}

function decideEnterCode(
  channel: ContactChannel | null,
  codeHash: string,
  at: Instant,
): ChannelDecision {
  if (channel === null || channel.state === 'removed') return refuse('no-channel', channel);
  if (channel.state === 'opted-out') return refuse('opted-out', channel);
  const next = channel.state === 'given' ? null : (channel.next ?? null);
  if (next !== null && channel.state !== 'given') {
    const check = checkCode(next.challenge, codeHash, at);
    if (check.ok) return { ok: true, channel: verified(next, at) };
    return refuse(check.refusal, { ...channel, next: { ...next, challenge: check.challenge } });
  }
  if (channel.state === 'verified') return { ok: true, channel };
  const check = checkCode(channel.challenge ?? null, codeHash, at);
  if (check.ok) return { ok: true, channel: verified(channel, at) };
  return refuse(check.refusal, { ...channel, challenge: check.challenge });
}

function verified(
  { value, givenAt }: { readonly value: string; readonly givenAt: Instant },
  at: Instant,
): ContactChannel {
  return { state: 'verified', value, givenAt, verifiedAt: at };
}

/** By the value, since a number may be somebody's candidate only. */
function decideOptOut(channel: ContactChannel | null, value: string, at: Instant): ChannelDecision {
  if (channel === null || channel.state === 'removed') return refuse('no-channel', channel);
  if (channel.value === value && channel.state !== 'opted-out') {
    const verifiedAt = channel.state === 'given' ? null : channel.verifiedAt;
    const { givenAt } = channel;
    return {
      ok: true,
      channel: { state: 'opted-out', value, givenAt, verifiedAt, optedOutAt: at },
    };
  }
  if (isProven(channel) && channel.next?.value === value)
    return { ok: true, channel: { ...channel, next: null } };
  return { ok: true, channel };
}

/** By a message from the channel itself: what was proven before is proven still. */
function decideOptIn(channel: ContactChannel | null, value: string): ChannelDecision {
  if (channel?.state !== 'opted-out' || channel.value !== value)
    return refuse('no-channel', channel);
  const { givenAt, verifiedAt } = channel;
  return {
    ok: true,
    channel:
      verifiedAt === null
        ? given(value, givenAt)
        : { state: 'verified', value, givenAt, verifiedAt },
  };
}

/** What the users page shows: the best that can be said of a user. */
export const ALTERNATE_INFO_STATES = [
  'missing',
  'opted-out',
  'asked',
  'given',
  'verified',
  'opened',
] as const;
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
  if (has('opted-out')) return 'opted-out';
  return facts.askedAt === null ? 'missing' : 'asked';
}

/** Reachable today: a verified channel that may carry a login. */
export function isReachable(state: AlternateInfoState): boolean {
  return state === 'verified' || state === 'opened';
}
