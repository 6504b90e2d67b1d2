import { findingWords, stepWords, type AttemptOutcome } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { ExchangeCheck } from '../records/exchange.ts';
import {
  establishedOf,
  readExchangeDifference,
  type ExchangeDifference,
} from './exchange-difference.ts';

/** How long the test session with the tenant's host may take. Unit: milliseconds. */
const SESSION_TIMEOUT = 20_000;

export interface CheckedExchange extends ExchangeDifference {
  readonly check: ExchangeCheck;
  /** What a session with the tenant's own host proves, where Exchange cannot be read; null when it was not tried. */
  readonly outside: { readonly ok: boolean; readonly detail: string } | null;
}

/** Looks again, by Exchange where we may and from outside where not, and keeps what was seen. */
export async function checkExchange(ports: Ports, actor: Actor): Promise<CheckedExchange> {
  const reading = await readExchangeDifference(ports, actor);
  const outside =
    reading.state.connectors === null ? await tryFromOutside(ports, actor.organisationId) : null;
  return keepCheck(ports, actor, reading, outside);
}

export async function keepCheck(
  ports: Ports,
  actor: Actor,
  reading: ExchangeDifference,
  outside: CheckedExchange['outside'],
): Promise<CheckedExchange> {
  // A session that is refused outweighs anybody's word.
  const established = outside?.ok === false ? 'no' : establishedOf(reading);
  const check: ExchangeCheck = {
    at: ports.clock.now(),
    established,
    detail: describe(reading, established, outside),
  };
  const isThere = established === 'yes' || established === 'attested';
  const establishedAt = reading.side.establishedAt ?? (isThere ? check.at : null);
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    await r.exchange.saveSide({ check, establishedAt });
    const step = (await r.organisation.steps()).find((known) => known.step === 'exchange');
    if (!isThere || step?.state !== 'failed') return;
    // What the installation could not do has been done since.
    await r.organisation.saveStep({ ...step, state: 'done', detail: check.detail, at: check.at });
  });
  return { ...reading, side: { ...reading.side, check, establishedAt }, check, outside };
}

function describe(
  { plan, failure, attestation }: ExchangeDifference,
  established: ExchangeCheck['established'],
  outside: CheckedExchange['outside'],
): string {
  switch (established) {
    case 'yes':
      return 'as it should be';
    case 'attested':
      return `${attestation?.by ?? 'an administrator'} says the script was run; Exchange cannot be read${outside === null ? '' : `, and ${outside.detail}`}`;
    case 'unknown':
      return `not known: ${failure ?? 'Exchange cannot be read'} Run the script and confirm it, or give the permission.`;
    case 'no': {
      if (outside?.ok === false) return outside.detail;
      const open = [
        ...plan.findings.filter(({ level }) => level === 'blocks').map(findingWords),
        ...plan.steps.map(stepWords),
      ];
      return open.map(({ title }) => title).join('; ');
    }
  }
}

/**
 * A session with the tenant's host under an address of the tenant's own domain, without a message: a tenant that
 * rejects Direct Send refuses it unless its connector knows us, and one that is locked down for others always does.
 */
async function tryFromOutside(
  ports: Ports,
  organisationId: string,
): Promise<CheckedExchange['outside']> {
  const target = await ports.database.withinOrganisation(organisationId, async (r) => {
    const [user] = await r.directory.protectedUsers();
    const name = user?.primaryAddress.split('@')[1] ?? '';
    const hosts = (await r.domains.get(name))?.tenantMx.map(({ exchange }) => exchange) ?? [];
    return user === undefined || hosts.length === 0
      ? null
      : { recipient: user.primaryAddress, from: `holdfast-probe@${name}`, hosts };
  });
  if (target === null) return null;
  return wordsOf(await ports.relay.probe({ ...target, timeout: SESSION_TIMEOUT }));
}

function wordsOf(outcome: AttemptOutcome): CheckedExchange['outside'] {
  if (outcome.kind !== 'reply') return null;
  const said = `${outcome.code} ${outcome.text}`;
  if (outcome.code < 300) {
    return {
      ok: true,
      detail: 'a test session with Office 365 under your own domain was accepted',
    };
  }
  if (said.includes('5.7.68')) {
    return {
      ok: false,
      detail: `Office 365 does not know us yet: mail under your own domains is refused (${said}). The connector is missing, or lacks one of our addresses.`,
    };
  }
  if (said.includes('5.7.51')) {
    return {
      ok: false,
      detail: `A connector of the tenant refuses mail from us (${said}).`,
    };
  }
  return null;
}
