import {
  alternateInfoState,
  decideChannel,
  isProven,
  type ChannelCommand,
  type ChannelKind,
  type ChannelRefusal,
  type ContactChannel,
} from '@holdfast/domain';
import type { ErrorCode } from '@holdfast/contracts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { ChannelRecord } from '../records/people.ts';
import { Refusal } from '../refusal.ts';

/**
 * The shell round the channel's state machine: lock, decide, write. A refusal that changes the channel (a counted
 * guess) is written as well, so it comes back as a value: throwing would roll the count back.
 */
export async function changeChannel(
  repositories: OrganisationRepositories,
  userId: string,
  kind: ChannelKind,
  command: ChannelCommand,
  given: { readonly shared?: boolean; readonly weak?: boolean; readonly challengeId?: string } = {},
): Promise<Refusal | null> {
  const before = await repositories.channels.lock(userId, kind);
  const decision = decideChannel(before?.channel ?? null, command);
  const facts = { ...candidateFacts(before, decision.channel), ...given };
  if (decision.channel !== null && decision.channel !== before?.channel) {
    await repositories.channels.save({
      userId,
      kind,
      channel: decision.channel,
      challengeId: facts.challengeId ?? before?.challengeId ?? null,
      shared: facts.shared ?? before?.shared ?? false,
      weak: facts.weak ?? before?.weak ?? false,
    });
  }
  return decision.ok ? null : refusalFor(decision.refusal);
}

/** What was known of a candidate goes with it when it takes the place of the proven value. */
function candidateFacts(
  before: ChannelRecord | null,
  after: ContactChannel | null,
): { readonly shared?: boolean; readonly weak?: boolean } {
  if (before === null || after?.state !== 'verified' || !isProven(before.channel)) return {};
  const { next } = before.channel;
  if (!next || next.value !== after.value) return {};
  return { shared: next.shared, weak: next.weak };
}

/** Stores the derived state that lists filter and sort by. */
export async function refreshContactState(
  repositories: OrganisationRepositories,
  userId: string,
): Promise<void> {
  const user = await repositories.directory.get(userId);
  if (user === null) return;
  const channels = await repositories.channels.ofUser(userId);
  await repositories.directory.saveContactState(userId, {
    alternateInfo: alternateInfoState({
      channels: channels.map((record) => record.channel.state),
      askedAt: user.lastAskedAt,
      openedAt: user.openedAt,
    }),
  });
}

const REFUSALS: Readonly<
  Record<ChannelRefusal, { readonly code: ErrorCode; readonly message: string }>
> = {
  'no-channel': { code: 'info.nothing-given', message: 'Nothing was given for that channel yet.' },
  'already-verified': { code: 'info.already-verified', message: 'That is verified already.' },
  'opted-out': {
    code: 'info.opted-out',
    message: 'Messages there were stopped with STOP. Give the number or address again to use it.',
  },
  'no-code': {
    code: 'info.code-expired',
    message: 'There is no code for that. Ask for a new one.',
  },
  'code-expired': {
    code: 'info.code-expired',
    message: 'That code has expired. Ask for a new one.',
  },
  'too-many-guesses': {
    code: 'info.code-too-many',
    message: 'Too many wrong codes. Ask for a new one.',
  },
  'code-wrong': {
    code: 'info.code-wrong',
    message: 'That is not the code we sent. Check the digits.',
  },
  'too-soon': {
    code: 'info.code-too-soon',
    message: 'A code was sent less than a minute ago. Wait a moment, then ask again.',
  },
};

export function refusalFor(refusal: ChannelRefusal): Refusal {
  const { code, message } = REFUSALS[refusal];
  return new Refusal(code, message, { code: message });
}
