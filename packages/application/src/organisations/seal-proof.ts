import type { Instant } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { ApplicationProof } from '../ports/office365/tenant-credentials.ts';
import type { SealedProof } from '../records/organisation.ts';
import { Refusal } from '../refusal.ts';

/** Seals what proves the application, for one use. Refuses: `input.invalid` for a certificate that Entra ID cannot take. */
export function sealProof(
  { secrets, certificates, clock }: Pick<Ports, 'secrets' | 'certificates' | 'clock'>,
  context: string,
  proof: ApplicationProof,
  secretExpiresAt: Instant | null,
): SealedProof {
  if (proof.kind === 'secret')
    return {
      kind: 'secret',
      sealed: secrets.seal(proof.secret, context),
      expiresAt: secretExpiresAt,
    };
  const { privateKey, certificate } = proof;
  const reading = certificates.read({ privateKey, certificate });
  if (!reading.ok)
    throw new Refusal('input.invalid', reading.why, { [reading.field]: reading.why });
  const expiresAt = reading.facts.notAfter;
  if (expiresAt <= clock.now()) {
    const why = 'This certificate has expired.';
    throw new Refusal('input.invalid', why, { certificate: why });
  }
  return { kind: 'certificate', sealed: secrets.seal(privateKey, context), certificate, expiresAt };
}

export function openProof(
  { secrets }: Pick<Ports, 'secrets'>,
  context: string,
  proof: SealedProof,
): ApplicationProof {
  const opened = secrets.open(proof.sealed, context);
  return proof.kind === 'secret'
    ? { kind: 'secret', secret: opened }
    : { kind: 'certificate', privateKey: opened, certificate: proof.certificate };
}
