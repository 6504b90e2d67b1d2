import { decideDkimState } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { OutboundReading } from '../records/organisation.ts';
import type { KeyCheck } from './ask-outbound.ts';

/**
 * Keeps what DNS said; inside the caller's transaction. Once a newer key is seen the ones before it are retired: what
 * they have signed verifies for as long as their record stays, and nothing more is signed with them.
 */
export async function saveOutbound(
  ports: Ports,
  r: OrganisationRepositories,
  actor: Actor,
  domain: string,
  found: {
    readonly askedAt: number;
    readonly reading: Omit<OutboundReading, 'checkedAt'>;
    readonly keys: readonly KeyCheck[];
  },
): Promise<void> {
  const at = found.askedAt;
  await r.domains.saveOutbound(domain, { ...found.reading, checkedAt: at });
  const before = await r.domainKeys.ofDomain(domain);
  for (const { selector, texts, checkDetail } of found.keys) {
    const known = before.find((key) => key.selector === selector);
    // A check that began before another one retired the key says nothing any more.
    if (known === undefined || known.retiredAt !== null) continue;
    const state =
      texts === null ? known.state : decideDkimState(known.state, known.publicKey, texts);
    await r.domainKeys.saveCheck(domain, selector, { state, checkDetail, checkedAt: at });
    if (known.state !== state) {
      const change = { selector, from: known.state, to: state };
      await r.audit.append(auditEntry(ports, actor, 'domain.key-state-changed', domain, change));
    }
  }
  const after = await r.domainKeys.ofDomain(domain);
  const newest = after.findIndex((key) => key.state === 'correct' && key.retiredAt === null);
  if (newest === -1) return;
  const replaced = after
    .slice(newest + 1)
    .filter((key) => key.retiredAt === null)
    .map((key) => key.selector);
  if (replaced.length === 0) return;
  await r.domainKeys.retire(domain, replaced, ports.clock.now());
  await r.audit.append(
    auditEntry(ports, actor, 'domain.key-retired', domain, { selectors: replaced }),
  );
}
