import type {
  DeliveryState,
  DomainSetupState,
  EmergencyEvent,
  EventFact,
  FilterMode,
  Instant,
  MxRecord,
  PrimaryHealth,
  SearchTerm,
} from '@holdfast/domain';
import type { JobSender } from '../jobs.ts';
import type {
  DeliveryResult,
  IngestedMessage,
  LeasedDelivery,
  MailboxListItem,
  MailFolder,
  MessageRecord,
  NewMailboxItem,
  SubmissionRecord,
  TraceRow,
  UnusedLease,
} from '../records/mail.ts';
import type {
  AuditEntry,
  ConnectionRecord,
  DomainKeyRecord,
  DomainRecord,
  InstallationStepRecord,
  ListEntryRecord,
  OrganisationRecord,
  OutboundReading,
  SyncRunRecord,
} from '../records/organisation.ts';
import type {
  AdministratorRecord,
  ChannelRecord,
  ContactPreference,
  DirectoryQuery,
  DirectoryRecord,
  InfoRequestRecord,
  NoticeRecord,
  PortalAccountRecord,
  SessionRecord,
} from '../records/people.ts';
import type { DirectoryReading, TenantDomainWithRoute } from './office365.ts';
import type { QueueRepository, TraceRepository } from './queue.ts';
import type { LedgerPart, RetentionRepository } from './retention.ts';
import type { SpoolAlarm, SpoolPosition, StoreReference } from './spool.ts';

export interface OrganisationRepository {
  get(): Promise<OrganisationRecord>;
  /** Same, and holds the row until the transaction ends: every decision about the organisation takes its turn here. */
  lock(): Promise<OrganisationRecord>;
  save(
    change: Partial<
      Pick<
        OrganisationRecord,
        | 'installedAt'
        | 'protectNewUsers'
        | 'directorySyncedAt'
        | 'directoryComplete'
        | 'listsCopiedAt'
        | 'plan'
        | 'name'
      >
    >,
  ): Promise<void>;
  steps(): Promise<readonly InstallationStepRecord[]>;
  saveStep(step: InstallationStepRecord): Promise<void>;
}

export interface ConnectionRepository {
  get(): Promise<ConnectionRecord | null>;
  save(connection: ConnectionRecord): Promise<void>;
}

export interface DomainRepository {
  list(): Promise<readonly DomainRecord[]>;
  get(name: string): Promise<DomainRecord | null>;
  /** Adds, updates and removes so that the list equals the tenant's; keeps states and filter modes. */
  replace(domains: readonly TenantDomainWithRoute[]): Promise<void>;
  saveObservation(
    name: string,
    observation: {
      readonly state: DomainSetupState;
      readonly observedMx: readonly MxRecord[];
      readonly observedTtl: number | null;
      readonly checkedAt: Instant;
      readonly checkDetail: string | null;
    },
  ): Promise<void>;
  saveFilterMode(
    name: string,
    mode: {
      readonly filterMode: FilterMode;
      readonly trustedHops: readonly string[];
      readonly by: string;
      readonly at: Instant;
    },
  ): Promise<void>;
  saveOutbound(name: string, outbound: OutboundReading): Promise<void>;
}

export interface DomainKeyRepository {
  /** Newest first, retired ones included. */
  all(): Promise<readonly DomainKeyRecord[]>;
  ofDomain(domain: string): Promise<readonly DomainKeyRecord[]>;
  /** False when the domain has a key of this selector already. */
  add(key: DomainKeyRecord): Promise<boolean>;
  saveCheck(
    domain: string,
    selector: string,
    check: Pick<DomainKeyRecord, 'state' | 'checkedAt' | 'checkDetail'>,
  ): Promise<void>;
  /** Forgets the private keys of these selectors for good. */
  retire(domain: string, selectors: readonly string[], at: Instant): Promise<void>;
}

export interface SyncCounts {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

export interface DirectoryRepository {
  /** What `apply` would do, without doing it. */
  compare(reading: DirectoryReading): Promise<SyncCounts & { readonly known: number }>;
  /** Adds and updates; marks the missing as removed unless `keepRemoved`. Returned objects come back with their protection. Ids of added users are given. */
  apply(
    reading: DirectoryReading,
    at: Instant,
    options: { readonly keepRemoved: boolean },
  ): Promise<SyncCounts & { readonly addedIds: readonly string[] }>;
  get(id: string): Promise<DirectoryRecord | null>;
  getMany(ids: readonly string[]): Promise<readonly DirectoryRecord[]>;
  /** By any of its addresses, lower-case. */
  findByAddress(address: string): Promise<DirectoryRecord | null>;
  page(
    query: DirectoryQuery,
  ): Promise<{ readonly rows: readonly DirectoryRecord[]; readonly total: number }>;
  /** Everything that is not removed; for exports, snapshot and previews. */
  all(): Promise<readonly DirectoryRecord[]>;
  setProtection(ids: readonly string[], value: boolean, at: Instant): Promise<void>;
  saveContactState(
    id: string,
    state: Partial<
      Pick<DirectoryRecord, 'alternateInfo' | 'lastAskedAt' | 'openedAt' | 'lastSignInAt'>
    >,
  ): Promise<void>;
  /** Member users of the groups with these addresses, expanded: group address → object ids. */
  membersOf(groupAddresses: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

export interface SyncRunRepository {
  get(id: string): Promise<SyncRunRecord | null>;
  latest(): Promise<SyncRunRecord | null>;
  save(run: SyncRunRecord): Promise<void>;
}

export interface ChannelRepository {
  ofUser(userId: string): Promise<readonly ChannelRecord[]>;
  /** Channels of many users: for previews and notices. */
  ofUsers(userIds: readonly string[]): Promise<readonly ChannelRecord[]>;
  lock(userId: string, kind: ChannelRecord['kind']): Promise<ChannelRecord | null>;
  save(record: ChannelRecord): Promise<void>;
  /** Whether another user of the organisation has the same value. */
  isShared(kind: ChannelRecord['kind'], value: string, exceptUserId: string): Promise<boolean>;
  preference(userId: string): Promise<ContactPreference | null>;
  savePreference(userId: string, preference: ContactPreference): Promise<void>;
}

export interface InfoRequestRepository {
  get(id: string): Promise<InfoRequestRecord | null>;
  /** Stores the request and marks earlier ones of the user as replaced. */
  replace(request: InfoRequestRecord): Promise<void>;
}

export interface EventCredential {
  readonly eventId: string;
  readonly userId: string;
  readonly generation: number;
  /** HMAC of the temporary password. */
  readonly passwordMac: string;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
}

export interface EventRepository {
  /** The open production event (scheduled, active or recovering), or null. */
  current(): Promise<EmergencyEvent | null>;
  lockCurrent(): Promise<EmergencyEvent | null>;
  get(id: string): Promise<EmergencyEvent | null>;
  recent(limit: number): Promise<readonly EmergencyEvent[]>;
  /** Appends the facts and writes the snapshot. */
  append(
    event: EmergencyEvent,
    facts: readonly EventFact[],
    by: string,
    at: Instant,
  ): Promise<void>;
  log(
    id: string,
  ): Promise<readonly { readonly at: Instant; readonly by: string; readonly fact: EventFact }[]>;
  saveCredential(credential: EventCredential): Promise<void>;
  credentials(eventId: string, userId: string): Promise<readonly EventCredential[]>;
  revokeCredentials(eventId: string, at: Instant): Promise<void>;
  signInCount(eventId: string): Promise<number>;
  recordSignIn(eventId: string, userId: string, at: Instant): Promise<void>;
}

export interface NoticeRepository {
  get(id: string): Promise<NoticeRecord | null>;
  save(notice: NoticeRecord): Promise<void>;
  ofEvent(eventId: string): Promise<readonly NoticeRecord[]>;
}

export interface ListRepository {
  all(): Promise<readonly ListEntryRecord[]>;
  /** Entries that are there already (same kind and value) are left as they are. Returns how many were added. */
  add(entries: readonly ListEntryRecord[]): Promise<number>;
  remove(ids: readonly string[]): Promise<readonly ListEntryRecord[]>;
}

/** Before a message, in the order of acceptance. */
export interface SearchPosition {
  /** Any instant of the day on which it was accepted. */
  readonly acceptedAt: Instant;
  readonly messageId: string;
}

export interface MailboxRepository {
  /** Counts of what was received since, and is shown by now. */
  folders(
    userId: string,
    since: Instant,
    now: Instant,
  ): Promise<
    readonly { readonly folder: MailFolder; readonly total: number; readonly unread: number }[]
  >;
  /** Newest first, back to `since`. `before` is the cursor of the last item seen. */
  page(
    userId: string,
    folder: MailFolder,
    since: Instant,
    limit: number,
    before: { readonly receivedAt: Instant; readonly id: string } | null,
  ): Promise<readonly MailboxListItem[]>;
  /**
   * Items of whatever folder whose message has every term, newest first, back to the day of `since`. `before` is where
   * the last page ended, `next` where this one did; null at the end. Without terms there is nothing to find.
   */
  search(
    userId: string,
    terms: readonly SearchTerm[],
    since: Instant,
    limit: number,
    before: SearchPosition,
  ): Promise<{ readonly items: readonly MailboxListItem[]; readonly next: SearchPosition | null }>;
  get(
    userId: string,
    itemId: string,
  ): Promise<{ readonly item: MailboxListItem; readonly message: MessageRecord } | null>;
  setRead(userId: string, itemIds: readonly string[], isRead: boolean, at: Instant): Promise<void>;
  move(userId: string, itemIds: readonly string[], folder: MailFolder, at: Instant): Promise<void>;
  /** Adds views of messages that were kept back; who has one of the message already gets no second. */
  show(items: readonly NewMailboxItem[], at: Instant): Promise<void>;
  findSubmission(
    userId: string,
    key: string,
  ): Promise<{
    readonly messageId: string;
    readonly acceptedAt: Instant;
    readonly undoneAt: Instant | null;
  } | null>;
  /** The same with its deliveries, all held until the transaction ends: a relay that leases comes before or after. */
  lockSubmission(userId: string, key: string): Promise<SubmissionRecord | null>;
  /**
   * Discards every delivery of the message, takes it out of all mailboxes, and marks the submission, whose key stays
   * used. Only in a transaction that has locked it.
   */
  undoSubmission(userId: string, key: string, at: Instant, reply: string): Promise<void>;
  /** The user's item of a message, by RFC 5322 Message-ID with brackets. */
  findItem(userId: string, messageId: string): Promise<string | null>;
  /** Sent items of the event's users accepted since, not yet put back in the tenant. */
  sentToPutBack(since: Instant): Promise<
    readonly {
      readonly itemId: string;
      readonly userId: string;
      readonly message: MessageRecord;
      readonly address: string;
    }[]
  >;
  sentItem(itemId: string): Promise<{
    readonly itemId: string;
    readonly userId: string;
    readonly message: MessageRecord;
    readonly address: string;
    readonly putBackAt: Instant | null;
  } | null>;
  markPutBack(itemId: string, at: Instant): Promise<void>;
  /** Messages written in emergency mailboxes since, and how many of them are back in the tenant's Sent Items. */
  sentCounts(since: Instant): Promise<{ readonly sent: number; readonly putBack: number }>;
}

export interface UploadRepository {
  save(upload: {
    readonly id: string;
    readonly userId: string;
    readonly fileName: string;
    readonly contentType: string;
    readonly content: Uint8Array;
    readonly at: Instant;
  }): Promise<void>;
  read(
    userId: string,
    ids: readonly string[],
  ): Promise<
    readonly {
      readonly id: string;
      readonly fileName: string;
      readonly contentType: string;
      readonly content: Uint8Array;
    }[]
  >;
  remove(userId: string, ids: readonly string[]): Promise<void>;
}

export interface HealthRepository {
  get(): Promise<PrimaryHealth | null>;
  lock(): Promise<PrimaryHealth | null>;
  /** Writes the snapshot, and a history row when the state changed. */
  save(health: PrimaryHealth, changed: boolean): Promise<void>;
  history(
    since: Instant,
  ): Promise<readonly { readonly state: PrimaryHealth['state']; readonly since: Instant }[]>;
}

export interface MailFlowRepository {
  trace(query: {
    readonly messageId: string | null;
    readonly recipient: string | null;
    readonly limit: number;
  }): Promise<readonly TraceRow[]>;
  /** Accepted and delivered messages per hour since: for the mail-flow strip. */
  hourly(
    since: Instant,
  ): Promise<
    readonly { readonly hour: Instant; readonly accepted: number; readonly delivered: number }[]
  >;
  /** Open deliveries to recipients of the event's scope, of mail accepted before an instant when one is given. */
  waitingFor(userIds: readonly string[] | null, acceptedBefore?: Instant): Promise<number>;
  /** Makes deferred and review-held deliveries of the tenant due now: the primary is back, or an administrator asks. */
  hasten(at: Instant): Promise<number>;
  /** Where the bytes of every message with an open delivery lie: for the audit of missing bytes. */
  openReferences(): Promise<readonly StoreReference[]>;
}

export interface MessageRepository {
  /** Where the bytes lie now: retention moves what is still needed. Null when the row is gone. */
  reference(message: Pick<MessageRecord, 'id' | 'acceptedAt'>): Promise<StoreReference | null>;
  /** By Message-ID, with or without brackets, or by the id of the record. */
  findErasable(messageId: string): Promise<readonly ErasableMessage[]>;
  /** Blanks what the row says of the content and takes the message out of every mailbox. */
  markErased(message: Pick<MessageRecord, 'id' | 'acceptedAt'>, at: Instant): Promise<void>;
}

export interface ErasableMessage {
  readonly id: string;
  readonly acceptedAt: Instant;
  readonly reference: StoreReference;
  readonly messageId: string | null;
  /** Some delivery is not in its final state. */
  readonly open: boolean;
}

export interface AuditRepository {
  append(entry: AuditEntry): Promise<void>;
  recent(limit: number): Promise<readonly AuditEntry[]>;
}

/** Everything of one organisation, inside one transaction, under forced row-level security. */
export interface OrganisationRepositories {
  readonly organisation: OrganisationRepository;
  readonly connection: ConnectionRepository;
  readonly domains: DomainRepository;
  readonly domainKeys: DomainKeyRepository;
  readonly directory: DirectoryRepository;
  readonly syncRuns: SyncRunRepository;
  readonly channels: ChannelRepository;
  readonly infoRequests: InfoRequestRepository;
  readonly events: EventRepository;
  readonly notices: NoticeRepository;
  readonly lists: ListRepository;
  readonly mailbox: MailboxRepository;
  readonly uploads: UploadRepository;
  readonly health: HealthRepository;
  readonly mailFlow: MailFlowRepository;
  readonly queue: QueueRepository;
  readonly traces: TraceRepository;
  readonly messages: MessageRepository;
  readonly audit: AuditRepository;
  readonly accounts: AccountRepository;
  readonly jobs: JobSender;
  /** Told after commit to everyone who listens. */
  notify(signal: Signal): Promise<void>;
}

export interface AccountRepository {
  portalAccount(userId: string): Promise<PortalAccountRecord | null>;
  savePortalPassword(userId: string, passwordHash: string): Promise<void>;
  createPortalSession(session: SessionRecord & { readonly tokenHash: string }): Promise<void>;
  clearMustChoose(sessionId: string): Promise<void>;
  revokePortalSessions(userId: string): Promise<void>;
  administrators(): Promise<readonly AdministratorRecord[]>;
  addAdministrator(administrator: AdministratorRecord): Promise<void>;
}

/** Queues and look-ups that run before an organisation is known. */
export interface SystemRepositories {
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
  portalSession(tokenHash: string, now: Instant): Promise<SessionRecord | null>;
  endPortalSession(tokenHash: string): Promise<void>;
  infoRequestByToken(tokenHash: string): Promise<InfoRequestRecord | null>;
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
  ingest: IngestRepository;
  search: SearchRepository;
  ledger: LedgerRepository;
  retention: RetentionRepository;
  deliveries: DeliveryQueue;
  readonly jobs: JobSender;
  notify(signal: Signal): Promise<void>;
}

/** A protected user who reads mail to an address. */
export interface Reader {
  readonly userId: string;
  /** Display name of the group that the mail is addressed to; null for an address of the user's own. */
  readonly viaGroup: string | null;
}

/** A segment's cursor goes from an offset to a position. */
export interface SpoolMove {
  readonly from: number;
  readonly to: SpoolPosition;
}

export class SpoolPositionMovedError extends Error {
  constructor() {
    super('The cursor of a spool segment is not where it was left: what is there is read again');
    this.name = 'SpoolPositionMovedError';
  }
}

/** The words of one message for one organisation; who sees it is added from its views. */
export interface IndexedText {
  readonly acceptedAt: Instant;
  readonly organisationId: string;
  readonly messageId: string;
  readonly subject: readonly string[];
  readonly people: readonly string[];
  readonly text: readonly string[];
  readonly attachments: readonly string[];
}

/** The search index: filled from the spool, behind ingest. */
export interface SearchRepository {
  /** Segments of which ingest has committed more than is indexed, the least indexed first. */
  behind(): Promise<
    readonly {
      readonly instance: string;
      readonly segment: string;
      /** Up to here it is indexed, and up to there it may be. */
      readonly from: number;
      readonly to: number;
    }[]
  >;
  /** Words and cursor in one transaction. A message that nobody sees, now or after its release, is left out. */
  index(texts: readonly IndexedText[], next: SpoolPosition): Promise<void>;
}

export interface IngestRepository {
  /** Where reading of each segment goes on; one that was never read is left out. */
  positions(): Promise<readonly SpoolPosition[]>;
  /**
   * Rows and cursors in one transaction. A row that is there already (accepted day, message id, organisation) is left
   * alone. Returns how many were new. Throws `SpoolPositionMovedError` when a cursor is not where the move begins:
   * another process reads the same segment, or the database was set back.
   */
  apply(messages: readonly IngestedMessage[], moves: readonly SpoolMove[]): Promise<number>;
  /**
   * Who reads mail to these addresses: the protected owner, or the protected members of a group and of the groups in
   * it. An address that nobody reads is left out.
   */
  readers(
    addresses: readonly { readonly organisationId: string; readonly address: string }[],
  ): Promise<
    readonly {
      readonly organisationId: string;
      readonly address: string;
      readonly readers: readonly Reader[];
    }[]
  >;
  /** Makes the tables of these instants' days where they are missing. */
  ensureDays(instants: readonly Instant[]): Promise<void>;
  recordAlarm(alarm: SpoolAlarm, at: Instant): Promise<void>;
  alarms(): Promise<readonly (SpoolAlarm & { readonly at: Instant })[]>;
}

export interface LedgerRepository {
  /**
   * Deliveries of one organisation by state, settled ones included: mail from outside, what people wrote, and our own
   * notices and reports.
   */
  counts(organisationId: string): Promise<{
    readonly inbound: Readonly<Record<DeliveryState, number>>;
    readonly outbound: Readonly<Record<DeliveryState, number>>;
    readonly notices: Readonly<Record<DeliveryState, number>>;
  }>;
  /** What retention removed. */
  settled(organisationId: string): Promise<{
    /** Recipients, counted from the records of removed segments. */
    readonly accepted: Readonly<Record<LedgerPart, number>>;
    /** Segments whose recipients are in `accepted` while their files may still be there. */
    readonly removed: readonly { readonly instance: string; readonly segment: string }[];
  }>;
}

export interface DeliveryQueue {
  /** Days of acceptance with deliveries that wait for a relay, oldest first: for `lease`. */
  days(): Promise<readonly string[]>;
  /**
   * Leases due deliveries of one route (FOR UPDATE SKIP LOCKED), oldest first, so that no other relay touches them until
   * `until`; the owner itself never gets them twice. Recipients in the scope of an active event whose relay is on hold
   * are passed over: event hold is derived here and never stored. `skipOrganisations` are those whose breaker is open.
   */
  lease(options: {
    readonly route: 'primary' | 'remote';
    readonly now: Instant;
    readonly until: Instant;
    readonly limit: number;
    readonly owner: string;
    readonly skipOrganisations: readonly string[];
    /** Only mail accepted on these days, in their order; all when not given, which is slow with many days. */
    readonly days?: readonly string[];
  }): Promise<readonly LeasedDelivery[]>;
  /**
   * Results, attempts and new states in one transaction. With `owner`, a delivery whose lease ran out and that another
   * relay holds by now is left alone; without it only that it is leased is asked for.
   */
  complete(results: readonly DeliveryResult[], owner?: string): Promise<void>;
  /** Gives leases back unused (breaker opened, shutdown, a mailbox's rate); no attempt is counted. */
  release(leases: readonly UnusedLease[], owner?: string): Promise<void>;
  /** Leases that ran out, and all of `owner`'s when one is named, are free again. Returns how many. Looks at all that waits. */
  reclaim(now: Instant, owner?: string): Promise<number>;
  /** When the next delivery is due; null when none waits. */
  nextDue(): Promise<Instant | null>;
}

/** `NOTIFY` is a hint; a slow poll is the truth. */
export type Signal =
  | { readonly channel: 'deliveries' }
  | { readonly channel: 'snapshot' }
  | {
      readonly channel: 'mailbox';
      readonly organisationId: string;
      readonly userIds: readonly string[];
    };

export interface Database {
  /** One transaction, scoped to one organisation (invariant 8). Rolls back when `work` throws. */
  withinOrganisation<T>(
    organisationId: string,
    work: (repositories: OrganisationRepositories) => Promise<T>,
  ): Promise<T>;
  /** One transaction across organisations, for queues and for finding out who someone is. */
  acrossOrganisations<T>(work: (repositories: SystemRepositories) => Promise<T>): Promise<T>;
  /** Calls back for each signal; reconnects by itself. Returns how to stop. */
  listen(heard: (signal: Signal) => void): Promise<() => Promise<void>>;
  /** Throws `DatabaseUnavailableError` when it does not answer. */
  ping(): Promise<void>;
}

export class DatabaseUnavailableError extends Error {
  constructor(cause: unknown) {
    super('The database does not answer', { cause });
    this.name = 'DatabaseUnavailableError';
  }
}
