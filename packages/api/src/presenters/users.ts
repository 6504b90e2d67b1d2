import type {
  ChannelRecord,
  SavedProtection,
  UserPageReading,
  UserReading,
} from '@holdfast/application';
import type { EnteredContactView, ProtectionResult, UserPage, UserRow } from '@holdfast/contracts';
import { maskAddress, maskPhone, type EnteredContact } from '@holdfast/domain';
import { toIso, toIsoOrNull } from './instant.ts';

export function presentUserPage(reading: UserPageReading): UserPage {
  const { rows, total, offset, syncedAt } = reading;
  return { rows: rows.map(presentUser), total, offset, syncedAt: toIsoOrNull(syncedAt) };
}

/** Private numbers and addresses leave masked. */
export function presentUser(reading: UserReading): UserRow {
  const { user, eligibility, effective, channels } = reading;
  return {
    id: user.id,
    name: user.displayName,
    address: user.primaryAddress,
    aliases: user.addresses.filter((address) => address !== user.primaryAddress),
    kind: user.kind,
    accountEnabled: user.accountEnabled,
    protected: user.protected,
    eligible: eligibility.eligible,
    reason: eligibility.eligible ? null : eligibility.reason,
    effective,
    alternateInfo: user.alternateInfo,
    channels: channels.flatMap(presentChannel),
    lastAskedAt: toIsoOrNull(user.lastAskedAt),
    lastSignInAt: toIsoOrNull(user.lastSignInAt),
    lastSignInDrill: user.lastSignInDrill,
  };
}

function presentChannel({ kind, channel, shared, weak }: ChannelRecord): UserRow['channels'] {
  if (channel.state === 'removed') return [];
  const masked = kind === 'sms' ? maskPhone(channel.value) : maskAddress(channel.value);
  return [{ kind, masked, state: channel.state, shared, weak }];
}

export function presentEnteredContact(contact: EnteredContact): EnteredContactView {
  const { enteredBy: by, kind, usableAt, value } = contact;
  const masked = kind === 'sms' ? maskPhone(value) : maskAddress(value);
  return { kind, masked, by, usableAt: toIso(usableAt) };
}

export function presentProtection(saved: SavedProtection): ProtectionResult {
  return {
    protected: saved.protected,
    unprotected: saved.unprotected,
    refused: saved.refused.map(({ object, reason }) => {
      return { id: object.id, address: object.primaryAddress, reason };
    }),
  };
}
