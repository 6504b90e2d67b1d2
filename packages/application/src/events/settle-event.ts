import { DEFAULT_EVENT_POLICY } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { changeEvent } from './change-event.ts';
import { queueCarryBack } from './carry-back.ts';
import { queuePutBack } from './put-back-sent-mail.ts';

/**
 * Looks whether a recovering event is settled: nothing waits for Office 365 any more, and of everything that was written or
 * done here it is known what became of it there.
 * Closes it when the read-only time is over. Called by the worker's timer; cheap when there is no event.
 */
export async function settleEvent(ports: Ports, organisationId: string): Promise<void> {
  const actor = { kind: 'system', organisationId } as const;
  await ports.database.withinOrganisation(organisationId, async (repositories) => {
    const event = await repositories.events.current();
    if (event?.phase !== 'recovering') return;
    const now = ports.clock.now();
    if (event.settledAt === null) {
      // Also finds what was taken in after the first look, and what a long failure of Office 365 left undone.
      const unsent =
        (await queuePutBack(repositories, organisationId, event, now)) +
        (await queueCarryBack(repositories, organisationId, event, now));
      const waiting = await repositories.mailFlow.waitingFor(
        event.scope.kind === 'everyone' ? null : event.scope.userIds,
        event.endedAt,
      );
      if (unsent === 0 && waiting === 0) {
        await changeEvent(ports, actor, repositories, () => ({ type: 'settle', at: now }));
      }
    }
    if (now >= event.readOnlyUntil) {
      await changeEvent(ports, actor, repositories, () => ({ type: 'close', at: now }));
    }
  });
}

/** Ends an active event whose end time has come, unless Office 365 is still down: then an administrator decides. */
export async function endDueEvent(ports: Ports, organisationId: string): Promise<void> {
  await ports.database.withinOrganisation(organisationId, async (repositories) => {
    const event = await repositories.events.current();
    const now = ports.clock.now();
    if (event?.phase !== 'active' || event.endsAt === null || now < event.endsAt) return;
    const health = await repositories.health.get();
    if (health?.state === 'down' || health?.state === 'suspect') return;
    await changeEvent(ports, { kind: 'system', organisationId }, repositories, () => ({
      type: 'end',
      at: now,
      policy: DEFAULT_EVENT_POLICY,
    }));
  });
}
