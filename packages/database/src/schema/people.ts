import { boolean, jsonb, pgTable, primaryKey, smallint, text, uuid } from '../drizzle.ts';
import type { AdministratorRecord, NoticeRecord } from '@holdfast/application';
import type {
  AlternateInfoState,
  ChannelKind,
  ContactChannel,
  DirectoryKind,
  Language,
  SignInMethod,
} from '@holdfast/domain';
import { instant } from './columns.ts';

export const directoryObjects = pgTable(
  'directory_objects',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    externalId: text('external_id').notNull(),
    kind: text('kind').$type<DirectoryKind>().notNull(),
    displayName: text('display_name').notNull(),
    primaryAddress: text('primary_address').notNull(),
    addresses: jsonb('addresses').$type<readonly string[]>().notNull(),
    hasMailbox: boolean('has_mailbox').notNull(),
    accountEnabled: boolean('account_enabled').notNull(),
    directoryPhone: text('directory_phone'),
    preferredLanguage: text('preferred_language'),
    language: text('language').$type<Language>(),
    protected: boolean('protected').notNull(),
    protectedSince: instant('protected_since'),
    removedAt: instant('removed_at'),
    alternateInfo: text('alternate_info').$type<AlternateInfoState>().notNull(),
    lastAskedAt: instant('last_asked_at'),
    openedAt: instant('opened_at'),
    lastSignInAt: instant('last_sign_in_at'),
    lastSignInDrill: boolean('last_sign_in_drill').notNull().default(false),
    restricted: boolean('restricted'),
    newcomer: boolean('newcomer').notNull(),
    reminders: smallint('reminders').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const directoryAddresses = pgTable(
  'directory_addresses',
  {
    organisationId: uuid('organisation_id').notNull(),
    address: text('address').notNull(),
    objectId: uuid('object_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.address] })],
);

export const directoryMemberships = pgTable(
  'directory_memberships',
  {
    organisationId: uuid('organisation_id').notNull(),
    groupId: uuid('group_id').notNull(),
    memberId: uuid('member_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.groupId, table.memberId] })],
);

export const contactChannels = pgTable(
  'contact_channels',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    kind: text('kind').$type<ChannelKind>().notNull(),
    value: text('value'),
    channel: jsonb('channel').$type<ContactChannel>().notNull(),
    challengeId: text('challenge_id'),
    shared: boolean('shared').notNull(),
    weak: boolean('weak').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId, table.kind] })],
);

export const contactPreferences = pgTable(
  'contact_preferences',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    preferred: text('preferred').$type<ChannelKind>().notNull(),
    /** Nobody reads it any more: what a user has chosen is in `directory_objects`. */
    language: text('language').notNull().default('en'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId] })],
);

export const infoRequests = pgTable(
  'info_requests',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    tokenHash: text('token_hash').notNull(),
    sentAt: instant('sent_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    replacedAt: instant('replaced_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const notices = pgTable(
  'notices',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: text('id').notNull(),
    userId: uuid('user_id').notNull(),
    channel: text('channel').$type<NoticeRecord['channel']>().notNull(),
    kind: text('kind').notNull(),
    eventId: uuid('event_id'),
    state: text('state').$type<NoticeRecord['state']>().notNull(),
    detail: text('detail').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const portalAccounts = pgTable(
  'portal_accounts',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    passwordHash: text('password_hash'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId] })],
);

export const portalSessions = pgTable(
  'portal_sessions',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    subjectId: uuid('user_id').notNull(),
    tokenHash: text('token_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    mustChoosePassword: boolean('must_choose_password').notNull(),
    method: text('method').$type<SignInMethod>().notNull(),
    device: text('device').notNull(),
    network: text('network'),
    lastSeenAt: instant('last_seen_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const administrators = pgTable(
  'administrators',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role').$type<AdministratorRecord['role']>().notNull(),
    passwordHash: text('password_hash').notNull(),
    joinedAt: instant('joined_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const administratorInvitations = pgTable(
  'administrator_invitations',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role').$type<AdministratorRecord['role']>().notNull(),
    tokenHash: text('token_hash').notNull(),
    invitedBy: text('invited_by').notNull(),
    invitedAt: instant('invited_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const administratorSessions = pgTable(
  'administrator_sessions',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    subjectId: uuid('administrator_id').notNull(),
    tokenHash: text('token_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    mustChoosePassword: boolean('must_choose_password').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);
