import type { Ports } from '@holdfast/application';
import { z } from 'zod';

const applications = z.array(
  z.object({
    clientId: z.string(),
    requested: z.object({ graph: z.array(z.string()), exchange: z.array(z.string()) }),
  }),
);

/**
 * The simulated Entra ID forgets at its end what it was told; the real one does not. What this organisation's connection
 * lives on is told again: the consent to our application, or the certificate of its own.
 */
export async function admitAgain(
  ports: Pick<Ports, 'database'>,
  organisationId: string,
  simulatorUrl: string,
): Promise<void> {
  const connection = await ports.database.withinOrganisation(organisationId, (r) =>
    r.connection.get(),
  );
  if (connection === null) return;
  const base = `${simulatorUrl}/control/applications`;
  const known = applications.parse(await (await fetch(base)).json());
  const found = known.find(({ clientId }) => clientId === connection.clientId);
  if (found === undefined) return;
  const tell = async (what: string, body: object): Promise<void> => {
    const response = await fetch(`${base}/${found.clientId}/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${what}.`);
  };
  if (connection.mode === 'consent') await tell('grant', { granted: found.requested });
  if (connection.proof?.kind === 'certificate')
    await tell('certificates', { certificate: connection.proof.certificate });
}
