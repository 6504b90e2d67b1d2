import type { OwnCertificate, StsFetch } from '@holdfast/domain';

/** The policy file of MTA-STS (RFC 8461 §3.3): over HTTPS, bounded in size and time, without redirects. Never throws. */
export interface PolicyHost {
  fetch(domain: string): Promise<StsFetch>;
}

/** What our own hosts show to senders; null when it lies on another host. */
export interface OwnCertificates {
  read(): Promise<OwnCertificate | null>;
}
