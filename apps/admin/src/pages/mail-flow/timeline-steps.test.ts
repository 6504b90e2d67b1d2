import type { TracedMessage } from '@holdfast/contracts';
import { expect, it } from 'vitest';
import { stepsOf, type TracedRecipient } from './timeline-steps.ts';

const recipient: TracedRecipient = {
  id: 'd',
  recipient: 'megan@contoso.example',
  route: 'primary',
  state: 'held',
  queueState: 'held',
  hold: 'operator',
  reason: 'front-end',
  verdict: 'deliver',
  verdictReason: 'clean',
  dueAt: null,
  reply: 'held by olga@contoso.example',
  changedAt: '2026-11-23T09:03:00.000Z',
  commands: ['release', 'discard'],
  attempts: [
    {
      attempt: 1,
      at: '2026-11-23T09:01:00.000Z',
      state: 'deferred',
      host: 'mx.contoso.example',
      reply: '451 4.3.2 Service not available\u202E',
      tls: 'TLSv1.3, verified',
    },
    {
      attempt: 2,
      at: '2026-11-23T09:02:30.000Z',
      state: 'deferred',
      host: null,
      reply: 'connect: refused',
      tls: null,
    },
  ],
  actions: [
    {
      at: '2026-11-23T09:02:00.000Z',
      actor: 'olga@contoso.example',
      command: 'retry',
      state: 'deferred',
      reason: null,
    },
    {
      at: '2026-11-23T09:03:00.000Z',
      actor: 'olga@contoso.example',
      command: 'hold',
      state: 'held',
      reason: null,
    },
  ],
};

const message: TracedMessage = {
  id: 'm',
  direction: 'inbound',
  acceptedAt: '2026-11-23T09:00:00.000Z',
  size: 1,
  sender: 'orders@shop.example',
  client: { ip: '192.0.2.7', helo: 'mail.shop.example', tls: 'TLSv1.3' },
  authentication: 'spf=pass',
  content: [],
  senderAuthenticated: true,
  headers: { from: null, to: [], cc: [], subject: '', date: null, messageId: null },
  bytes: { place: 'mx-1/copy-1 @ 0', class: 'copy', missing: null },
  recipients: [recipient],
};

it('tells in order what the relay and what people did, and what comes next', () => {
  expect(stepsOf(message, recipient).map(({ title, text }) => `${title}, ${text}`)).toEqual([
    'Received, from 192.0.2.7, as mail.shop.example',
    'Judged: deliver, Nothing against it',
    'Stored, Kept for the rolling copy',
    'Attempt 1, at mx.contoso.example · TLSv1.3, verified · deferred',
    'Made due, by olga@contoso.example',
    'Attempt 2, deferred',
    'Held, by olga@contoso.example',
    'Waits, for a person',
  ]);
});

it('shows what a stranger answered as it is, and harmless', () => {
  const [attempt] = stepsOf(message, recipient).filter(({ key }) => key === 'attempt-1');
  expect(attempt?.detail).toBe('451 4.3.2 Service not available\uFFFD');
});

it('has nothing ahead of it once it is decided', () => {
  const done = { ...recipient, state: 'delivered', queueState: null } as const;
  expect(stepsOf(message, done).map(({ key }) => key)).not.toContain('ahead');
});
