import { expect, test } from 'vitest';
import type { EmergencyEvent } from '../events/emergency-event.ts';
import { DAY, HOUR, MINUTE } from '../instant.ts';
import { maySend, type SendingPermission } from './late-outbox.ts';

const START = 1_800_000_000_000;
const END = START + 6 * HOUR;
const facts = {
  id: 'event',
  scope: { kind: 'users', userIds: ['ada'] },
  reason: 'a test',
  startedAt: START,
  outageSince: START,
  startedBy: 'admin',
  generation: 1,
} as const;
const active: EmergencyEvent = {
  ...facts,
  phase: 'active',
  relay: 'keep-trying',
  endsAt: null,
  noticesAt: START,
};
const recovering: EmergencyEvent = {
  ...facts,
  phase: 'recovering',
  endedAt: END,
  readOnlyUntil: END + 14 * DAY,
  settledAt: null,
};
const closed: EmergencyEvent = {
  ...facts,
  phase: 'closed',
  endedAt: END,
  closedAt: END,
  settledAt: null,
};
const signedIn = START + HOUR;
const written = START + 2 * HOUR;

const cases: readonly {
  readonly name: string;
  readonly event: EmergencyEvent | null;
  readonly user?: string;
  readonly now: number;
  readonly writtenAt: number | null;
  readonly signedInAt: number | null;
  readonly is: SendingPermission['kind'];
}[] = [
  {
    name: 'during the event',
    event: active,
    now: written,
    writtenAt: null,
    signedInAt: null,
    is: 'open',
  },
  {
    name: 'nobody’s event',
    event: null,
    now: written,
    writtenAt: written,
    signedInAt: signedIn,
    is: 'not-covered',
  },
  {
    name: 'somebody else’s event',
    event: active,
    user: 'ben',
    now: written,
    writtenAt: written,
    signedInAt: signedIn,
    is: 'not-covered',
  },
  {
    name: 'written before the end, a minute late',
    event: recovering,
    now: END + MINUTE,
    writtenAt: written,
    signedInAt: signedIn,
    is: 'late',
  },
  {
    name: 'on the last of 14 days',
    event: recovering,
    now: END + 14 * DAY - 1,
    writtenAt: written,
    signedInAt: signedIn,
    is: 'late',
  },
  {
    name: 'after 14 days',
    event: closed,
    now: END + 14 * DAY,
    writtenAt: written,
    signedInAt: signedIn,
    is: 'too-late',
  },
  {
    name: 'of an event that was taken back, and closed at once',
    event: closed,
    now: END + DAY,
    writtenAt: written,
    signedInAt: signedIn,
    is: 'late',
  },
  {
    name: 'written after the end',
    event: recovering,
    now: END + HOUR,
    writtenAt: END + 6 * MINUTE,
    signedInAt: signedIn,
    is: 'not-written-then',
  },
  {
    name: 'by a phone whose clock is some minutes ahead',
    event: recovering,
    now: END + HOUR,
    writtenAt: END + 4 * MINUTE,
    signedInAt: signedIn,
    is: 'late',
  },
  {
    name: 'written before its author had signed in',
    event: recovering,
    now: END + HOUR,
    writtenAt: START,
    signedInAt: signedIn,
    is: 'not-written-then',
  },
  {
    name: 'by somebody who never signed in then',
    event: recovering,
    now: END + HOUR,
    writtenAt: written,
    signedInAt: null,
    is: 'not-written-then',
  },
  {
    name: 'without a word on when',
    event: recovering,
    now: END + HOUR,
    writtenAt: null,
    signedInAt: signedIn,
    is: 'not-written-then',
  },
];

test.each(cases)('$name: $is', ({ event, user = 'ada', is, ...rest }) => {
  expect(maySend(event, user, rest).kind).toBe(is);
});
