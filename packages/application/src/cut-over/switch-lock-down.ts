import { findingWords, isProtectableDomain, planOrder, type ExchangeOrder } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import { writeExchangeScript } from '../exchange/exchange-by-hand.ts';
import { exchangeJournal } from '../exchange/exchange-journal.ts';
import { requireCredentials } from '../organisations/open-credentials.ts';
import { tenantFailureWords } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import type { ExchangeOutcome } from '../ports/office365/exchange-administration.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import { Refusal } from '../refusal.ts';
import { checkCutOver } from './check-cut-over.ts';
import { installedExchange } from './exchange-orders.ts';
import { readExchangeSide } from './exchange-side.ts';
import { readLockDownFacts } from './read-cut-over.ts';
import { obstacleWords } from './step-words.ts';

export interface LockDownResult {
  readonly done: boolean;
  /** For an administrator to run and confirm, where we may not; null when it is done. */
  readonly script: string | null;
}

/**
 * Office 365 refuses what does not come through us, or takes it again. On only after every domain was looked at anew;
 * off at once, whatever else is wrong. Never by itself. Refuses: `lock-down.refused`, `connection.missing`,
 * `connection.failed`.
 */
export async function switchLockDown(
  ports: Ports,
  actor: Actor,
  input: { readonly on: boolean },
): Promise<LockDownResult> {
  const { organisationId } = actor;
  const credentials = await requireCredentials(ports, organisationId);
  if (input.on) await refuseWithObstacles(ports, actor);
  const { desired } = await installedExchange(ports, organisationId);
  const order: ExchangeOrder = { kind: 'lock-down', desired, on: input.on };
  let outcome: ExchangeOutcome;
  try {
    if (input.on) refuseUnready(order, (await ports.exchange.readState(credentials)).state);
    outcome = await ports.exchange.carryOut(credentials, order, exchangeJournal(ports, actor));
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    if (error.failure.code !== 'forbidden' && error.failure.code !== 'not-consented') {
      throw new Refusal('connection.failed', tenantFailureWords(error));
    }
    const purpose = input.on ? 'lock-down' : 'lock-down-off';
    outcome = { kind: 'by-hand', ...(await writeExchangeScript(ports, actor, { purpose })) };
  }
  const done = outcome.kind === 'done';
  await ports.database.withinOrganisation(organisationId, ({ audit }) =>
    audit.append(
      auditEntry(ports, actor, input.on ? 'lock-down.on' : 'lock-down.off', desired.tag, {
        byHand: !done,
      }),
    ),
  );
  await lookAgain(ports, actor);
  return { done, script: outcome.kind === 'by-hand' ? outcome.script : null };
}

async function refuseWithObstacles(ports: Ports, actor: Actor): Promise<void> {
  await lookAgain(ports, actor);
  const { obstacles } = await ports.database.withinOrganisation(
    actor.organisationId,
    readLockDownFacts,
  );
  if (obstacles.length === 0) return;
  throw new Refusal(
    'lock-down.refused',
    `Mail would be lost. ${obstacles.map(obstacleWords).join(' ')}`,
  );
}

function refuseUnready(order: ExchangeOrder, state: Parameters<typeof planOrder>[0]): void {
  const [blocking] = planOrder(state, order).findings.filter(({ level }) => level === 'blocks');
  if (blocking === undefined) return;
  const { title, detail } = findingWords(blocking);
  throw new Refusal('lock-down.refused', `${title}. ${detail}`);
}

/** Every domain, by one look at the Office 365 side. One that cannot be looked at is an obstacle by its old evidence. */
export async function lookAgain(ports: Ports, actor: Actor): Promise<void> {
  const side = await readExchangeSide(ports, actor.organisationId);
  const domains = await ports.database.withinOrganisation(actor.organisationId, (r) =>
    r.domains.list(),
  );
  for (const { name } of domains.filter(isProtectableDomain)) {
    await checkCutOver(ports, actor, { name }, side);
  }
}
