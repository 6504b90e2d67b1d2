import { existsSync, writeFileSync } from 'node:fs';
import type { Configuration } from '../configuration/read-configuration.ts';
import type { DataPaths } from './data-directory.ts';

export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/**
 * The MX certificate: the configured one, else the self-signed one of the data directory. Senders that use opportunistic
 * TLS take it; those with MTA-STS or DANE need a real one.
 */
export function mxCertificate(configuration: Configuration, paths: DataPaths): CertificateFiles {
  if (configuration.tlsCertificate !== null && configuration.tlsKey !== null) {
    return { certificate: configuration.tlsCertificate, key: configuration.tlsKey };
  }
  return { certificate: paths.certificate, key: paths.certificateKey };
}

/** Ten years: nobody verifies it, and an expired one only makes noise. */
const VALID_FOR_DAYS = 3650;

/** Makes the self-signed certificate when none is configured and none is there yet. */
export async function ensureMxCertificate(
  configuration: Configuration,
  paths: DataPaths,
): Promise<void> {
  const files = mxCertificate(configuration, paths);
  if (existsSync(files.certificate) && existsSync(files.key)) return;
  if (configuration.tlsCertificate !== null) {
    throw new Error(`HOLDFAST_TLS_CERT names ${files.certificate}, which cannot be read.`);
  }
  const { generate } = await import('selfsigned');
  const name = configuration.mxHostnames[0] ?? 'localhost';
  const notAfterDate = new Date(Date.now() + VALID_FOR_DAYS * 86_400_000);
  const made = await generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    algorithm: 'sha256',
    notAfterDate,
  });
  writeFileSync(files.key, made.private, { mode: 0o600 });
  writeFileSync(files.certificate, made.cert, { mode: 0o600 });
}
