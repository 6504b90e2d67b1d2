import type { Ports } from '@holdfast/application';
import { exchangeSide, openDomainAlerts } from '../composition/metrics.ts';
import { runLoop, type Loop } from './loop.ts';

/** How often figures are brought up to date. Unit: milliseconds. */
const PAUSE = 15_000;
const LEVELS = ['problem', 'attention'] as const;
const ESTABLISHED = ['yes', 'no', 'attested', 'unknown'] as const;

/** What a monitor should see of each organisation's domains and of its side in Office 365. */
export function tenantFigures(ports: Ports): Loop {
  return runLoop({
    name: 'tenant figures',
    pause: PAUSE,
    log: ports.log,
    turn: async () => {
      await setTenantFigures(ports);
      return false;
    },
  });
}

export async function setTenantFigures(ports: Pick<Ports, 'database'>): Promise<void> {
  const organisations = await ports.database.acrossOrganisations((system) =>
    system.organisations(),
  );
  const installed = organisations.filter(({ installedAt }) => installedAt !== null);
  const readings = await Promise.all(
    installed.map(async ({ id }) => ({
      organisation: id,
      ...(await ports.database.withinOrganisation(id, async ({ domainWatch, exchange }) => ({
        alerts: await domainWatch.openAlerts(),
        check: (await exchange.side()).check,
      }))),
    })),
  );
  // Whoever has left must not stay in the figures.
  openDomainAlerts.reset();
  exchangeSide.reset();
  for (const { organisation, alerts, check } of readings) {
    for (const level of LEVELS) {
      const open = alerts.filter((alert) => alert.level === level).length;
      openDomainAlerts.set({ organisation, level }, open);
    }
    const stands = check?.established ?? 'unknown';
    for (const established of ESTABLISHED) {
      exchangeSide.set({ organisation, established }, established === stands ? 1 : 0);
    }
  }
}
