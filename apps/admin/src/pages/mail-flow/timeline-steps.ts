import type { TracedMessage } from '@holdfast/contracts';
import { visible } from '../../format/visible.ts';
import { m } from '../../messages/catalogue.ts';
import { toneOf } from '../../ui/delivery-state.tsx';
import type { Tone } from '../../ui/state.tsx';

export type TracedRecipient = TracedMessage['recipients'][number];

export interface Step {
  readonly key: string;
  /** Null: not yet. */
  readonly at: string | null;
  readonly tone: Tone;
  readonly title: string;
  /** The rest of the first line. */
  readonly text: string;
  /** What somebody answered or gave as a reason; a line of its own. */
  readonly detail: string | null;
}

const words = m.mailFlow.message.steps;

/** What happened to one recipient's copy, oldest first, and what comes next while it is open. */
export function stepsOf(message: TracedMessage, recipient: TracedRecipient): readonly Step[] {
  const attempts = recipient.attempts.map((attempt): Step => ({
    key: `attempt-${attempt.attempt}`,
    at: attempt.at,
    tone: toneOf(attempt.state),
    title: words.attempt(attempt.attempt),
    text: [
      attempt.host === null ? null : words.at(visible(attempt.host, 255)),
      attempt.tls === null ? null : visible(attempt.tls, 120),
      m.mailFlow.finalState[attempt.state].toLowerCase(),
    ]
      .filter((part) => part !== null)
      .join(' · '),
    detail: visible(attempt.reply),
  }));
  const actions = recipient.actions.map((action, index): Step => ({
    key: `action-${index}`,
    at: action.at,
    tone: action.command === 'discard' ? 'hollow' : 'neutral',
    title: words.command[action.command],
    text: words.by(action.actor),
    detail: action.reason === null ? null : visible(action.reason),
  }));
  const later = [...attempts, ...actions].toSorted((a, b) =>
    (a.at ?? '').localeCompare(b.at ?? ''),
  );
  return [...beginning(message, recipient), ...later, ...ahead(recipient)];
}

function beginning(message: TracedMessage, recipient: TracedRecipient): readonly Step[] {
  const { ip, helo } = message.client;
  const inbound = message.direction === 'inbound';
  return [
    {
      key: 'received',
      at: message.acceptedAt,
      tone: 'neutral',
      title: inbound ? words.received : words.written,
      text: inbound
        ? words.receivedText(
            m.mailFlow.message.clientWords(ip, helo === null ? null : visible(helo, 255)),
          )
        : '',
      detail: null,
    },
    {
      key: 'judged',
      at: message.acceptedAt,
      tone: recipient.verdict === 'deliver' ? 'good' : 'attention',
      title: words.judged(m.mailFlow.verdict[recipient.verdict].toLowerCase()),
      text: m.mailFlow.verdictReason(recipient.verdictReason),
      detail: message.authentication === null ? null : visible(message.authentication),
    },
    {
      key: 'stored',
      at: message.acceptedAt,
      tone: message.bytes.missing === null ? 'good' : 'problem',
      title: words.stored,
      text: message.bytes.class === null ? '' : m.mailFlow.message.class[message.bytes.class],
      detail: null,
    },
  ];
}

function ahead({ queueState, dueAt }: TracedRecipient): readonly Step[] {
  if (queueState === null || queueState === 'leased') return [];
  const person = dueAt === null;
  return [
    {
      key: 'ahead',
      at: dueAt,
      tone: 'hollow',
      title: words.waits,
      text: person ? words.person : m.mailFlow.state[queueState].toLowerCase(),
      detail: null,
    },
  ];
}
