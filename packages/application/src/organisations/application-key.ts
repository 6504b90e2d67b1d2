import { DAY, type Instant } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { ApplicationProof } from '../ports/office365/tenant-credentials.ts';
import { Refusal } from '../refusal.ts';

/** How long a certificate that is made here is valid. */
const VALID_FOR = 365 * DAY;

/** What an administrator registers in Entra ID; the key never leaves. */
export interface WaitingKey {
  readonly certificate: string;
  readonly thumbprint: string;
  readonly expiresAt: Instant;
}

function sealContext(organisationId: string): string {
  return `application-key:${organisationId}`;
}

/** Makes a key and its certificate, in the place of one that was not used. */
export async function createApplicationKey(ports: Ports, actor: Actor): Promise<WaitingKey> {
  const { organisationId } = actor;
  const createdAt = ports.clock.now();
  const expiresAt = createdAt + VALID_FOR;
  const { name } = await ports.database.withinOrganisation(organisationId, (r) =>
    r.organisation.get(),
  );
  // A plain common name: Entra ID shows it beside the thumbprint.
  const made = await ports.certificates.create(`Holdfast for ${plain(name)}`, expiresAt);
  const reading = ports.certificates.read(made);
  if (!reading.ok) throw new Error(`The certificate that was made cannot be used: ${reading.why}`);
  const { thumbprint } = reading.facts;
  const { certificate } = made;
  const sealedPrivateKey = ports.secrets.seal(made.privateKey, sealContext(organisationId));
  await ports.database.withinOrganisation(organisationId, async (r) => {
    await r.connection.saveWaitingKey({ sealedPrivateKey, certificate, createdAt, expiresAt });
    await r.audit.append(auditEntry(ports, actor, 'connection.key-made', thumbprint));
  });
  return { certificate, thumbprint, expiresAt };
}

/** The certificate that waits to be registered; null without one. */
export async function readWaitingKey(
  ports: Pick<Ports, 'database' | 'secrets' | 'certificates'>,
  organisationId: string,
): Promise<WaitingKey | null> {
  const proof = await waitingProof(ports, organisationId);
  if (proof === null) return null;
  const reading = ports.certificates.read(proof);
  if (!reading.ok) return null;
  const { thumbprint, notAfter } = reading.facts;
  return { certificate: proof.certificate, thumbprint, expiresAt: notAfter };
}

/** The proof to connect with. Refuses: `input.invalid` when none waits. */
export async function requireWaitingProof(
  ports: Pick<Ports, 'database' | 'secrets'>,
  organisationId: string,
): Promise<ApplicationProof> {
  const proof = await waitingProof(ports, organisationId);
  if (proof !== null) return proof;
  throw new Refusal('input.invalid', 'No certificate waits to be used. Make one first.');
}

async function waitingProof(
  { database, secrets }: Pick<Ports, 'database' | 'secrets'>,
  organisationId: string,
): Promise<Extract<ApplicationProof, { readonly kind: 'certificate' }> | null> {
  const key = await database.withinOrganisation(organisationId, (r) => r.connection.waitingKey());
  if (key === null) return null;
  const privateKey = secrets.open(key.sealedPrivateKey, sealContext(organisationId));
  return { kind: 'certificate', privateKey, certificate: key.certificate };
}

function plain(name: string): string {
  return name
    .replaceAll(/[^\p{L}\p{N} .-]/gu, ' ')
    .trim()
    .slice(0, 40);
}
