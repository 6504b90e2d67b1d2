import type { DirectoryRecord, TenantObject } from '@holdfast/application';
import { TEST_EPOCH } from './hand-turned-clock.ts';
import { idOf } from './sequential-identifiers.ts';

/** A protected user with a verified channel. */
export function aDirectoryRecord(change: Partial<DirectoryRecord> = {}): DirectoryRecord {
  const primaryAddress = change.primaryAddress ?? 'megan@contoso.example';
  return {
    id: idOf(0x05e4),
    externalId: `external-${primaryAddress}`,
    kind: 'user',
    displayName: 'Megan Bowen',
    primaryAddress,
    addresses: [primaryAddress],
    hasMailbox: true,
    accountEnabled: true,
    directoryPhone: null,
    preferredLanguage: 'en',
    language: null,
    protected: true,
    protectedSince: TEST_EPOCH,
    removedAt: null,
    alternateInfo: 'verified',
    lastAskedAt: TEST_EPOCH,
    openedAt: null,
    lastSignInAt: null,
    lastSignInDrill: false,
    restricted: null,
    ...change,
  };
}

export function aTenantObject(change: Partial<TenantObject> = {}): TenantObject {
  const primaryAddress = change.primaryAddress ?? 'megan@contoso.example';
  return {
    externalId: `external-${primaryAddress}`,
    kind: 'user',
    displayName: 'Megan Bowen',
    primaryAddress,
    addresses: [primaryAddress],
    hasMailbox: true,
    accountEnabled: true,
    directoryPhone: null,
    preferredLanguage: 'en',
    ...change,
  };
}
