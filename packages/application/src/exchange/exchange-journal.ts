import type { ExchangeStep } from '@holdfast/domain';
import { actorName, type Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { ExchangeJournal } from '../ports/office365/exchange-administration.ts';

/**
 * Writes each step down before it is taken, in a transaction of its own: should this process end in between, what was
 * intended counts as ours and is looked for at removal.
 */
export function exchangeJournal(
  ports: Pick<Ports, 'database' | 'identifiers' | 'clock'>,
  actor: Actor,
): ExchangeJournal {
  const ids = new Map<ExchangeStep, string>();
  return async (step, state) => {
    const id = ids.get(step) ?? ports.identifiers.uuid();
    ids.set(step, id);
    await ports.database.withinOrganisation(actor.organisationId, (r) =>
      r.exchange.saveChange({
        id,
        at: ports.clock.now(),
        actor: actorName(actor),
        way: 'directly',
        state,
        step,
      }),
    );
  };
}
