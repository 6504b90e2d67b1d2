import { decideDomainState, type DomainSetupState, type MxObservation } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { DnsAnswer } from '../ports/dns.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import type { DomainRecord } from '../records/organisation.ts';
import { askKeys, askOutbound } from './ask-outbound.ts';
import { findProtectableDomain } from './find-domain.ts';
import { saveOutbound } from './save-outbound.ts';
import { ensureSigningKey } from './signing-keys.ts';

/**
 * Asks DNS for the domain's MX, and for what recipients would find of mail that leaves under its name, and keeps what it
 * said. Without an answer the state stays as it was and the detail says so. The first look makes the signing key.
 * Refuses: `domains.unknown`, `domains.initial`.
 */
export async function checkDomain(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string },
): Promise<DomainRecord> {
  const { organisationId } = actor;
  await ports.database.withinOrganisation(organisationId, (r) =>
    findProtectableDomain(r, input.name),
  );
  await ensureSigningKey(ports, actor, input.name);
  const { domain, keys } = await ports.database.withinOrganisation(organisationId, async (r) => ({
    domain: await findProtectableDomain(r, input.name),
    keys: await r.domainKeys.ofDomain(input.name),
  }));
  const askedAt = ports.clock.now();
  const [mx, reading, keyChecks] = await Promise.all([
    ports.dns.mx(input.name),
    askOutbound(ports, domain),
    askKeys(ports, input.name, keys),
  ]);
  return ports.database.withinOrganisation(organisationId, async (r) => {
    // A look that began later and is stored already knows better: DNS may have changed in between.
    await r.organisation.lock();
    const stored = await findProtectableDomain(r, input.name);
    if (stored.checkedAt !== null && stored.checkedAt > askedAt) return stored;
    await saveMx(ports, r, actor, input.name, { answer: mx, askedAt });
    await saveOutbound(ports, r, actor, input.name, { askedAt, reading, keys: keyChecks });
    const after = await r.domains.get(input.name);
    if (after === null) throw new Refusal('domains.unknown', `${input.name} is gone.`);
    return after;
  });
}

async function saveMx(
  ports: Ports,
  r: OrganisationRepositories,
  actor: Actor,
  name: string,
  { answer, askedAt }: { readonly answer: DnsAnswer<MxObservation>; readonly askedAt: number },
): Promise<void> {
  // Read again after the question: the filter mode decides what is right, and it may have changed.
  const before = await findProtectableDomain(r, name);
  const observed = observe(before, answer);
  const state: DomainSetupState =
    observed === null
      ? before.state
      : decideDomainState(
          before.state,
          {
            ourHosts: ports.settings.ourHosts,
            filterMode: before.filterMode,
            tenantHosts: before.tenantMx.map((mx) => mx.exchange),
          },
          observed,
        );
  await r.domains.saveObservation(name, {
    state,
    observedMx: observed?.records ?? before.observedMx,
    observedTtl: observed === null ? before.observedTtl : observed.ttl,
    checkedAt: askedAt,
    checkDetail: answer.ok ? null : detailOf(answer),
  });
  if (state === before.state) return;
  await r.audit.append(
    auditEntry(ports, actor, 'domain.state-changed', name, {
      from: before.state,
      to: state,
      mx: observed?.records.map((record) => record.exchange) ?? [],
    }),
  );
}

/** Null: nothing can be concluded. */
function observe(domain: DomainRecord, answer: DnsAnswer<MxObservation>): MxObservation | null {
  if (answer.ok) return answer.value;
  switch (answer.failure) {
    case 'absent':
      return { records: [], ttl: domain.observedTtl };
    case 'unavailable':
      return null;
  }
}

function detailOf(answer: Extract<DnsAnswer<MxObservation>, { ok: false }>): string {
  switch (answer.failure) {
    case 'absent':
      return 'DNS has no MX record for this domain.';
    case 'unavailable':
      return `DNS did not answer, so nothing is known newly: ${answer.detail}`;
  }
}
