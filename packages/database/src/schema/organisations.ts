import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from '../drizzle.ts';
import type {
  DkimState,
  DomainMailType,
  DomainSetupState,
  FilterMode,
  HelpdeskContact,
  ListAttestation,
  ListEntryType,
  ListKind,
  ListReason,
  MxRecord,
  PermissionTier,
  Plan,
} from '@holdfast/domain';
import type {
  ConnectionRecord,
  DomainRecord,
  InstallationStepRecord,
  ListEntryRecord,
  SealedProof,
  SyncRunRecord,
} from '@holdfast/application';
import { instant } from './columns.ts';

export const organisations = pgTable('organisations', {
  organisationId: uuid('organisation_id').primaryKey(),
  name: text('name').notNull(),
  plan: jsonb('plan').$type<Plan>().notNull(),
  wrappedKey: text('wrapped_key').notNull(),
  installedAt: instant('installed_at'),
  protectNewUsers: boolean('protect_new_users').notNull(),
  directorySyncedAt: instant('directory_synced_at'),
  directoryComplete: boolean('directory_complete').notNull().default(false),
  syncGuardPercent: smallint('sync_guard_percent').notNull(),
  listsCopiedAt: instant('lists_copied_at'),
  helpdesk: jsonb('helpdesk').$type<HelpdeskContact>(),
  createdAt: instant('created_at').notNull(),
});

export const installationSteps = pgTable(
  'installation_steps',
  {
    organisationId: uuid('organisation_id').notNull(),
    step: text('step').$type<InstallationStepRecord['step']>().notNull(),
    state: text('state').$type<InstallationStepRecord['state']>().notNull(),
    detail: text('detail').notNull(),
    added: jsonb('added').$type<readonly string[]>().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.step] })],
);

export const connections = pgTable('connections', {
  organisationId: uuid('organisation_id').primaryKey(),
  tenantId: text('tenant_id').notNull(),
  clientId: text('client_id').notNull(),
  mode: text('mode').$type<ConnectionRecord['mode']>().notNull(),
  proofKind: text('proof_kind').$type<SealedProof['kind']>(),
  sealedSecret: text('sealed_secret'),
  certificate: text('certificate'),
  proofExpiresAt: instant('proof_expires_at'),
  tiers: jsonb('tiers').$type<readonly PermissionTier[]>().notNull(),
  granted: jsonb('granted').$type<NonNullable<ConnectionRecord['granted']>>(),
  refused: jsonb('refused').$type<NonNullable<ConnectionRecord['refused']>>(),
  displayName: text('display_name').notNull(),
  initialDomain: text('initial_domain').notNull(),
  connectedAt: instant('connected_at').notNull(),
  preflight: jsonb('preflight').$type<NonNullable<ConnectionRecord['preflight']>>(),
});

export const domains = pgTable(
  'domains',
  {
    organisationId: uuid('organisation_id').notNull(),
    name: text('name').notNull(),
    isInitial: boolean('is_initial').notNull(),
    isVerified: boolean('is_verified').notNull(),
    carriesMail: boolean('carries_mail').notNull(),
    tenantMx: jsonb('tenant_mx').$type<readonly MxRecord[]>().notNull(),
    state: text('state').$type<DomainSetupState>().notNull(),
    observedMx: jsonb('observed_mx').$type<readonly MxRecord[]>().notNull(),
    observedTtl: integer('observed_ttl'),
    checkedAt: instant('checked_at'),
    checkDetail: text('check_detail'),
    filterMode: text('filter_mode').$type<FilterMode>().notNull(),
    trustedHops: jsonb('trusted_hops').$type<readonly string[]>().notNull(),
    filterConfirmedAt: instant('filter_confirmed_at'),
    filterConfirmedBy: text('filter_confirmed_by'),
    outbound: jsonb('outbound').$type<NonNullable<DomainRecord['outbound']>>(),
    report: jsonb('report').$type<NonNullable<DomainRecord['report']>>(),
    baseline: jsonb('baseline').$type<NonNullable<DomainRecord['baseline']>>(),
    nextCheckAt: instant('next_check_at'),
    watchedUntil: instant('watched_until'),
    mailType: text('mail_type').$type<DomainMailType>(),
    listComplete: boolean('list_complete').notNull().default(false),
    listReason: text('list_reason').$type<ListReason>().notNull().default('never-read'),
    listAsOf: instant('list_as_of'),
    attestation: jsonb('attestation').$type<ListAttestation>(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.name] })],
);

export const domainKeys = pgTable(
  'domain_keys',
  {
    organisationId: uuid('organisation_id').notNull(),
    domain: text('domain').notNull(),
    selector: text('selector').notNull(),
    publicKey: text('public_key').notNull(),
    sealedPrivateKey: text('sealed_private_key'),
    state: text('state').$type<DkimState>().notNull(),
    checkedAt: instant('checked_at'),
    checkDetail: text('check_detail'),
    createdAt: instant('created_at').notNull(),
    retiredAt: instant('retired_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.domain, table.selector] })],
);

export const listEntries = pgTable(
  'list_entries',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind').$type<ListKind>().notNull(),
    type: text('type').$type<ListEntryType>().notNull(),
    value: text('value').notNull(),
    forDomain: text('for_domain'),
    forUserId: uuid('for_user'),
    expiresAt: instant('expires_at'),
    source: text('source').$type<ListEntryRecord['source']>().notNull(),
    note: text('note').notNull(),
    addedBy: text('added_by').notNull(),
    addedAt: instant('added_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const syncRuns = pgTable(
  'sync_runs',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    state: text('state').$type<SyncRunRecord['state']>().notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    seen: integer('seen').notNull(),
    added: integer('added').notNull(),
    changed: integer('changed').notNull(),
    removed: integer('removed').notNull(),
    detail: text('detail'),
    requestedBy: text('requested_by').notNull(),
    fullPass: boolean('full_pass').notNull(),
    phase: text('phase').$type<NonNullable<SyncRunRecord['phase']>>(),
    owner: uuid('owner'),
    heartbeatAt: instant('heartbeat_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const auditEntries = pgTable(
  'audit_entries',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    details: jsonb('details').$type<Readonly<Record<string, unknown>>>().notNull(),
    ip: text('ip'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);
