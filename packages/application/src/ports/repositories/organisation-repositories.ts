import type { JobSender } from '../../jobs.ts';
import type { QueueRepository, TraceRepository } from '../queue.ts';
import type { Signal } from '../signal.ts';
import type { AccountRepository } from './account-repository.ts';
import type { AuditRepository } from './audit-repository.ts';
import type { ChannelRepository } from './channel-repository.ts';
import type { ConnectionRepository } from './connection-repository.ts';
import type { CutOverRepository } from './cut-over-repository.ts';
import type { DirectoryRepository } from './directory-repository.ts';
import type { DomainKeyRepository } from './domain-key-repository.ts';
import type { DomainRepository } from './domain-repository.ts';
import type { DomainWatchRepository } from './domain-watch-repository.ts';
import type { EventRepository } from './event-repository.ts';
import type { HealthRepository } from './health-repository.ts';
import type { InfoRequestRepository } from './info-request-repository.ts';
import type { ListCopyRepository } from './list-copy-repository.ts';
import type { ListRepository } from './list-repository.ts';
import type { MailFlowRepository } from './mail-flow-repository.ts';
import type { MailboxCopyRepository } from './mailbox-copy-repository.ts';
import type { MailboxRepository } from './mailbox-repository.ts';
import type { MessageRepository } from './message-repository.ts';
import type { NoticeRepository } from './notice-repository.ts';
import type { OrganisationRepository } from './organisation-repository.ts';
import type { PutBackRepository } from './put-back-repository.ts';
import type { SyncRunRepository } from './sync-run-repository.ts';
import type { UploadRepository } from './upload-repository.ts';

/** Everything of one organisation, inside one transaction, under forced row-level security. */
export interface OrganisationRepositories {
  readonly organisation: OrganisationRepository;
  readonly connection: ConnectionRepository;
  readonly domains: DomainRepository;
  readonly domainKeys: DomainKeyRepository;
  readonly cutOvers: CutOverRepository;
  readonly domainWatch: DomainWatchRepository;
  readonly directory: DirectoryRepository;
  readonly syncRuns: SyncRunRepository;
  readonly channels: ChannelRepository;
  readonly infoRequests: InfoRequestRepository;
  readonly events: EventRepository;
  readonly notices: NoticeRepository;
  readonly lists: ListRepository;
  readonly listCopies: ListCopyRepository;
  readonly mailbox: MailboxRepository;
  readonly copies: MailboxCopyRepository;
  readonly putBack: PutBackRepository;
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
