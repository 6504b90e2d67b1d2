import type { Drill, EmergencyEvent } from '@holdfast/domain';
import { isAdmitted } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';

/** Somebody whose page is told at once what changes. */
export interface Watcher {
  readonly organisationId: string;
  readonly userId: string;
  readonly tokenHash: string;
}

/**
 * What each watcher may go on with: null when the session is over or its user not admitted any more, else a word that
 * changes with the event or the drill. One query for all sessions and three for each organisation, however many watch.
 */
export async function checkWatchers<W extends Watcher>(
  ports: Ports,
  watchers: readonly W[],
): Promise<ReadonlyMap<W, string | null>> {
  const live = await ports.database.acrossOrganisations((system) =>
    system.livePortalSessions(
      watchers.map(({ tokenHash }) => tokenHash),
      ports.clock.now(),
    ),
  );
  const verdicts = new Map<W, string | null>();
  for (const [organisationId, own] of Map.groupBy(watchers, (each) => each.organisationId)) {
    const { admitted, event, drills } = await ports.database.withinOrganisation(
      organisationId,
      async ({ directory, events, drills: known }) => {
        const ids = [...new Set(own.map(({ userId }) => userId))];
        const users = await directory.getMany(ids);
        return {
          drills: await known.runningOf(ids),
          admitted: new Set(users.filter(isAdmitted).map(({ id }) => id)),
          event: await events.current(),
        };
      },
    );
    for (const watcher of own)
      verdicts.set(
        watcher,
        live.has(watcher.tokenHash) && admitted.has(watcher.userId)
          ? wordOf(event, drills.get(watcher.userId) ?? null)
          : null,
      );
  }
  return verdicts;
}

function wordOf(event: EmergencyEvent | null, drill: Drill | null): string {
  if (event === null) return drill === null ? 'none' : `drill ${drill.id}`;
  return [event.id, event.phase, event.generation, JSON.stringify(event.scope)].join(' ');
}
