import type { ExchangeFiltering } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { readExchangeDifference, type ExchangeDifference } from './exchange-difference.ts';

/** Chooses who has the last word on spam, and whether our verdict moves mail to Junk. Changes nothing in Office 365 yet. */
export async function chooseExchange(
  ports: Ports,
  actor: Actor,
  input: { readonly filtering: ExchangeFiltering; readonly junkRule: boolean },
): Promise<ExchangeDifference> {
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const { filtering, junkRule } = await r.exchange.side();
    if (filtering === input.filtering && junkRule === input.junkRule) return;
    // What differs from now on waits for this administrator; nobody has changed it there.
    await r.exchange.saveSide({ ...input, check: null, establishedAt: null });
    await r.audit.append(
      auditEntry(ports, actor, 'exchange.chosen', input.filtering, { junkRule: input.junkRule }),
    );
  });
  return readExchangeDifference(ports, actor);
}
