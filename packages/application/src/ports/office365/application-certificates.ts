import type { Instant } from '@holdfast/domain';

/** What can be told of a certificate without its key. */
export interface CertificateFacts {
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** SHA-1 of its DER form, as Entra's pages show it: 40 hexadecimal digits. */
  readonly thumbprint: string;
}

export type CertificateReading =
  | { readonly ok: true; readonly facts: CertificateFacts }
  /** `why`: a sentence for the one who gave them. */
  | { readonly ok: false; readonly field: 'certificate' | 'privateKey'; readonly why: string };

/** Certificates by which an application signs in at Entra ID. */
export interface ApplicationCertificates {
  /** A new RSA key and a certificate for it that is signed by itself, both PEM. */
  create(
    name: string,
    validUntil: Instant,
  ): Promise<{ readonly privateKey: string; readonly certificate: string }>;
  /** Whether the two belong together and Entra ID can take them; an expired one is read like any other. */
  read(pair: { readonly privateKey: string; readonly certificate: string }): CertificateReading;
}
