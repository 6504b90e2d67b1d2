import { readFileSync } from 'node:fs';
import type {
  ApplicationCertificates,
  ApplicationProof,
  Clock,
  Log,
  OwnApplication,
} from '@holdfast/application';
import { parseTiers, PERMISSION_TIERS } from '@holdfast/domain';
import type { Configuration } from '../configuration/read-configuration.ts';

/** Unit: milliseconds. */
const EXPIRY_WARNING = 30 * 86_400_000;

interface OwnApplicationParts {
  readonly certificates: ApplicationCertificates;
  readonly clock: Clock;
  readonly log: Log;
}

/** The applications of Holdfast's own that this installation is configured with. Throws when their files cannot do. */
export function ownApplications(
  configuration: Pick<
    Configuration,
    'applicationIds' | 'applicationCertificate' | 'applicationKey' | 'applicationSecret'
  >,
  { certificates, clock, log }: OwnApplicationParts,
): readonly OwnApplication[] {
  if (configuration.applicationIds.length === 0) return [];
  const proof = readProof(configuration, certificates);
  warnOfExpiry(proof, { certificates, clock, log });
  return configuration.applicationIds.map((part) => {
    const at = part.lastIndexOf('=');
    const tiers = at < 0 ? PERMISSION_TIERS : (parseTiers(part.slice(0, at)) ?? PERMISSION_TIERS);
    return {
      clientId: part
        .slice(at + 1)
        .trim()
        .toLowerCase(),
      tiers,
      proof,
    };
  });
}

function readProof(
  configuration: Pick<
    Configuration,
    'applicationCertificate' | 'applicationKey' | 'applicationSecret'
  >,
  certificates: ApplicationCertificates,
): ApplicationProof {
  const { applicationCertificate, applicationKey, applicationSecret } = configuration;
  if (applicationSecret !== null) return { kind: 'secret', secret: applicationSecret };
  const certificate = readPem('HOLDFAST_APPLICATION_CERT', applicationCertificate);
  const privateKey = readPem('HOLDFAST_APPLICATION_KEY', applicationKey);
  const reading = certificates.read({ privateKey, certificate });
  if (reading.ok) return { kind: 'certificate', privateKey, certificate };
  const name =
    reading.field === 'certificate' ? 'HOLDFAST_APPLICATION_CERT' : 'HOLDFAST_APPLICATION_KEY';
  throw new Error(`${name}: ${reading.why}`);
}

function warnOfExpiry(
  proof: ApplicationProof,
  { certificates, clock, log }: OwnApplicationParts,
): void {
  const reading = proof.kind === 'certificate' ? certificates.read(proof) : null;
  if (reading === null || !reading.ok) return;
  const { notAfter } = reading.facts;
  if (notAfter - clock.now() > EXPIRY_WARNING) return;
  log.warn('the certificate of our own application runs out', {
    setting: 'HOLDFAST_APPLICATION_CERT',
    validUntil: new Date(notAfter).toISOString(),
  });
}

function readPem(name: string, file: string | null): string {
  try {
    return readFileSync(file ?? '', 'utf8');
  } catch {
    throw new Error(`${name} names ${file ?? 'no file'}, which cannot be read.`);
  }
}
