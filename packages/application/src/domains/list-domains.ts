import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { DomainKeyRecord, DomainRecord } from '../records/organisation.ts';
import { Refusal } from '../refusal.ts';

/** Every domain of the tenant with what was last seen in DNS. */
export async function listDomains(ports: Ports, actor: Actor): Promise<readonly DomainRecord[]> {
  return ports.database.withinOrganisation(actor.organisationId, (r) => r.domains.list());
}

export interface DomainSetup {
  readonly domain: DomainRecord;
  /** Newest first. */
  readonly keys: readonly DomainKeyRecord[];
}

/** The same with the signing keys. */
export async function listDomainSetups(
  ports: Ports,
  actor: Actor,
): Promise<readonly DomainSetup[]> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const keys = Map.groupBy(await r.domainKeys.all(), (key) => key.domain);
    return (await r.domains.list()).map((domain) => ({
      domain,
      keys: keys.get(domain.name) ?? [],
    }));
  });
}

/** One domain with its signing keys. Refuses: `domains.unknown`. */
export async function readDomainSetup(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string },
): Promise<DomainSetup> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const domain = await r.domains.get(input.name);
    if (domain === null) throw new Refusal('domains.unknown', `${input.name} is gone.`);
    return { domain, keys: await r.domainKeys.ofDomain(input.name) };
  });
}
