/**
 * The mail adapter: SMTP reception, spool and message store, snapshot file, sender authentication, signing, relay and
 * DNS, each behind a port of the application; MIME is an entry of its own (`/format`), which mx never loads. It must never decide what happens to a message (policies and use cases do),
 * never change the bytes of one after reception, and never need a database.
 */
export { createSenderAuthenticator } from './authentication/sender-authenticator.ts';
export type {
  RunningAuthenticator,
  SenderAuthenticatorOptions,
} from './authentication/sender-authenticator.ts';
export { createClamdFilter } from './filter/clamd-filter.ts';
export type { ClamdAddress, ClamdOptions } from './filter/clamd-filter.ts';
export { createRspamdFilter } from './filter/rspamd-filter.ts';
export type { RspamdOptions } from './filter/rspamd-filter.ts';
export { createDnsLookup } from './dns/dns-lookup.ts';
export type { DnsLookupOptions, HostLookup } from './dns/dns-lookup.ts';
export { createLiveDns } from './dns/live-dns.ts';
export type { LiveDnsOptions } from './dns/live-dns.ts';
export { createCertificateSource } from './reception/certificate-source.ts';
export type { CertificateFiles, CertificateSource } from './reception/certificate-source.ts';
export { createSmtpReception, PortInUseError } from './reception/smtp-reception.ts';
export type { ReceptionLimits, SmtpReceptionOptions } from './reception/smtp-reception.ts';
export { createRelayTransport } from './relay/relay-transport.ts';
export type { RelayTransportOptions } from './relay/relay-transport.ts';
export type { RelayTimeouts } from './relay/smtp-session.ts';
export { createMessageSigner } from './signing/message-signer.ts';
export { createSenderPolicy } from './signing/sender-policy.ts';
export type { SenderPolicyOptions } from './signing/sender-policy.ts';
export { createOwnCertificates } from './transport-policies/own-certificate.ts';
export { createPolicyHost } from './transport-policies/policy-host.ts';
export type { PolicyHostOptions } from './transport-policies/policy-host.ts';
export { createSnapshotStore } from './snapshot/snapshot-store.ts';
export type { SnapshotStoreOptions } from './snapshot/snapshot-store.ts';
export { createCopySpool } from './spool/copy-spool.ts';
export { nodeFileSystem } from './spool/file-system.ts';
export type { SpoolFile, SpoolFileSystem } from './spool/file-system.ts';
export { auditSpool, segmentSizes } from './spool/audit.ts';
export type { OrphanBody, SpoolAudit, SpoolAuditPlace } from './spool/audit.ts';
export { createSpoolHousekeeping } from './spool/housekeeping.ts';
export type { SpoolHousekeepingOptions } from './spool/housekeeping.ts';
export { createMessageErasure } from './spool/message-erasure.ts';
export { createLocalMessageStore } from './spool/message-store.ts';
export type { LocalMessageStoreOptions } from './spool/message-store.ts';
export { createSpoolReader } from './spool/reader.ts';
export type { SpoolReaderOptions } from './spool/reader.ts';
export { watchSpool } from './spool/watch-spool.ts';
export type { SpoolWatch, SpoolWatchOptions } from './spool/watch-spool.ts';
export { createSpoolWriter, DISK_RESERVE_INODES, markInstanceClosed } from './spool/writer.ts';
export type { SpoolWriterOptions } from './spool/writer.ts';
