import { checkAllDomains, listDomains, type CommandActor, type Ports } from '@holdfast/application';
import { dkimRecordName, dkimRecordValue, isProtectableDomain } from '@holdfast/domain';

/** Short, as one sets it before a cut-over. Unit: seconds. */
const TTL = 60;

interface Change {
  readonly name: string;
  readonly type: 'MX' | 'TXT';
  readonly values: readonly unknown[];
}

/**
 * Does at the simulated registrar what the customer does at a real one: points the MX records at us, enters the DKIM
 * keys, and looks. With `again` only what was there before: the simulator forgets its DNS with every start.
 */
export async function enterRecords(
  ports: Ports,
  actor: CommandActor,
  simulatorUrl: string,
  which: 'all' | 'again',
): Promise<void> {
  // Makes the keys of domains that have none yet.
  if (which === 'all') await checkAllDomains(ports, actor);
  const changes = [
    ...(await mxRecords(ports, actor, which)),
    ...(await dkimRecords(ports, actor, which)),
  ];
  if (changes.length === 0) return;
  for (const change of changes) await enter(simulatorUrl, change);
  await checkAllDomains(ports, actor);
}

/** It pointed here, or the key was seen in DNS. */
function wasThere(state: string): boolean {
  return state === 'correct' || state === 'drifted';
}

async function mxRecords(
  ports: Ports,
  actor: CommandActor,
  which: 'all' | 'again',
): Promise<readonly Change[]> {
  const values = ports.settings.ourHosts.map((exchange, position) => {
    return { exchange, preference: 10 * (position + 1) };
  });
  return (await listDomains(ports, actor))
    .filter((domain) => isProtectableDomain(domain) && (which === 'all' || wasThere(domain.state)))
    .map(({ name }) => ({ name, type: 'MX', values }));
}

async function dkimRecords(
  ports: Ports,
  actor: CommandActor,
  which: 'all' | 'again',
): Promise<readonly Change[]> {
  const keys = await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const names = (await r.domains.list()).filter(isProtectableDomain).map(({ name }) => name);
    const found = await Promise.all(names.map((name) => r.domainKeys.ofDomain(name)));
    return found.flat();
  });
  return keys
    .filter((key) => key.sealedPrivateKey !== null && (which === 'all' || wasThere(key.state)))
    .map(({ selector, domain, publicKey }) => ({
      name: dkimRecordName(selector, domain),
      type: 'TXT',
      values: [dkimRecordValue(publicKey)],
    }));
}

async function enter(simulatorUrl: string, change: Change): Promise<void> {
  const answer = await fetch(`${simulatorUrl}/control/dns`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...change, ttl: TTL }),
  });
  if (!answer.ok) {
    throw new Error(
      `The simulator did not take the ${change.type} record ${change.name}: ${answer.status}`,
    );
  }
}
