import type { CutOverPolicy, InfoReminderPolicy, Language } from '@holdfast/domain';
import type { Clock } from './ports/clock.ts';
import type { FrontDoor } from './ports/front-door.ts';
import type { CopySpool } from './ports/copy-spool.ts';
import type { Identifiers } from './ports/identifiers.ts';
import type { LiveDns } from './ports/live-dns.ts';
import type { Log } from './ports/log.ts';
import type { MessageFormat } from './ports/message-parser.ts';
import type { NoticeTemplates } from './ports/notice-templates.ts';
import type { MessageSigner, SenderPolicy } from './ports/outbound-authentication.ts';
import type { AlternateEmailSender, PhoneNumbers, SmsSender } from './ports/notifications.ts';
import type { ApplicationCertificates } from './ports/office365/application-certificates.ts';
import type {
  ExchangeAdministration,
  ExchangeExecution,
} from './ports/office365/exchange-administration.ts';
import type { TenantConsent } from './ports/office365/tenant-consent.ts';
import type { TenantDirectory } from './ports/office365/tenant-directory.ts';
import type { TenantHealth } from './ports/office365/tenant-health.ts';
import type { TenantLists } from './ports/office365/tenant-lists.ts';
import type { MailboxReading } from './ports/office365/mailbox-reading.ts';
import type { MailboxRecovery } from './ports/office365/mailbox-recovery.ts';
import type { TenantMailbox } from './ports/office365/tenant-mailbox.ts';
import type { TenantMessageTrace } from './ports/office365/tenant-message-trace.ts';
import type { Database } from './ports/database.ts';
import type { SpokenTexts, VoiceCaller } from './ports/voice.ts';
import type { Passkeys } from './ports/passkeys.ts';
import type { PushService } from './ports/push-service.ts';
import type { RelayTransport } from './ports/relay-transport.ts';
import type { Secrets } from './ports/secrets.ts';
import type { OwnCertificates, PolicyHost } from './ports/transport-policies.ts';
import type { MessageStore, SpoolReader, SpoolWriter } from './ports/spool.ts';

export interface MessageLimits {
  readonly perOrganisation: number;
  readonly perCountry: number;
}

/** Settings that use cases need; the server's configuration module fills them. */
export interface ApplicationSettings {
  /** Public names of our MX hosts, most preferred first. */
  readonly ourHosts: readonly string[];
  /** Addresses and ranges that names of our MX hosts must resolve to; empty: not compared. */
  readonly mxAddresses: readonly string[];
  /** Addresses and ranges we relay from: what the tenant must allow. IPv4, /24–/32. */
  readonly ourAddresses: readonly string[];
  /** Name in the certificate that the relay shows: the tenant's connector knows us by it. Null: by addresses. */
  readonly relayCertificateName: string | null;
  /** Mail to the outside leaves through a smart host, whose addresses we do not know. */
  readonly usesSmartHost: boolean;
  /** Domain whose SPF record lists every address that mail leaves from; null: customers enter ours. */
  readonly spfInclude: string | null;
  /** Milliseconds in which a sent message can be taken back; 0: it leaves at once. */
  readonly undoSend: number;
  readonly adminUrl: string;
  readonly portalUrl: string;
  /** Sender of notices to work addresses, e.g. `no-reply@mx1.holdfast.example`. */
  readonly noticeFrom: string;
  /** Calls and text messages with codes to numbers that are not confirmed, for one organisation within a day. */
  readonly calls: MessageLimits;
  readonly texts: MessageLimits;
  /** Milliseconds between the start of an event and its notices. */
  readonly noticeDelay: number;
  /** A drill that is to last longer is refused. Milliseconds. */
  readonly drillLongest: number;
  readonly drillParticipants: number;
  readonly reminders: InfoReminderPolicy;
  /** How long copies of mail are kept. Milliseconds. */
  readonly copyRetention: number;
  /** Whom to call when this installation itself is down; null: not told. */
  readonly operatorContact: string | null;
  /** Waits of a cut-over and of the way back. */
  readonly cutOver: CutOverPolicy;
  /** Devices may be told of news by their push services. */
  readonly push: boolean;
  /** Origin of a push service of the operator's own, which may be on an inner network; null: there is none. */
  readonly pushTrustedOrigin: string | null;
  readonly demo: boolean;
}

/** What use cases may use. Every use case has the shape `(ports, actor, input) → result`. */
export interface Ports {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly settings: ApplicationSettings;
  readonly database: Database;
  readonly dns: LiveDns;
  readonly policyHost: PolicyHost;
  readonly ownCertificates: OwnCertificates;
  readonly senderPolicy: SenderPolicy;
  readonly signer: MessageSigner;
  readonly certificates: ApplicationCertificates;
  readonly consent: TenantConsent;
  readonly directory: TenantDirectory;
  readonly exchange: ExchangeAdministration;
  /** The same by a script that an administrator runs. */
  readonly exchangeByHand: ExchangeExecution;
  readonly tenantHealth: TenantHealth;
  readonly tenantLists: TenantLists;
  readonly tenantMailbox: TenantMailbox;
  readonly mailboxReading: MailboxReading;
  readonly mailboxRecovery: MailboxRecovery;
  readonly messageTrace: TenantMessageTrace;
  readonly sms: SmsSender;
  readonly voice: VoiceCaller;
  /** What a call says, by the language of whom it is for. */
  readonly spoken: (language: Language) => SpokenTexts;
  readonly alternateEmail: AlternateEmailSender;
  readonly phones: PhoneNumbers;
  readonly push: PushService;
  readonly passkeys: Passkeys;
  /** The words of notices, by the language of whom they go to. */
  readonly templates: (language: Language) => NoticeTemplates;
  readonly format: MessageFormat;
  readonly store: MessageStore;
  /** Counts what was accepted, for the ledger. */
  readonly reader: SpoolReader;
  /** This process's own spool instance: submissions, notices to work addresses, bounces. */
  readonly spool: SpoolWriter;
  /** Only used by the worker: nothing is made of it before the first copy. */
  readonly copySpool: CopySpool;
  readonly relay: RelayTransport;
  /** Our own MX, as the world reaches it. */
  readonly frontDoor: FrontDoor;
}
