import { describe, expect, it } from 'vitest';
import { classifyReplyLine, QUEUE_STATES, queueStateOf, storedStateOf } from './queue-state.ts';
import { assessOutcome, describeOutcome, type AttemptOutcome } from './smtp-reply.ts';

describe('the states of a queue', () => {
  it.each(QUEUE_STATES)('%s is stored and read back', (name) => {
    const { state, hold } = storedStateOf(name);
    if (state === 'delivered' || state === 'discarded' || state === 'bounced') throw new Error();
    expect(queueStateOf(state, hold)).toBe(name);
  });

  it('calls held mail without a kind a review: that is what the relay holds for', () => {
    expect(queueStateOf('held', null)).toBe('review');
  });
});

describe('why a delivery waits, by its last line', () => {
  it.each<AttemptOutcome>([
    { kind: 'reply', code: 451, text: '4.3.2 Temporary server error ATTR2' },
    { kind: 'reply', code: 550, text: '5.7.64 TenantAttribution; Relay Access Denied' },
    { kind: 'reply', code: 550, text: '5.4.1 Recipient address rejected: Access denied' },
    { kind: 'reply', code: 250, text: '2.6.0 queued' },
    { kind: 'network', failure: 'connect', text: 'refused' },
    { kind: 'network', failure: 'dropped', text: 'closed' },
  ])('is the class of what was answered: $text', (outcome) => {
    expect(classifyReplyLine(describeOutcome(outcome))).toBe(assessOutcome(outcome).class);
  });

  it.each(['quarantined: block-list', 'held by olga@contoso.example', ''])(
    'is unknown where nobody answered: %s',
    (line) => {
      expect(classifyReplyLine(line)).toBeNull();
    },
  );
});
