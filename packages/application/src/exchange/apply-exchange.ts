import { isEstablished, stepWords, type ExchangeOrder } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import { requireCredentials } from '../organisations/open-credentials.ts';
import type { Ports } from '../ports.ts';
import type { ExchangeOutcome } from '../ports/office365/exchange-administration.ts';
import { keepCheck, type CheckedExchange } from './check-exchange.ts';
import { describeDifference, readExchangeDifference } from './exchange-difference.ts';
import { exchangeJournal } from './exchange-journal.ts';

export interface AppliedExchange extends CheckedExchange {
  /** What was changed, in the order in which it was. */
  readonly done: Extract<ExchangeOutcome, { kind: 'done' }>['steps'];
  readonly warnings: readonly string[];
}

/**
 * Makes the Office 365 side what it shall be, with our permission. What is not ours stays, and every change is written
 * down before it is made. Throws `TenantError`; refuses: `connection.missing`.
 */
export async function applyExchange(ports: Ports, actor: Actor): Promise<AppliedExchange> {
  const before = await readExchangeDifference(ports, actor);
  const { desired, owned } = before;
  const outcome = await carryOut(ports, actor, { kind: 'establish', desired, owned });
  const changes = await ports.database.withinOrganisation(actor.organisationId, (r) =>
    r.exchange.changes(),
  );
  const after = describeDifference({ ...before, failure: null, changes }, outcome.after.state);
  const checked = await keepCheck(ports, actor, after, null);
  await audit(ports, actor, outcome, isEstablished(after.plan));
  return { ...checked, done: outcome.steps, warnings: outcome.warnings };
}

/** Runs an order by our own permission; every step of it is journalled. */
export async function carryOut(
  ports: Ports,
  actor: Actor,
  order: ExchangeOrder,
): Promise<Extract<ExchangeOutcome, { kind: 'done' }>> {
  const credentials = await requireCredentials(ports, actor.organisationId);
  const outcome = await ports.exchange.carryOut(credentials, order, exchangeJournal(ports, actor));
  if (outcome.kind === 'by-hand') throw new Error('Exchange administration answered with a script');
  return outcome;
}

async function audit(
  ports: Ports,
  actor: Actor,
  { steps, warnings }: Extract<ExchangeOutcome, { kind: 'done' }>,
  established: boolean,
): Promise<void> {
  if (steps.length === 0) return;
  const changes = steps.map((step) => stepWords(step).title);
  const subject = `${steps.length} ${steps.length === 1 ? 'change' : 'changes'}`;
  await ports.database.withinOrganisation(actor.organisationId, (r) =>
    r.audit.append(
      auditEntry(ports, actor, 'exchange.changed', subject, { changes, warnings, established }),
    ),
  );
}
