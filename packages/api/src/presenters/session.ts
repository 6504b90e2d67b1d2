import type { AdministratorSessionReading } from '@holdfast/application';
import type { AdminSession } from '@holdfast/contracts';
import { dutiesOf } from '@holdfast/domain';
import { toIso } from './instant.ts';

export function presentSession(reading: AdministratorSessionReading, demo: boolean): AdminSession {
  const { administrator, organisation, connected, event, drill } = reading;
  return {
    administrator: {
      email: administrator.email,
      name: administrator.name,
      role: administrator.role,
      duties: dutiesOf(administrator.role),
    },
    organisation: {
      id: organisation.id,
      name: organisation.name,
      installed: organisation.installedAt !== null,
      connected,
    },
    plan: {
      name: organisation.plan.name,
      continuity: organisation.plan.continuity,
      seats: organisation.plan.seats,
    },
    event:
      event === null || event.phase === 'closed'
        ? null
        : {
            phase: event.phase,
            since: toIso(event.phase === 'active' ? event.startedAt : event.endedAt),
          },
    drill: drill === null ? null : { id: drill.id, endsAt: toIso(drill.endsAt) },
    demo,
  };
}
