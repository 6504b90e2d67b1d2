import { isProtectableDomain } from '@holdfast/domain';
import { actorName, type Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { CanaryProbeRecord } from '../records/cut-over.ts';
import { Refusal } from '../refusal.ts';
import { findProtectableDomain } from '../domains/find-domain.ts';
import { changeCutOver } from './change-cut-over.ts';
import { canaryMessageId } from './canary-message.ts';

/** Kinds of objects that have a mailbox to look into. */
const WITH_MAILBOX: ReadonlySet<string> = new Set(['user', 'shared-mailbox']);

/**
 * Sends a test message through us to a mailbox that an administrator chose: by a job, and through our MX as everybody's
 * mail. Refuses: `domains.unknown`, `domains.initial`, `cut-over.not-started`, `cut-over.way-back-running`,
 * `cut-over.canary-unusable`.
 */
export async function requestCanary(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string; readonly mailbox: string },
): Promise<CanaryProbeRecord> {
  const { organisationId } = actor;
  return ports.database.withinOrganisation(organisationId, async (r) => {
    const domain = await findProtectableDomain(r, input.name);
    const mailbox = input.mailbox.trim().toLowerCase();
    const owner = await r.directory.findByAddress(mailbox);
    if (owner === null || !owner.hasMailbox || !WITH_MAILBOX.has(owner.kind)) {
      throw unusable(`${mailbox} is no mailbox of your tenant. Choose a user or a shared mailbox.`);
    }
    if (!mailbox.endsWith(`@${domain.name}`) || !isProtectableDomain(domain)) {
      throw unusable(
        `Choose an address of ${domain.name}: only that proves that its mail comes through us.`,
      );
    }
    const id = ports.identifiers.uuid();
    const at = ports.clock.now();
    await changeCutOver(ports, actor, r, domain.name, () => ({
      type: 'send-canary',
      probeId: id,
      at,
    }));
    const probe = newProbe(ports, { id, domain: domain.name, mailbox, at, by: actorName(actor) });
    await r.cutOvers.chooseCanary(domain.name, mailbox);
    await r.cutOvers.saveProbe(probe);
    await r.jobs.send({
      name: 'cut-over.send-canary',
      payload: { organisationId, probeId: id },
      id: `cut-over.send-canary:${id}`,
      startAfter: null,
    });
    return probe;
  });
}

function unusable(message: string): Refusal {
  return new Refusal('cut-over.canary-unusable', message, { mailbox: message });
}

function newProbe(
  ports: Pick<Ports, 'settings'>,
  given: {
    readonly id: string;
    readonly domain: string;
    readonly mailbox: string;
    readonly at: number;
    readonly by: string;
  },
): CanaryProbeRecord {
  return {
    id: given.id,
    domain: given.domain,
    mailbox: given.mailbox,
    messageId: canaryMessageId(given.id, ports.settings.noticeFrom),
    state: 'waiting',
    requestedAt: given.at,
    requestedBy: given.by,
    submittedAt: null,
    acceptedAt: null,
    acceptedBy: null,
    relayedAt: null,
    relayedTo: null,
    relayReply: null,
    arrivedAt: null,
    folder: null,
    seenBy: null,
    blind: null,
    lookedAt: null,
    removedAt: null,
    removal: null,
    detail: null,
  };
}
