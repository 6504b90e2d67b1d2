import type { EmergencyEvent } from '@holdfast/domain';
import { TEST_EPOCH } from './hand-turned-clock.ts';
import { idOf } from './sequential-identifiers.ts';

type ActiveEvent = Extract<EmergencyEvent, { phase: 'active' }>;

/** For everyone, relay keeps trying. */
export function anActiveEvent(change: Partial<ActiveEvent> = {}): ActiveEvent {
  return {
    phase: 'active',
    id: idOf(0xe0),
    scope: { kind: 'everyone' },
    reason: 'Office 365 does not accept mail',
    startedAt: TEST_EPOCH,
    outageSince: TEST_EPOCH,
    startedBy: 'admin@contoso.example',
    generation: 1,
    relay: 'keep-trying',
    endsAt: null,
    noticesAt: TEST_EPOCH + 20_000,
    ...change,
  };
}
