import { actorName, type Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { CanaryProbeRecord } from '../records/cut-over.ts';
import { Refusal } from '../refusal.ts';
import { canaryCode } from './canary-message.ts';
import { changeCutOver } from './change-cut-over.ts';

/**
 * Somebody has opened the mailbox and typed in what the message says: the proof where we may not look ourselves.
 * Refuses: `cut-over.no-such-probe`, `cut-over.code-wrong`, `cut-over.not-started`.
 */
export async function confirmCanary(
  ports: Ports,
  actor: Actor,
  input: { readonly name: string; readonly code: string },
): Promise<CanaryProbeRecord> {
  const { organisationId } = actor;
  return ports.database.withinOrganisation(organisationId, async (r) => {
    const probe = await r.cutOvers.latestProbe(input.name);
    if (probe === null || probe.state === 'waiting') {
      throw new Refusal('cut-over.no-such-probe', 'No test message has been sent yet.');
    }
    const expected = canaryCode(ports.secrets, organisationId, probe.id);
    if (!ports.secrets.equal(plain(input.code), plain(expected))) {
      const words = 'This is not the code of the latest test message. It has two groups of four.';
      throw new Refusal('cut-over.code-wrong', words, { code: words });
    }
    const at = ports.clock.now();
    const seen: CanaryProbeRecord =
      probe.state === 'arrived'
        ? probe
        : {
            ...probe,
            state: 'arrived',
            arrivedAt: at,
            seenBy: 'code',
            detail: null,
            // Where we may look we may perhaps remove it as well.
            removal:
              probe.blind === null ? null : `${actorName(actor)} has opened it. Delete it by hand.`,
          };
    await r.cutOvers.saveProbe(seen);
    await changeCutOver(ports, actor, r, input.name, () => ({
      type: 'canary-seen',
      probeId: probe.id,
      seenBy: 'code',
      arrivedAt: at,
      at,
    }));
    return seen;
  });
}

/** As people type it: in either case, with blanks or without the hyphen. */
function plain(code: string): string {
  return code.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
}
