import type { ChannelKind, ConsentAttempt, Instant } from '@holdfast/domain';
import type { JobSender } from '../../jobs.ts';
import type { OrganisationRecord } from '../../records/organisation.ts';
import type {
  AdministratorRecord,
  InfoRequestRecord,
  PortalSessionRecord,
  SessionRecord,
} from '../../records/people.ts';
import type { PushKeyRecord } from '../../records/push.ts';
import type { PasskeyChallengeRecord, PasskeyRecord } from '../../records/sign-in.ts';
import type { RetentionRepository } from '../retention.ts';
import type { Signal } from '../signal.ts';
import type { ConversationRepository } from './conversation-repository.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import type { IngestRepository } from './ingest-repository.ts';
import type { LedgerRepository } from './ledger-repository.ts';
import type { ReportRepository } from './report-repository.ts';
import type { SearchRepository } from './search-repository.ts';

/** Queues and look-ups that run before an organisation is known. */
export interface SystemRepositories {
  readonly conversations: ConversationRepository;
  readonly reports: ReportRepository;
  organisations(): Promise<readonly OrganisationRecord[]>;
  createOrganisation(organisation: OrganisationRecord): Promise<void>;
  administratorByEmail(email: string): Promise<AdministratorRecord | null>;
  createAdministratorSession(
    session: SessionRecord & { readonly tokenHash: string },
  ): Promise<void>;
  administratorSession(
    tokenHash: string,
    now: Instant,
  ): Promise<{
    readonly session: SessionRecord;
    readonly administrator: AdministratorRecord;
  } | null>;
  endAdministratorSession(tokenHash: string): Promise<void>;
  portalSession(tokenHash: string, now: Instant): Promise<PortalSessionRecord | null>;
  /** Which of these sessions are there and not over. */
  livePortalSessions(tokenHashes: readonly string[], now: Instant): Promise<ReadonlySet<string>>;
  portalSessionSeen(tokenHash: string, now: Instant): Promise<void>;
  /** Remembers it, and forgets those that ran out before `now`. */
  savePasskeyChallenge(challenge: PasskeyChallengeRecord, now: Instant): Promise<void>;
  /** The challenge, which is not there any more afterwards. */
  takePasskeyChallenge(challengeHash: string): Promise<PasskeyChallengeRecord | null>;
  passkeyByCredential(
    credentialId: string,
  ): Promise<{ readonly organisationId: string; readonly passkey: PasskeyRecord } | null>;
  endPortalSession(tokenHash: string): Promise<void>;
  /** Who has this value, or has proposed it, whatever the organisation. */
  channelsHolding(
    kind: ChannelKind,
    value: string,
  ): Promise<readonly { readonly organisationId: string; readonly userId: string }[]>;
  accountChangeByToken(
    tokenHash: string,
  ): Promise<{ readonly id: string; readonly organisationId: string } | null>;
  /** An invitation to administer, open or run out. */
  invitationByToken(
    tokenHash: string,
  ): Promise<{ readonly id: string; readonly organisationId: string } | null>;
  infoRequestByToken(tokenHash: string): Promise<InfoRequestRecord | null>;
  /** The organisation that has connected this tenant, by its id or by its initial domain, which is the tenant's alone. */
  tenantOwner(tenant: {
    readonly tenantId: string;
    readonly initialDomain: string | null;
  }): Promise<string | null>;
  /** Attempts of every organisation to admit our application to this tenant. */
  consentAttempts(tenantId: string, since: Instant): Promise<readonly ConsentAttempt[]>;
  /** Which organisations have these domains already; names without one are left out. */
  domainOwners(
    names: readonly string[],
  ): Promise<readonly { readonly name: string; readonly organisationId: string }[]>;
  /** The organisation and object of a protected user's work address, whatever the organisation. */
  protectedUserByAddress(
    address: string,
  ): Promise<{ readonly organisationId: string; readonly userId: string } | null>;
  /** Counts this attempt and tells how many there were for the key within the window before it. */
  countAttempt(key: string, now: Instant, window: number): Promise<number>;
  /** Takes back what a right password had counted: `all` of these keys, and the `latest` of those. */
  forgetAttempts(keys: {
    readonly all: readonly string[];
    readonly latest: readonly string[];
  }): Promise<void>;
  setUpToken(): Promise<{ readonly tokenHash: string; readonly expiresAt: Instant } | null>;
  saveSetUpToken(
    token: { readonly tokenHash: string; readonly expiresAt: Instant } | null,
  ): Promise<void>;
  hasAdministrators(): Promise<boolean>;
  /** Null: not made yet. */
  pushKeys(): Promise<PushKeyRecord | null>;
  /** Unless there are any: the first stay. */
  savePushKeys(keys: PushKeyRecord): Promise<void>;
  ingest: IngestRepository;
  search: SearchRepository;
  ledger: LedgerRepository;
  retention: RetentionRepository;
  deliveries: DeliveryQueue;
  readonly jobs: JobSender;
  notify(signal: Signal): Promise<void>;
}
