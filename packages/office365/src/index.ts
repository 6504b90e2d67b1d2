/**
 * Office 365 for Holdfast: directory and health over Microsoft Graph, filter lists over Exchange's cmdlets, Sent Items
 * at recovery. Plain `fetch`; all addresses are configuration. It must never be needed to accept mail or to sign in to
 * an emergency mailbox, never follow a link outside of the configured bases, and never log a token or a secret.
 */
export { createApplicationCertificates } from './application-certificates.ts';
export { createExchangeScripts, RESULT_MARK } from './exchange-script.ts';
export { createExchangeAdministration } from './exchange-administration.ts';
export { createMailboxReading } from './mailbox-reading.ts';
export { createMailboxRecovery } from './mailbox-recovery.ts';
export { DEFAULT_TENANT_LIMITS, type TenantAdapterOptions, type TenantLimits } from './options.ts';
export { createSharedTokens } from './token-source.ts';
export { createTenantConsent } from './tenant-consent.ts';
export { createTenantDirectory } from './tenant-directory.ts';
export { createTenantHealth } from './tenant-health.ts';
export { createTenantLists } from './tenant-lists.ts';
export { createTenantMailbox } from './tenant-mailbox.ts';
export { createTenantMessageTrace } from './tenant-message-trace.ts';
