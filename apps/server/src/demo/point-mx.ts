import { checkAllDomains, listDomains, type CommandActor, type Ports } from '@holdfast/application';
import { isProtectableDomain } from '@holdfast/domain';

/** Short, as one sets it before a cut-over. Unit: seconds. */
const MX_TTL = 60;

/**
 * Does at the simulated registrar what the customer does at a real one: points the MX records at us, and looks. With
 * `again` only those that pointed here before: the simulator forgets its DNS with every start.
 */
export async function pointMx(
  ports: Ports,
  actor: CommandActor,
  simulatorUrl: string,
  which: 'all' | 'again',
): Promise<void> {
  const domains = (await listDomains(ports, actor)).filter(
    (domain) =>
      isProtectableDomain(domain) &&
      (which === 'all' || domain.state === 'correct' || domain.state === 'drifted'),
  );
  if (domains.length === 0) return;
  const values = ports.settings.ourHosts.map((exchange, position) => {
    return { exchange, preference: 10 * (position + 1) };
  });
  for (const { name } of domains) {
    const answer = await fetch(`${simulatorUrl}/control/dns`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, type: 'MX', ttl: MX_TTL, values }),
    });
    if (!answer.ok)
      throw new Error(`The simulator did not take the MX of ${name}: ${answer.status}`);
  }
  await checkAllDomains(ports, actor);
}
