import {
  decideDomainState,
  everyValue,
  leavesOnPurpose,
  silenceOf,
  type DnsReading,
  type DomainSetupState,
  type MxObservation,
  type MxRecord,
} from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import type { DomainRecord } from '../records/organisation.ts';
import { askKeys, askOutbound } from './ask-outbound.ts';
import { askRecords } from './ask-records.ts';
import { findProtectableDomain } from './find-domain.ts';
import { rememberedDns } from './remembered-dns.ts';
import { saveOutbound } from './save-outbound.ts';
import { saveReport } from './save-report.ts';
import { ensureSigningKey } from './signing-keys.ts';

/**
 * Asks DNS for everything that mail to and from the domain depends on, keeps what it said, and raises what has changed. Without an answer the state stays as it was and the detail says so. The first look makes the signing key.
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
  const dns = rememberedDns(ports.dns);
  const [records, keyChecks] = await Promise.all([
    askRecords(ports, dns, input.name),
    askKeys(dns, input.name, keys),
  ]);
  const { reading, spf } = await askOutbound(ports, domain, records);
  return ports.database.withinOrganisation(organisationId, async (r) => {
    // A look that began later and is stored already knows better: DNS may have changed in between.
    await r.organisation.lock();
    const stored = await findProtectableDomain(r, input.name);
    if (stored.checkedAt !== null && stored.checkedAt > askedAt) return stored;
    await saveMx(ports, r, actor, input.name, { reading: records.mx, askedAt });
    await saveOutbound(ports, r, actor, input.name, { askedAt, reading, keys: keyChecks });
    await saveReport(ports, r, actor, input.name, { askedAt, records, spf, keyChecks });
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
  { reading, askedAt }: { readonly reading: DnsReading<MxRecord>; readonly askedAt: number },
): Promise<void> {
  // Read again after the question: the filter mode decides what is right, and it may have changed.
  const before = await findProtectableDomain(r, name);
  const observed = observe(before, reading);
  const leaves = leavesOnPurpose((await r.cutOvers.get(name)).state);
  const state: DomainSetupState =
    observed === null
      ? before.state
      : decideDomainState(
          leaves ? 'unchecked' : before.state,
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
    checkDetail: detailOf(reading),
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

/** Null: nothing can be concluded. While resolvers differ, senders go to what any of them says. */
function observe(domain: DomainRecord, reading: DnsReading<MxRecord>): MxObservation | null {
  switch (reading.known) {
    case 'found': {
      const records = everyValue(reading).toSorted((a, b) => a.preference - b.preference);
      return { records, ttl: reading.ttl };
    }
    case 'absent':
      return { records: everyValue(reading), ttl: domain.observedTtl };
    case 'unknown':
      return null;
  }
}

function detailOf(reading: DnsReading<MxRecord>): string | null {
  switch (reading.known) {
    case 'found':
      return null;
    case 'absent':
      return 'DNS has no MX record for this domain.';
    case 'unknown':
      return `DNS did not answer, so nothing is known newly: ${silenceOf(reading)}`;
  }
}
