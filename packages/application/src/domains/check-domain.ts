import { decideDomainState, type DomainSetupState, type MxObservation } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { DnsAnswer } from '../ports/dns.ts';
import { Refusal } from '../refusal.ts';
import type { DomainRecord } from '../records/organisation.ts';
import { findProtectableDomain } from './find-domain.ts';

/**
 * Asks DNS for the domain's MX now and keeps what it said. Without an answer the state stays as it was and the detail
 * says so. Refuses: `domains.unknown`, `domains.initial`.
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
  const answer = await ports.dns.mx(input.name);
  return ports.database.withinOrganisation(organisationId, async (r) => {
    // Read again after the question: the filter mode decides what is right, and it may have changed.
    const before = await findProtectableDomain(r, input.name);
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
    await r.domains.saveObservation(input.name, {
      state,
      observedMx: observed?.records ?? before.observedMx,
      observedTtl: observed === null ? before.observedTtl : observed.ttl,
      checkedAt: ports.clock.now(),
      checkDetail: answer.ok ? null : detailOf(answer),
    });
    if (state !== before.state) {
      await r.audit.append(
        auditEntry(ports, actor, 'domain.state-changed', input.name, {
          from: before.state,
          to: state,
          mx: observed?.records.map((record) => record.exchange) ?? [],
        }),
      );
    }
    const after = await r.domains.get(input.name);
    if (after === null) throw new Refusal('domains.unknown', `${input.name} is gone.`);
    return after;
  });
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
