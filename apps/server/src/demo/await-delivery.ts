import { readLedger, type Ports } from '@holdfast/application';
import { OPEN_STATES, type Ledger } from '@holdfast/domain';
import { setTimeout as wait } from 'node:timers/promises';

/** The start goes on after that, whatever still waits. Unit: milliseconds. */
const PATIENCE = 30_000;
const PAUSE = 250;

/**
 * Until thirty days of sample mail are where they belong: the first page that somebody opens must not speak of mail that
 * has waited for weeks.
 */
export async function awaitDelivery(ports: Ports, signal: AbortSignal): Promise<void> {
  const until = performance.now() + PATIENCE;
  while (!signal.aborted && performance.now() < until && (await isUnderWay(ports))) {
    await wait(PAUSE, undefined, { signal }).catch(() => undefined);
  }
}

async function isUnderWay(ports: Ports): Promise<boolean> {
  const organisations = await ports.database.acrossOrganisations((system) =>
    system.organisations(),
  );
  for (const { id } of organisations) {
    const { inbound, outbound } = await readLedger(ports, id);
    if (isOpen(inbound) || isOpen(outbound)) return true;
  }
  return false;
}

function isOpen({ waitingForIngest, open }: Ledger): boolean {
  return waitingForIngest > 0 || OPEN_STATES.some((state) => open[state] > 0);
}
