import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { ApplicationCertificates, CertificateReading, Clock } from '@holdfast/application';

/** What Entra ID asks of a key at least. Unit: bits. */
const LEAST_KEY_SIZE = 2048;
const KEY_SIZE = 3072;

/** Self-signed certificates do: Entra ID compares what is registered, and asks no authority. */
export function createApplicationCertificates(clock: Clock): ApplicationCertificates {
  return {
    async create(name, validUntil) {
      // A tenth of all modules, which hardly any process needs: loaded when it is.
      const { generate } = await import('selfsigned');
      const made = await generate([{ name: 'commonName', value: name }], {
        keySize: KEY_SIZE,
        algorithm: 'sha256',
        notBeforeDate: new Date(clock.now()),
        notAfterDate: new Date(validUntil),
      });
      return { privateKey: made.private, certificate: made.cert };
    },
    read: readPair,
  };
}

function readPair(pair: {
  readonly privateKey: string;
  readonly certificate: string;
}): CertificateReading {
  const certificate = attempt(() => new X509Certificate(pair.certificate));
  if (certificate === null)
    return no('certificate', 'This is no certificate in PEM form (BEGIN CERTIFICATE).');
  const key = attempt(() => createPrivateKey(pair.privateKey));
  if (key === null)
    return no('privateKey', 'This is no private key in PEM form, or it is locked by a password.');
  if (key.asymmetricKeyType !== 'rsa' || sizeOf(key) < LEAST_KEY_SIZE)
    return no('privateKey', `Entra ID takes RSA keys of ${LEAST_KEY_SIZE} bits or more.`);
  if (!certificate.checkPrivateKey(key))
    return no('privateKey', 'This key does not belong to the certificate.');
  const facts = {
    notBefore: certificate.validFromDate.getTime(),
    notAfter: certificate.validToDate.getTime(),
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
  };
  return { ok: true, facts };
}

function no(field: 'certificate' | 'privateKey', why: string): CertificateReading {
  return { ok: false, field, why };
}

function sizeOf(key: KeyObject): number {
  return key.asymmetricKeyDetails?.modulusLength ?? 0;
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
