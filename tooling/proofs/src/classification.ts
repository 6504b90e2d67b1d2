import { smallMessage } from '@holdfast/e2e/mail';
import { installedData } from '@holdfast/e2e/prepared-demo';
import { waitFor } from '@holdfast/e2e/wait-for';
import { startMailPath, type MailPath } from '@holdfast/rig/mail-path';
import { startScriptedHost } from '@holdfast/rig/scripted-host';
import { SENDER } from '@holdfast/rig/sender-domain';
import { SmtpDialogue } from '@holdfast/rig/smtp-dialogue';
import type { Proof } from './proof.ts';

type Expected = 'deferred' | 'held';

/**
 * What Office 365 was seen to answer, written from what is public and not from our rules: the reply, the class it belongs
 * to, and what may become of the message at the first attempt. No row bounces. (Where Office 365 says 421, which ends
 * the session and all that is in it, the row has 451.)
 */
const ROWS: readonly (readonly [reply: string, replyClass: string, state: Expected])[] = [
  [
    '451 4.3.2 Temporary server error. Please try again later ATTR1',
    'directory-lookup',
    'deferred',
  ],
  ['451 4.3.2 Service not available', 'front-end', 'deferred'],
  ['451 4.3.2 Service not active', 'front-end', 'deferred'],
  ['451 4.3.2 The system is not accepting network messages', 'front-end', 'deferred'],
  ['451 4.4.3 Temporary server error. Please try again later ATTR18', 'proxy', 'deferred'],
  ['451 4.7.0 Temporary server error. Please try again later. PRX4 nexthop', 'proxy', 'deferred'],
  ['451 4.3.111 Temporary failure MRH1', 'proxy', 'deferred'],
  ['451 4.4.24 Message failed to be replicated', 'replication', 'deferred'],
  ['451 4.4.25 Message failed to be replicated', 'replication', 'deferred'],
  [
    '450 4.4.318 Connection was closed abruptly (SuspiciousRemoteServerError)',
    'dropped',
    'deferred',
  ],
  ['452 4.3.1 Insufficient system resources', 'back-pressure', 'deferred'],
  ['451 4.7.700 PFA agent busy, please try again', 'filter-busy', 'deferred'],
  [
    '451 4.4.4 Mail received as unauthenticated, incoming to a recipient ATTR3',
    'subnet',
    'deferred',
  ],
  [
    '451 4.7.500 Server busy. Please try again later from [203.0.113.25] (S77714)',
    'throttled',
    'deferred',
  ],
  ['451 4.7.500 Server busy. Please try again later (AS7711)', 'throttled', 'deferred'],
  [
    '451 4.7.650 The mail server [203.0.113.25] has been temporarily rate limited',
    'reputation',
    'deferred',
  ],
  ['451 4.7.850 Access denied, please try again later', 'reputation', 'deferred'],
  ['451 4.7.550 Access denied, please try again later', 'reputation', 'deferred'],
  ['432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded', 'mailbox-throttled', 'deferred'],
  ['452 4.5.3 Too many recipients', 'too-many-recipients', 'deferred'],
  [
    '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)',
    'unknown-recipient',
    'held',
  ],
  ['550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found', 'unknown-recipient', 'held'],
  ['550 5.1.1 User unknown', 'unknown-recipient', 'held'],
  ['550 5.7.64 TenantAttribution; Relay Access Denied', 'connector-broken', 'deferred'],
  [
    '550 5.7.51 TenantInboundAttribution; RestrictDomainsToIPAddresses',
    'connector-broken',
    'deferred',
  ],
  ['550 5.2.121 The recipient has exceeded its hourly limit', 'receive-limit', 'deferred'],
  ['550 5.2.122 The recipient has exceeded its limit', 'receive-limit', 'deferred'],
  ['550 5.7.606 Access denied, banned sending IP [203.0.113.25]', 'sender-banned', 'deferred'],
  ['550 5.7.511 Access denied, banned sender', 'sender-banned', 'deferred'],
  ['550 5.2.2 Mailbox full', 'mailbox-full', 'held'],
  ['552 5.3.4 Message size exceeds fixed maximum message size', 'too-big', 'held'],
  ['550 5.7.705 Access denied, tenant has exceeded threshold', 'tenant-blocked', 'held'],
  ['499 4.9.9 Something that nobody has seen before', 'unknown-temporary', 'deferred'],
  ['599 5.9.9 Something that nobody has seen before', 'unknown-permanent', 'held'],
];

const PATIENCE = 90_000;

export const proof: Proof = {
  name: 'classification',
  says: 'whatever Office 365 answers, mail for a known recipient waits or is held, each reply in its class, and none bounces',
  needs: [],
  prepare: installedData,
  async run() {
    await using path = await startMailPath();
    const host = await startScriptedHost(path.tenantPort);
    try {
      const recipients = await recipientsOf(path, ROWS.length);
      for (const [position, recipient] of recipients.entries()) {
        host.answer(recipient, ROWS[position]?.[0] ?? null);
      }
      for (const role of ['mx', 'ingest'] as const) await path.start(role);
      await sendOne(path, recipients);
      // All in one transaction, so that no breaker opens between two rows.
      await path.start('relay');
      await waitFor(
        'every recipient to have been tried',
        async () => (await statesOf(path)).every(({ attempts }) => attempts > 0),
        { patience: PATIENCE, instead: () => statesOf(path) },
      );
      compare(recipients, await statesOf(path));
      const states = ROWS.map(([, , state]) => state);
      return [
        `${ROWS.length} replies: ${states.filter((state) => state === 'deferred').length} put off, ${states.filter((state) => state === 'held').length} held for review, none bounced`,
      ];
    } finally {
      await host.stop();
    }
  },
};

/** Addresses that the directory knows, each of another object. */
async function recipientsOf(path: MailPath, count: number): Promise<readonly string[]> {
  const rows = await path.sql<{ address: string }[]>`
    select primary_address as address from directory_objects
    where removed_at is null and primary_address like '%@contoso.example' order by 1 limit ${count}`;
  if (rows.length < count) throw new Error(`The demo has ${rows.length} recipients, not ${count}.`);
  return rows.map(({ address }) => address);
}

async function sendOne(path: MailPath, recipients: readonly string[]): Promise<void> {
  const dialogue = await SmtpDialogue.open(path.mxPort);
  try {
    await dialogue.reply();
    const commands = [
      'EHLO mail.fabrikam.example',
      `MAIL FROM:<${SENDER}>`,
      ...recipients.map((recipient) => `RCPT TO:<${recipient}>`),
      'DATA',
      `${smallMessage({ from: SENDER, to: SENDER, messageId: '<classes@fabrikam.example>' })}.`,
    ];
    for (const command of commands) {
      const reply = await dialogue.say(command);
      if (reply === null || !/^[23]/.test(reply)) throw new Error(`${command}: ${reply}`);
    }
  } finally {
    dialogue.destroy();
  }
}

interface Outcome {
  readonly recipient: string;
  readonly state: string;
  readonly replyClass: string | null;
  readonly attempts: number;
}

async function statesOf(path: MailPath): Promise<readonly Outcome[]> {
  const rows = await path.sql<Outcome[]>`
    select delivery.recipient, delivery.state, delivery.reply_class as "replyClass", delivery.attempts
    from deliveries delivery
    join messages message
      on message.accepted_day = delivery.accepted_day and message.id = delivery.message_id
    where message.message_id = '<classes@fabrikam.example>'`;
  return rows.length < ROWS.length
    ? [{ recipient: '', state: '', replyClass: null, attempts: 0 }]
    : rows;
}

function compare(recipients: readonly string[], outcomes: readonly Outcome[]): void {
  const wrong = ROWS.flatMap(([reply, replyClass, state], position) => {
    const found = outcomes.find(({ recipient }) => recipient === recipients[position]);
    return found?.state === state && found.replyClass === replyClass
      ? []
      : [`“${reply}” made ${found?.state} (${found?.replyClass}), not ${state} (${replyClass})`];
  });
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}
