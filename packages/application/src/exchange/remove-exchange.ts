import { exchangeTag, planRemoval, stepWords, type ExchangeStep } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { carryOut } from './apply-exchange.ts';
import { ownedOf } from './desired-exchange.ts';

export interface RemovedExchange {
  readonly steps: readonly ExchangeStep[];
  /** Nothing of ours is left there, as far as we may look. */
  readonly complete: boolean;
}

/**
 * Takes away what is ours on the Office 365 side and nothing else; harmless when repeated. Whether mail may do without
 * it is the caller's to decide. Throws `TenantError`; refuses: `connection.missing`.
 */
export async function removeExchange(ports: Ports, actor: Actor): Promise<RemovedExchange> {
  const { organisationId } = actor;
  const tag = exchangeTag(organisationId);
  const before = await ports.database.withinOrganisation(organisationId, (r) =>
    r.exchange.changes(),
  );
  const { steps, after } = await carryOut(ports, actor, {
    kind: 'remove',
    tag,
    owned: ownedOf(before),
  });
  return ports.database.withinOrganisation(organisationId, async (r) => {
    const left = planRemoval(after.state, tag, ownedOf(await r.exchange.changes()));
    const complete = left.steps.length === 0 && left.findings.length === 0;
    // From here on nothing is missing there: it was taken away on purpose.
    await r.exchange.saveSide({ check: null, establishedAt: null });
    await r.audit.append(
      auditEntry(ports, actor, 'exchange.removed', `${steps.length} changes`, {
        changes: steps.map((step) => stepWords(step).title),
        complete,
      }),
    );
    return { steps, complete };
  });
}
