import {
  checkAllDomains,
  listDomainSetups,
  outboundStateOf,
  type CommandActor,
  type DomainSetup,
  type Ports,
} from '@holdfast/application';
import { dkimRecordName, dkimRecordValue, isProtectableDomain } from '@holdfast/domain';

/** Short, as one sets it before a cut-over. Unit: seconds. */
const TTL = 60;

/** Everything here runs on the loopback: the simulated world is told which address each of our hosts would have. */
export async function tellOurAddresses(ports: Ports, simulatorUrl: string): Promise<void> {
  const { ourHosts, ourAddresses } = ports.settings;
  for (const [position, greeting] of ourHosts.entries()) {
    const address = ourAddresses[position] ?? ourAddresses[0];
    if (address !== undefined) await post(simulatorUrl, '/senders', { greeting, address });
  }
}

/**
 * Does at the simulated registrar what the customer does at a real one: points the MX records at us, enters the DKIM
 * record, changes SPF, and looks. With `again` only for domains that pointed here before: the simulator forgets its
 * DNS with every start.
 */
export async function enterRecords(
  ports: Ports,
  actor: CommandActor,
  simulatorUrl: string,
  which: 'all' | 'again',
): Promise<void> {
  const wanted = async (): Promise<readonly DomainSetup[]> =>
    (await listDomainSetups(ports, actor)).filter(
      ({ domain }) => isProtectableDomain(domain) && (which === 'all' || wasRight(domain.state)),
    );
  if ((await wanted()).length === 0) return;
  // The first look makes the keys and finds the SPF record that is there.
  await checkAllDomains(ports, actor);
  for (const setup of await wanted()) await enter(ports, simulatorUrl, setup, which);
  await checkAllDomains(ports, actor);
}

function wasRight(state: string): boolean {
  return state === 'correct' || state === 'drifted';
}

async function enter(
  ports: Ports,
  simulatorUrl: string,
  { domain, keys }: DomainSetup,
  which: 'all' | 'again',
): Promise<void> {
  const { name } = domain;
  await post(simulatorUrl, '/dns', {
    name,
    type: 'MX',
    ttl: TTL,
    values: ports.settings.ourHosts.map((exchange, position) => {
      return { exchange, preference: 10 * (position + 1) };
    }),
  });
  const published = keys.filter(
    (key) => key.retiredAt === null && (which === 'all' || wasRight(key.state)),
  );
  if (published.length === 0) return;
  const text = (at: string, value: string): Promise<void> =>
    post(simulatorUrl, '/dns', { name: at, type: 'TXT', ttl: TTL, values: [value] });
  for (const key of published) {
    await text(dkimRecordName(key.selector, name), dkimRecordValue(key.publicKey));
  }
  const { spfWanted } = outboundStateOf(ports.settings, domain, keys);
  if (spfWanted !== null) await text(name, spfWanted);
}

async function post(simulatorUrl: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${simulatorUrl}/control${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The simulator did not take ${path}: ${answer.status}`);
}
