import type { CutOverStep, WayBackStep } from '@holdfast/domain';
import { actorName, type Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import { findProtectableDomain } from '../domains/find-domain.ts';
import type { Ports } from '../ports.ts';
import type { ExchangeAttestation } from '../records/cut-over.ts';
import { Refusal } from '../refusal.ts';
import { changeCutOver } from './change-cut-over.ts';
import { checkCutOver, keepEvidence, measure } from './check-cut-over.ts';
import { readCutOver, type CutOverReading } from './read-cut-over.ts';

/** Begins the guided cut-over of a domain with a first measurement. Refuses as `checkCutOver`, and `cut-over.already-started`. */
export async function startCutOver(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string },
): Promise<CutOverReading> {
  const { evidence, askedAt } = await measure(ports, actor, input.name);
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const start = { type: 'start', by: actorName(actor), at: askedAt } as const;
    await changeCutOver(ports, actor, r, input.name, () => start);
    await keepEvidence(ports, actor, r, input.name, evidence, askedAt);
  });
  return readCutOver(ports, actor, input);
}

/** Before MX points here. Refuses: `cut-over.not-started`, `cut-over.mx-points-here`. */
export async function giveUpCutOver(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string },
): Promise<CutOverReading> {
  await ports.database.withinOrganisation(actor.organisationId, (r) =>
    changeCutOver(ports, actor, r, input.name, () => ({ type: 'give-up', at: ports.clock.now() })),
  );
  return readCutOver(ports, actor, input);
}

/** Passes a step over, with a reason. Refuses: `cut-over.not-skippable`, `cut-over.reason-missing`, `cut-over.not-started`. */
export async function skipCutOverStep(
  ports: Ports,
  actor: Actor,
  input: {
    readonly name: string;
    readonly step: CutOverStep | WayBackStep;
    /** Null takes an earlier skip back. */
    readonly reason: string | null;
  },
): Promise<CutOverReading> {
  const { name, step, reason } = input;
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const domain = await findProtectableDomain(r, name);
    const at = ports.clock.now();
    const filterInFront = domain.filterMode === 'filter-in-front';
    await changeCutOver(ports, actor, r, name, () =>
      reason === null
        ? { type: 'unskip', step, at }
        : { type: 'skip', step, reason, by: actorName(actor), at, filterInFront },
    );
  });
  return checkCutOver(ports, actor, { name });
}

/** An administrator says what we may not see on the Office 365 side. Refuses: `cut-over.reason-missing`. */
export async function attestExchange(
  ports: Ports,
  actor: Actor,
  input: {
    readonly name: string;
    readonly subject: ExchangeAttestation['subject'];
    readonly value: boolean;
    readonly note: string;
  },
): Promise<CutOverReading> {
  const { subject, value } = input;
  const note = input.note.trim();
  if (note === '') {
    const words = 'Say how you have seen it. It is kept in the audit log.';
    throw new Refusal('cut-over.reason-missing', words, { note: words });
  }
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const by = actorName(actor);
    await r.cutOvers.attest({ subject, value, note, by, at: ports.clock.now() });
    await r.audit.append(
      auditEntry(ports, actor, 'exchange.attested', subject, { value, note, domain: input.name }),
    );
  });
  return checkCutOver(ports, actor, input);
}

/**
 * Begins the way back: from now on the lock-down cannot be switched on. Refuses: `cut-over.not-started`,
 * `cut-over.reason-missing`, `cut-over.way-back-running`.
 */
export async function beginWayBack(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string; readonly reason: string },
): Promise<CutOverReading> {
  const { evidence, askedAt } = await measure(ports, actor, input.name);
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const by = actorName(actor);
    const { state } = await r.cutOvers.lock(input.name);
    // MX may have been pointed here by hand: its way back is the same.
    if (state === null && evidence.mx?.anyOfOurs === true) {
      await changeCutOver(ports, actor, r, input.name, () => ({ type: 'start', by, at: askedAt }));
    }
    await changeCutOver(ports, actor, r, input.name, () => ({
      type: 'begin-way-back',
      reason: input.reason,
      by,
      at: ports.clock.now(),
    }));
    await keepEvidence(ports, actor, r, input.name, evidence, askedAt);
  });
  return readCutOver(ports, actor, input);
}

/** Turns round on the way back. Refuses: `cut-over.not-started`, `cut-over.already-started`. */
export async function resumeCutOver(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string },
): Promise<CutOverReading> {
  await ports.database.withinOrganisation(actor.organisationId, (r) =>
    changeCutOver(ports, actor, r, input.name, () => ({
      type: 'resume',
      by: actorName(actor),
      at: ports.clock.now(),
    })),
  );
  return checkCutOver(ports, actor, input);
}
