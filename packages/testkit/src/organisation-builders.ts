import type {
  AdministratorRecord,
  ConnectionRecord,
  DomainRecord,
  OrganisationRecord,
} from '@holdfast/application';
import { TEST_EPOCH } from './hand-turned-clock.ts';
import { idOf } from './sequential-identifiers.ts';

/** Installed, connected and synchronised. */
export function anOrganisation(change: Partial<OrganisationRecord> = {}): OrganisationRecord {
  return {
    id: idOf(0xc0),
    name: 'Contoso',
    plan: { name: 'Continuity', continuity: true, seats: 500 },
    wrappedKey: 'wrapped-key-of-a-test',
    installedAt: TEST_EPOCH,
    protectNewUsers: true,
    directorySyncedAt: TEST_EPOCH,
    syncGuardPercent: 10,
    listsCopiedAt: null,
    helpdesk: null,
    createdAt: TEST_EPOCH,
    ...change,
  };
}

export function anAdministrator(change: Partial<AdministratorRecord> = {}): AdministratorRecord {
  return {
    id: idOf(0xad),
    organisationId: idOf(0xc0),
    email: 'admin@contoso.example',
    name: 'Ada Admin',
    role: 'owner',
    passwordHash: 'no-real-hash',
    joinedAt: null,
    ...change,
  };
}

export function aConnection(change: Partial<ConnectionRecord> = {}): ConnectionRecord {
  return {
    tenantId: 'tenant-of-a-test',
    clientId: 'client-of-a-test',
    mode: 'application',
    proof: { kind: 'secret', sealed: 'sealed-secret-of-a-test', expiresAt: null },
    tiers: ['read', 'configure', 'mailbox'],
    granted: null,
    refused: null,
    displayName: 'Contoso',
    initialDomain: 'contoso.onmicrosoft.com',
    connectedAt: TEST_EPOCH,
    preflight: null,
    ...change,
  };
}

export function aDomain(change: Partial<DomainRecord> = {}): DomainRecord {
  return {
    name: 'contoso.example',
    isInitial: false,
    isVerified: true,
    carriesMail: true,
    tenantMx: [{ exchange: 'contoso-example.mail.protection.example', preference: 0 }],
    state: 'correct',
    observedMx: [{ exchange: 'mx1.holdfast.example', preference: 10 }],
    observedTtl: 3600,
    checkedAt: TEST_EPOCH,
    checkDetail: null,
    filterMode: 'none',
    trustedHops: [],
    filterConfirmedAt: null,
    filterConfirmedBy: null,
    outbound: null,
    report: null,
    baseline: null,
    nextCheckAt: null,
    watchedUntil: null,
    mailType: 'authoritative',
    recipientList: { complete: true, reason: 'exchange-listed', asOf: TEST_EPOCH },
    attestation: null,
    ...change,
  };
}
