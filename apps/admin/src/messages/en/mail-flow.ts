import { counted, formatCount } from '../../format/counts.ts';
import type {
  CommandRefusalWord,
  DeliveryCommandWord,
  DeliveryStateWord,
  QueueStateWord,
  VerdictWord,
  WaitReasonWord,
} from '../vocabulary.ts';
import { message } from './message.ts';
import { quarantine } from './quarantine.ts';
import { queue } from './queue.ts';
import { trace } from './trace.ts';

const deliveries = (count: number): string => counted(count, 'delivery', 'deliveries');

const reasons: Readonly<Record<WaitReasonWord, string>> = {
  'not-tried': 'Not tried yet',
  delivered: 'Delivered',
  'path-down': 'Server not reachable',
  'front-end': 'Front end not available',
  'directory-lookup': 'Directory lookup fails there',
  proxy: 'Proxy error there',
  replication: 'Replication fails there',
  dropped: 'Connection dropped',
  'back-pressure': 'Back pressure there',
  'filter-busy': 'Filter there is busy',
  'connection-throttled': 'Too many connections',
  subnet: 'Subnet problem there',
  throttled: 'Throttled',
  reputation: 'Our address is distrusted',
  'mailbox-throttled': 'Mailbox is busy',
  'too-many-recipients': 'Too many recipients',
  'unknown-recipient': 'Recipient unknown there',
  'connector-broken': 'Connector broken',
  'receive-limit': 'Receive limit reached',
  'sender-banned': 'We are banned there',
  'mailbox-full': 'Mailbox full',
  'too-big': 'Too big',
  'tenant-blocked': 'Tenant blocked',
  'unknown-temporary': 'Other, temporary',
  'unknown-permanent': 'Other refusal',
};

const refusals: Readonly<Record<CommandRefusalWord, string>> = {
  'being-sent': 'being sent at this moment',
  'waits-its-turn': 'due already',
  'not-held': 'not held',
  'held-by-person': 'held; release first',
  'already-held': 'held already',
  'in-quarantine': 'in quarantine',
  'not-in-quarantine': 'not in quarantine',
  delivered: 'delivered meanwhile',
  discarded: 'discarded meanwhile',
  bounced: 'returned to the sender meanwhile',
};

const verdictReasons: Readonly<Record<string, string>> = {
  'block-list': 'Sender on the block list',
  'allow-list': 'Sender on the allow list',
  'allow-list-unauthenticated': 'On the allow list, but forged',
  'user-block-list': 'Blocked by the recipient',
  'user-allow-list': 'Allowed by the recipient',
  'dmarc-reject': 'Fails DMARC; its domain asks to reject',
  'dmarc-quarantine': 'Fails DMARC; its domain asks for quarantine',
  'spf-fail': 'Fails SPF',
  'spf-softfail': 'Fails SPF softly',
  'authentication-unavailable': 'Sender could not be checked',
  'trusted-filter': 'Judged by the filter in front',
  virus: 'A virus was found',
  spam: 'Spam, by the content filter',
  'filter-unavailable': 'Content could not be checked',
  clean: 'Nothing against it',
};

/** What the console says about the queue, the quarantine and the trace. */
export const mailFlow = {
  state: {
    queued: 'Queued',
    leased: 'Being sent',
    deferred: 'Deferred',
    review: 'Held for review',
    held: 'Held by a person',
    quarantined: 'Quarantined',
  } satisfies Record<QueueStateWord, string>,
  finalState: {
    queued: 'Queued',
    leased: 'Being sent',
    deferred: 'Deferred',
    held: 'Held',
    quarantined: 'Quarantined',
    delivered: 'Delivered',
    discarded: 'Discarded',
    bounced: 'Returned to the sender',
  } satisfies Record<DeliveryStateWord, string>,
  reason: (reason: WaitReasonWord): string => reasons[reason],
  verdict: {
    deliver: 'Deliver',
    tag: 'Tag',
    junk: 'Junk',
    quarantine: 'Quarantine',
    reject: 'Reject',
  } satisfies Record<VerdictWord, string>,
  verdictReason: (reason: string): string => verdictReasons[reason] ?? reason,
  nullSender: 'no sender (a report)',
  noSubject: '(no subject)',

  queue,
  quarantine,

  bulk: {
    chosen: (count: number) => `${deliveries(count)} chosen`,
    allChosen: (count: number) => `All ${formatCount(count)} that match`,
    chooseAll: (count: number) => `Choose all ${formatCount(count)} that match`,
    clear: 'Clear',
  },

  command: {
    retry: 'Try now',
    hold: 'Hold',
    release: 'Release',
    discard: 'Discard…',
    'release-quarantine': 'Release',
  } satisfies Record<DeliveryCommandWord, string>,
  releaseAndAllow: 'Release and allow…',

  confirm: {
    title: {
      retry: (count: number) => `Try ${deliveries(count)} now`,
      hold: (count: number) => `Hold ${deliveries(count)}`,
      release: (count: number) => `Release ${deliveries(count)}`,
      discard: (count: number) => `Discard ${deliveries(count)}`,
      'release-quarantine': (count: number) => `Release ${deliveries(count)} from quarantine`,
    } satisfies Record<DeliveryCommandWord, (count: number) => string>,
    text: {
      retry: 'They are due at once. While Office 365 is not reachable they go as soon as it is.',
      hold: 'Nothing is tried until somebody releases them. Protected recipients still read them in an event.',
      release: 'They go as if they had just come, with earlier refusals forgotten.',
      discard:
        'They are given up for good: delivered to nobody, and the sender is not told. Trace and ledger keep who did it and why.',
      'release-quarantine': 'They are delivered after all, and shown in emergency mailboxes.',
    } satisfies Record<DeliveryCommandWord, string>,
    allowTitle: (count: number) => `Release ${deliveries(count)} and allow the senders`,
    allowText:
      'They are delivered, and their senders go on the allow list: their mail is no longer judged, unless it is forged.',
    others: 'What is in another state by then is left as it is.',
    many: 'This many are worked through in the background. The page shows how far it is.',
    reason: 'Reason',
    reasonHint: 'In a few words. Kept in trace, ledger and audit log.',
    reasonNeeded: 'Say why, in a few words.',
    typed: (words: string) => `Type ${words} to go on`,
    hold: {
      label: 'Hold to discard',
      confirmLabel: (count: number) => `Discard ${deliveries(count)}`,
      twoStep: 'Discard in two steps instead',
      cancel: 'Keep them',
    },
  },
  done: {
    retry: (count: number) => `${deliveries(count)} due now`,
    hold: (count: number) => `${deliveries(count)} held`,
    release: (count: number) => `${deliveries(count)} released`,
    discard: (count: number) => `${deliveries(count)} discarded`,
    'release-quarantine': (count: number) => `${deliveries(count)} released`,
  } satisfies Record<DeliveryCommandWord, (count: number) => string>,
  leftAlone: (count: number, reason: CommandRefusalWord) =>
    `${formatCount(count)} left as they are: ${refusals[reason]}`,
  allowed: (values: readonly string[]) => `${values.join(', ')} allowed`,
  begun: (count: number) => `Working through ${deliveries(count)}`,
  progress: {
    running: {
      retry: 'Making deliveries due',
      hold: 'Holding deliveries',
      release: 'Releasing deliveries',
      discard: 'Discarding deliveries',
      'release-quarantine': 'Releasing from quarantine',
    } satisfies Record<DeliveryCommandWord, string>,
    of: (done: number, expected: number) => `${formatCount(done)} of ${formatCount(expected)}`,
    by: (who: string) => `asked for by ${who}`,
  },

  trace,

  alarms: {
    title: 'Places in the mail store could not be read',
    text: 'The rest of the store is read as always. Run holdfast doctor on the server; it says which messages are meant and whether their bytes are elsewhere.',
    kind: {
      'damaged-record': 'Damaged record',
      'damaged-body': 'Damaged body',
      'missing-body': 'Body is missing',
      'unreadable-segment': 'File cannot be read',
    },
  },

  message,
};
