import type { JobSender, OrganisationRepositories } from '@holdfast/application';
import { sendSignal } from '../signals.ts';
import type { Transaction } from '../transaction.ts';
import { createAccountChangeRepository } from './account-change-repository.ts';
import { createAdministratorRepository } from './administrator-repository.ts';
import { createAccountRepository } from './account-repository.ts';
import { createAuditRepository } from './audit-repository.ts';
import { createChannelRepository } from './channel-repository.ts';
import { createConnectionRepository } from './connection-repository.ts';
import { createCutOverRepository } from './cut-over-repository.ts';
import { createConsentRepository } from './consent-repository.ts';
import { createDirectoryIntake } from './directory-intake.ts';
import { createDirectoryRepository } from './directory-repository.ts';
import { createDomainKeyRepository } from './domain-key-repository.ts';
import { createDomainRepository } from './domain-repository.ts';
import { createDomainWatchRepository } from './domain-watch-repository.ts';
import { createDraftRepository } from './draft-repository.ts';
import { createDrillRepository } from './drill-repository.ts';
import { createEnteredContactRepository } from './entered-contact-repository.ts';
import { createEventRepository } from './event-repository.ts';
import { createExchangeRepository } from './exchange-repository.ts';
import { createHealthRepository } from './health-repository.ts';
import { createInfoRequestRepository } from './info-request-repository.ts';
import { createListCopyRepository } from './list-copy-repository.ts';
import { createListRepository } from './list-repository.ts';
import { createMailFlowRepository } from './mail-flow-repository.ts';
import { createMailboxCopyRepository } from './mailbox-copy-repository.ts';
import { createMailboxRepository } from './mailbox-repository.ts';
import { createMessageRepository } from './message-repository.ts';
import { createNoticeRepository } from './notice-repository.ts';
import { createOrganisationRepository } from './organisation-repository.ts';
import { createPictureSenderRepository } from './picture-sender-repository.ts';
import { createPushRepository } from './push-repository.ts';
import { createPutBackRepository } from './put-back-repository.ts';
import { createQueueRepository } from './queue-repository.ts';
import { createSignInRepository } from './sign-in-repository.ts';
import { createSyncRunRepository } from './sync-run-repository.ts';
import { createTraceRepository } from './trace-repository.ts';
import { createUploadRepository } from './upload-repository.ts';
import { createWritingSettingsRepository } from './writing-settings-repository.ts';

export function createOrganisationRepositories(
  transaction: Transaction,
  organisationId: string,
  jobs: JobSender,
): OrganisationRepositories {
  return {
    organisation: createOrganisationRepository(transaction, organisationId),
    connection: createConnectionRepository(transaction, organisationId),
    consents: createConsentRepository(transaction, organisationId),
    domains: createDomainRepository(transaction, organisationId),
    domainKeys: createDomainKeyRepository(transaction, organisationId),
    cutOvers: createCutOverRepository(transaction, organisationId),
    domainWatch: createDomainWatchRepository(transaction, organisationId),
    exchange: createExchangeRepository(transaction, organisationId),
    directory: createDirectoryRepository(transaction, organisationId),
    intake: createDirectoryIntake(transaction, organisationId),
    syncRuns: createSyncRunRepository(transaction, organisationId),
    channels: createChannelRepository(transaction, organisationId),
    enteredContacts: createEnteredContactRepository(transaction, organisationId),
    infoRequests: createInfoRequestRepository(transaction, organisationId),
    events: createEventRepository(transaction, organisationId),
    drills: createDrillRepository(transaction, organisationId),
    notices: createNoticeRepository(transaction, organisationId),
    lists: createListRepository(transaction, organisationId),
    listCopies: createListCopyRepository(transaction, organisationId),
    mailbox: createMailboxRepository(transaction, organisationId),
    copies: createMailboxCopyRepository(transaction, organisationId),
    pictureSenders: createPictureSenderRepository(transaction, organisationId),
    push: createPushRepository(transaction, organisationId),
    putBack: createPutBackRepository(transaction, organisationId),
    drafts: createDraftRepository(transaction, organisationId),
    uploads: createUploadRepository(transaction, organisationId),
    writingSettings: createWritingSettingsRepository(transaction, organisationId),
    health: createHealthRepository(transaction, organisationId),
    mailFlow: createMailFlowRepository(transaction, organisationId),
    queue: createQueueRepository(transaction, organisationId),
    traces: createTraceRepository(transaction, organisationId),
    messages: createMessageRepository(transaction, organisationId),
    audit: createAuditRepository(transaction, organisationId),
    accounts: createAccountRepository(transaction, organisationId),
    administrators: createAdministratorRepository(transaction, organisationId),
    accountChanges: createAccountChangeRepository(transaction, organisationId),
    signIn: createSignInRepository(transaction, organisationId),
    jobs,
    notify: (signal) => sendSignal(transaction, signal),
  };
}
