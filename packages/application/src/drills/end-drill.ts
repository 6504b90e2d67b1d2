import type { Drill, DrillCommand } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import { changeDrill } from './change-drill.ts';

/** Ends a drill: its mailboxes close, who was told of it is told. Refuses: `drill.unknown`, `drill.not-running`. */
export async function endDrill(
  ports: Ports,
  actor: Actor,
  input: { readonly drillId: string },
): Promise<Drill> {
  const at = ports.clock.now();
  return changeOne(ports, actor, input.drillId, { type: 'end', because: 'ended', at });
}

/** Before the notices left, and without a word to anybody. Refuses: `drill.undo-too-late` and the above. */
export async function undoDrill(
  ports: Ports,
  actor: Actor,
  input: { readonly drillId: string },
): Promise<Drill> {
  return changeOne(ports, actor, input.drillId, { type: 'undo', at: ports.clock.now() });
}

async function changeOne(
  ports: Ports,
  actor: Actor,
  drillId: string,
  command: DrillCommand,
): Promise<Drill> {
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const drill = await repositories.drills.lock(drillId);
    if (drill === null) throw new Refusal('drill.unknown', 'There is no such drill.');
    return changeDrill(ports, actor, repositories, drill, command);
  });
}

/** Called by the worker's timer; cheap when none is running. */
export async function endDueDrills(ports: Ports, organisationId: string): Promise<void> {
  const actor = { kind: 'system', organisationId } as const;
  const now = ports.clock.now();
  await ports.database.withinOrganisation(organisationId, async (repositories) => {
    const running = await repositories.drills.running();
    if (!running.some(({ endsAt }) => endsAt <= now)) return;
    for (const drill of await repositories.drills.lockRunning())
      if (drill.endsAt <= now)
        await changeDrill(ports, actor, repositories, drill, {
          type: 'end',
          because: 'time',
          at: now,
        });
  });
}

/** In the transaction that starts an event: the real thing goes before practice. */
export async function endDrillsForEvent(
  ports: Pick<Ports, 'clock' | 'log'>,
  actor: Actor,
  repositories: OrganisationRepositories,
): Promise<void> {
  for (const drill of await repositories.drills.lockRunning())
    await changeDrill(ports, actor, repositories, drill, {
      type: 'end',
      because: 'event',
      at: ports.clock.now(),
    });
}
