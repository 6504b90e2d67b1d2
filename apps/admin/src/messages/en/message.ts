import { formatCount } from '../../format/counts.ts';
import type { DeliveryCommandWord } from '../vocabulary.ts';

/** What the page of one message says. */
export const message = {
  title: 'Message',
  back: 'Back',
  facts: 'About the message',
  from: 'From',
  to: 'To',
  cc: 'Cc',
  date: 'Date',
  messageId: 'Message-ID',
  envelopeSender: 'Envelope sender',
  client: 'Came from',
  clientWords: (ip: string, helo: string | null) => (helo === null ? ip : `${ip}, as ${helo}`),
  tls: 'Encryption',
  noTls: 'none',
  unknown: 'not known any more',
  authentication: 'Authentication',
  notChecked: 'not evaluated',
  content: 'Content filters',
  proven: 'The sender is proven.',
  notProven: 'The sender is not proven.',
  size: 'Size',
  bytes: 'Bytes',
  class: {
    copy: 'Kept for the rolling copy',
    transit: 'Kept until 24 h after its last decision',
  },
  missing: (why: string) => `The bytes cannot be read: ${why}`,
  missingMeaning:
    'The message cannot be delivered from here. Run holdfast doctor on the server and see its alarms.',
  noContent:
    'The content is not shown: administrators read nobody’s mail without a recorded grant.',
  recipients: 'Recipients',
  verdict: 'Verdict',
  nextTry: (when: string) => `Next try ${when}`,
  steps: {
    received: 'Received',
    receivedText: (client: string) => `from ${client}`,
    written: 'Written here',
    judged: (verdict: string) => `Judged: ${verdict}`,
    stored: 'Stored',
    attempt: (attempt: number) => `Attempt ${formatCount(attempt)}`,
    at: (host: string) => `at ${host}`,
    waits: 'Waits',
    nextAt: (when: string) => `next try ${when}`,
    person: 'for a person',
    command: {
      retry: 'Made due',
      hold: 'Held',
      release: 'Released',
      discard: 'Discarded',
      'release-quarantine': 'Released from quarantine',
    } satisfies Record<DeliveryCommandWord, string>,
    by: (actor: string) => `by ${actor}`,
  },
};
