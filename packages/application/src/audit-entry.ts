import type { Actor } from './actor.ts';
import { actorName } from './actor.ts';
import type { Ports } from './ports.ts';
import type { AuditEntry } from './records/organisation.ts';

/** Who did what to whom, now. `details` never hold passwords, codes, tokens or private addresses. */
export function auditEntry(
  ports: Pick<Ports, 'clock'>,
  actor: Actor,
  action: string,
  subject: string,
  details: Readonly<Record<string, unknown>> = {},
): AuditEntry {
  return {
    at: ports.clock.now(),
    actor: actorName(actor),
    action,
    subject,
    details,
    ip: actor.kind === 'administrator' || actor.kind === 'user' ? actor.ip : null,
  };
}

/** Background work acts as the system, for one organisation. */
export function systemActor(organisationId: string): Extract<Actor, { kind: 'system' }> {
  return { kind: 'system', organisationId };
}
