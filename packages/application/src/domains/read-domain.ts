import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { DomainAlertRecord, DomainObservation } from '../records/domain-report.ts';
import type { DomainKeyRecord, DomainRecord } from '../records/organisation.ts';
import { Refusal } from '../refusal.ts';

/** Observations that are shown of one domain: more is for the database. */
const HISTORY_SHOWN = 100;

export interface DomainSetup {
  readonly domain: DomainRecord;
  /** Newest first. */
  readonly keys: readonly DomainKeyRecord[];
  /** What has changed in DNS and is not mended, the longest first. */
  readonly alerts: readonly DomainAlertRecord[];
}

/** Every domain of the tenant with its signing keys and alerts. */
export async function listDomainSetups(
  ports: Ports,
  actor: Actor,
): Promise<readonly DomainSetup[]> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const keys = Map.groupBy(await r.domainKeys.all(), (key) => key.domain);
    const alerts = Map.groupBy(await r.domainWatch.openAlerts(), (alert) => alert.domain);
    return (await r.domains.list()).map((domain) => ({
      domain,
      keys: keys.get(domain.name) ?? [],
      alerts: alerts.get(domain.name) ?? [],
    }));
  });
}

/** One of them. Refuses: `domains.unknown`. */
export async function readDomainSetup(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string },
): Promise<DomainSetup> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const domain = await r.domains.get(input.name);
    if (domain === null) throw new Refusal('domains.unknown', `${input.name} is gone.`);
    return {
      domain,
      keys: await r.domainKeys.ofDomain(input.name),
      alerts: await r.domainWatch.openAlerts(input.name),
    };
  });
}

/** What was seen of it in the last 90 days, newest first. Refuses: `domains.unknown`. */
export async function readDomainHistory(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string },
): Promise<readonly DomainObservation[]> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    if ((await r.domains.get(input.name)) === null) {
      throw new Refusal('domains.unknown', `${input.name} is gone.`);
    }
    return r.domainWatch.history(input.name, HISTORY_SHOWN);
  });
}
