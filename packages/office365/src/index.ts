/**
 * Office 365 for Holdfast: directory and health over Microsoft Graph, filter lists over Exchange's cmdlets, Sent Items
 * at recovery. Plain `fetch`; all addresses are configuration. It must never be needed to accept mail or to sign in to
 * an emergency mailbox, never follow a link outside of the configured bases, and never log a token or a secret.
 */
export { createApplicationCertificates } from './sign-in/application-certificates.ts';
export { createExchangeScripts, RESULT_MARK } from './exchange/exchange-script.ts';
export { createExchangeAdministration } from './exchange/exchange-administration.ts';
export { createMailboxReading } from './mailbox/mailbox-reading.ts';
export { createMailboxRecovery } from './mailbox/mailbox-recovery.ts';
export {
  DEFAULT_TENANT_LIMITS,
  type TenantAdapterOptions,
  type TenantLimits,
} from './http/options.ts';
export { createSharedTokens } from './sign-in/token-source.ts';
export { createTenantConsent } from './sign-in/tenant-consent.ts';
export { createTenantDirectory } from './directory/tenant-directory.ts';
export { createTenantHealth } from './health/tenant-health.ts';
export { createTenantLists } from './exchange/tenant-lists.ts';
export { createTenantMailbox } from './mailbox/tenant-mailbox.ts';
export { createTenantMessageTrace } from './mailbox/tenant-message-trace.ts';
