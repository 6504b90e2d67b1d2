import {
  decideCutOver,
  evolveCutOver,
  type CutOver,
  type CutOverCommand,
  type CutOverFact,
  type CutOverRefusal,
} from '@holdfast/domain';
import type { ErrorCode } from '@holdfast/contracts';
import { actorName, type Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { CutOverRecord } from '../records/cut-over.ts';
import { Refusal } from '../refusal.ts';

/**
 * The one shell round a domain's state machine: lock, decide, store facts and snapshot, audit; in the transaction it is
 * called in.
 */
export async function changeCutOver(
  ports: Pick<Ports, 'clock'>,
  actor: Actor,
  r: Pick<OrganisationRepositories, 'cutOvers' | 'audit'>,
  domain: string,
  command: (current: CutOver | null) => CutOverCommand,
): Promise<CutOverRecord> {
  const record = await r.cutOvers.lock(domain);
  const decision = decideCutOver(record.state, command(record.state));
  if (!decision.ok) throw refusalFor(decision.refusal, domain);
  if (decision.facts.length === 0) return record;
  const state = decision.facts.reduce(evolveCutOver, record.state);
  await r.cutOvers.save(domain, state, decision.facts, actorName(actor));
  for (const fact of decision.facts) {
    await r.audit.append(
      auditEntry(ports, actor, `cut-over.${fact.type}`, domain, detailsOf(fact)),
    );
  }
  return { ...record, state };
}

function detailsOf(fact: CutOverFact): Readonly<Record<string, unknown>> {
  const { type: _type, at: _at, ...details } = fact;
  return details;
}

const REFUSALS: Readonly<
  Record<CutOverRefusal, { readonly code: ErrorCode; readonly message: (domain: string) => string }>
> = {
  'already-started': {
    code: 'cut-over.already-started',
    message: (domain) => `The cut-over of ${domain} has been started already.`,
  },
  'not-started': {
    code: 'cut-over.not-started',
    message: (domain) => `The cut-over of ${domain} has not been started.`,
  },
  'mx-points-here': {
    code: 'cut-over.mx-points-here',
    message: (domain) =>
      `MX of ${domain} points here already: giving up would leave mail on its way. Begin the way back instead.`,
  },
  'mx-elsewhere': {
    code: 'cut-over.too-early',
    message: (domain) => `Mail of ${domain} does not come through us yet.`,
  },
  'not-skippable': {
    code: 'cut-over.not-skippable',
    message: () => 'This step cannot be skipped: mail would be lost without it.',
  },
  'reason-missing': {
    code: 'cut-over.reason-missing',
    message: () => 'Say why, in a few words. It is kept in the audit log.',
  },
  'no-such-probe': {
    code: 'cut-over.no-such-probe',
    message: () => 'Another test message has been sent since. Look at the latest one.',
  },
  'too-early': {
    code: 'cut-over.too-early',
    message: () => 'It is too early to tell who still sends directly. Wait until the time shown.',
  },
  'way-back-running': {
    code: 'cut-over.way-back-running',
    message: (domain) => `The way back of ${domain} is running.`,
  },
};

function refusalFor(refusal: CutOverRefusal, domain: string): Refusal {
  const { code, message } = REFUSALS[refusal];
  return new Refusal(code, message(domain));
}
