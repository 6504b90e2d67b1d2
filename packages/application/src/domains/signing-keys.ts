import { nextSelector } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { SigningKeyPair } from '../ports/outbound-authentication.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DomainKeyRecord } from '../records/organisation.ts';
import { Refusal } from '../refusal.ts';
import { findProtectableDomain } from './find-domain.ts';

/** What mail is signed with: the newest key whose record was seen. Null: mail of the domain leaves unsigned. */
export function signingKeyOf(keys: readonly DomainKeyRecord[]): DomainKeyRecord | null {
  return keys.find((key) => key.state === 'correct' && key.sealedPrivateKey !== null) ?? null;
}

/** The context under which a private key is sealed: it opens for this organisation, domain and selector only. */
export function sealContext(organisationId: string, domain: string, selector: string): string {
  return `dkim:${organisationId}:${domain}:${selector}`;
}

/** Makes the first key of a domain, unless there is one. Two that do so at once leave one key. */
export async function ensureSigningKey(ports: Ports, actor: Actor, domain: string): Promise<void> {
  const known = await ports.database.withinOrganisation(actor.organisationId, (r) =>
    r.domainKeys.ofDomain(domain),
  );
  if (known.length > 0) return;
  const pair = await ports.signer.createKeyPair();
  await ports.database.withinOrganisation(actor.organisationId, (r) =>
    addKey(ports, r, actor, domain, pair, []),
  );
}

/**
 * Makes the next key. It signs as soon as its record is seen; until then the present one does. Refuses:
 * `domains.unknown`, `domains.initial`, `domains.key-waiting` while the newest key has not been seen in DNS.
 */
export async function rotateSigningKey(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string },
): Promise<void> {
  const pair = await ports.signer.createKeyPair();
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    await r.organisation.lock();
    await findProtectableDomain(r, input.name);
    const keys = await r.domainKeys.ofDomain(input.name);
    if (keys[0]?.state !== 'correct') {
      throw new Refusal(
        'domains.key-waiting',
        'The newest key is not published yet. Enter its record and check again before making another.',
      );
    }
    await addKey(ports, r, actor, input.name, pair, keys);
  });
}

async function addKey(
  ports: Ports,
  r: OrganisationRepositories,
  actor: Actor,
  domain: string,
  { privateKey, publicKey }: SigningKeyPair,
  before: readonly DomainKeyRecord[],
): Promise<void> {
  const selector = nextSelector(before.map((key) => key.selector));
  const added = await r.domainKeys.add({
    domain,
    selector,
    publicKey,
    sealedPrivateKey: ports.secrets.seal(
      privateKey,
      sealContext(actor.organisationId, domain, selector),
    ),
    state: 'unchecked',
    checkedAt: null,
    checkDetail: null,
    createdAt: ports.clock.now(),
    retiredAt: null,
  });
  if (added)
    await r.audit.append(auditEntry(ports, actor, 'domain.key-made', domain, { selector }));
}
