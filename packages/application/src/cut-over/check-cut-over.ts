import type { CutOverEvidence, Instant } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { findProtectableDomain } from '../domains/find-domain.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import { changeCutOver } from './change-cut-over.ts';
import { readExchangeSide, type ExchangeSide } from './exchange-side.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { noticeRefused } from './tell-refused.ts';
import { readCutOver, readLockDownFacts, type CutOverReading } from './read-cut-over.ts';

/**
 * Measures a domain now, and lets its state machine see it. Refuses: `domains.unknown`, `domains.initial`,
 * `installation.not-done`.
 */
export async function checkCutOver(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string },
  exchange?: ExchangeSide,
): Promise<CutOverReading> {
  const { evidence, askedAt } = await measure(ports, actor, input.name, exchange);
  await ports.database.withinOrganisation(actor.organisationId, (r) =>
    keepEvidence(ports, actor, r, input.name, evidence, askedAt),
  );
  return readCutOver(ports, actor, input);
}

/** Asks the world, with no transaction open. */
export async function measure(
  ports: Ports,
  actor: Actor,
  name: string,
  exchange?: ExchangeSide,
): Promise<{ readonly evidence: CutOverEvidence; readonly askedAt: Instant }> {
  const known = await ports.database.withinOrganisation(actor.organisationId, async (r) => ({
    organisation: await r.organisation.get(),
    domain: await findProtectableDomain(r, name),
  }));
  if (known.organisation.installedAt === null) {
    throw new Refusal(
      'installation.not-done',
      'Email Continuity is not installed: mail that came here now would be refused. Install it first.',
    );
  }
  const askedAt = ports.clock.now();
  const evidence = await gatherEvidence(ports, known.organisation, known.domain, exchange);
  return { evidence, askedAt };
}

/** Stores what was measured, and what follows from it for a cut-over that has begun. */
export async function keepEvidence(
  ports: Pick<Ports, 'clock' | 'settings' | 'log'>,
  actor: Actor,
  r: OrganisationRepositories,
  name: string,
  evidence: CutOverEvidence,
  askedAt: Instant,
): Promise<void> {
  const { state, gatheredAt, evidence: before } = await r.cutOvers.lock(name);
  // A look that began later and is stored already knows better: DNS may have changed in between.
  if (gatheredAt !== null && gatheredAt > askedAt) return;
  await r.cutOvers.saveEvidence(name, evidence, askedAt);
  const change = { domain: name, before, after: evidence, at: askedAt };
  await noticeRefused(ports, r, actor.organisationId, change);
  if (state === null || state.phase === 'back') return;
  const observe = {
    type: 'observe',
    evidence,
    at: askedAt,
    policy: ports.settings.cutOver,
  } as const;
  await changeCutOver(ports, actor, r, name, () => observe);
}

/**
 * The schedule: every domain whose cut-over has begun, one after another. Returns those whose mail Office 365 refuses now.
 */
export async function checkRunningCutOvers(ports: Ports, actor: Actor): Promise<readonly string[]> {
  await checkDue(ports, actor);
  const { refused } = await ports.database.withinOrganisation(
    actor.organisationId,
    readLockDownFacts,
  );
  return refused;
}

async function checkDue(ports: Ports, actor: Actor): Promise<void> {
  const records = await ports.database.withinOrganisation(actor.organisationId, ({ cutOvers }) =>
    cutOvers.list(),
  );
  const now = ports.clock.now();
  const due = records.filter(
    ({ state, gatheredAt }) =>
      state !== null &&
      state.phase !== 'back' &&
      (gatheredAt === null || now - gatheredAt >= lookEvery(ports.settings.cutOver.relayOnly)),
  );
  if (due.length === 0) return;
  // One for the whole tenant: asked once, and not for each domain.
  const side = await readExchangeSide(ports, actor.organisationId);
  for (const { domain } of due) {
    try {
      await checkCutOver(ports, actor, { name: domain }, side);
    } catch (error) {
      // One domain that was removed meanwhile must not keep the others from being looked at.
      ports.log.warn('a cut-over could not be checked', { domain, error: String(error) });
    }
  }
}

/** Five minutes; less where the waits were set to less, as in a rehearsal. Milliseconds. */
const LOOK_EVERY = 5 * 60_000;
const SHORTEST_LOOK = 1000;

function lookEvery(relayOnly: number): number {
  return Math.min(LOOK_EVERY, Math.max(SHORTEST_LOOK, relayOnly / 4));
}
