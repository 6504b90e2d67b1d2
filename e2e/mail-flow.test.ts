import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { QueueRow, TraceRow, UserRow } from './src/command-answers.ts';
import { installEverywhere } from './src/install.ts';
import { readLedger, settledLedger, sum } from './src/ledger.ts';
import { newMessageId, sendMail, smallMessage } from './src/mail.ts';
import type { SimulatedMessage } from './src/outside-world.ts';
import { bootProduct, type Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { waitFor } from './src/wait-for.ts';

const SENDER = 'mona.kane@fabrikam.example';

/** Every kind of object that the domain has, the address mail goes to, and where it has to arrive. */
const OBJECTS = [
  ['a user', 'adele.vance@contoso.example', ['adele.vance@contoso.example']],
  ['an alias', 'meganb@contoso.example', ['megan.bowen@contoso.example']],
  ['a blocked account', 'brian.johnson@contoso.example', ['brian.johnson@contoso.example']],
  ['a shared mailbox', 'sales@contoso.example', ['sales@contoso.example']],
  ['an alias of a shared mailbox', 'help@contoso.example', ['support@contoso.example']],
  ['a room', 'room.adams@contoso.example', ['room.adams@contoso.example']],
  ['equipment', 'van.transit@contoso.example', ['van.transit@contoso.example']],
  [
    'a distribution group',
    'marketing-team@contoso.example',
    ['megan.bowen@contoso.example', 'alex.wilber@contoso.example'],
  ],
  [
    'a mail-enabled security group',
    'finance-approvers@contoso.example',
    ['jordan.miller@contoso.example', 'pradeep.gupta@contoso.example'],
  ],
  [
    'a Microsoft 365 group',
    'project-falcon@contoso.example',
    ['project-falcon@contoso.example', 'lee.gu@contoso.example'],
  ],
  [
    'a dynamic group',
    'retail-everyone@contoso.example',
    ['lynne.robbins@contoso.example', 'raul.razo@contoso.example'],
  ],
  ['a public folder', 'suggestions@contoso.example', ['suggestions@contoso.example']],
  ['a contact', 'agency@contoso.example', ['agency@northwind.example']],
] as const;

const TOGETHER = [
  'johanna.lorenz@contoso.example',
  'support@contoso.example',
  'room.adams@contoso.example',
  'suggestions@contoso.example',
];

interface SentMessage {
  readonly messageId: string;
  readonly raw: Buffer;
}

/** Bytes that careless relays change: dots at line starts, 8-bit text, blanks at line ends, long lines, empty lines. */
function fragile(to: string): SentMessage {
  const messageId = newMessageId();
  const body = [
    '.',
    '..two dots',
    'Größe, größer, 東京 — ünïcödé  ',
    `long ${'x'.repeat(900)}`,
    'tab\tand trailing blanks \t ',
    '',
    '',
    'From the start of a line',
    '',
  ].join('\r\n');
  return { messageId, raw: Buffer.from(smallMessage({ from: SENDER, to, messageId, body })) };
}

function found(
  messages: readonly SimulatedMessage[],
  { messageId }: SentMessage,
): SimulatedMessage[] {
  return messages.filter((message) => message.messageId === messageId);
}

describe('Mail through an outage', () => {
  let product: Product;
  const sent = new Map<string, SentMessage>();
  reportLogsOfFailures(() => product);

  beforeAll(async () => {
    product = await bootProduct({ roles: ['mx', 'ingest', 'relay', 'worker'] });
  });
  afterAll(() => product?.stop());

  const mailboxOf = (address: string): Promise<readonly SimulatedMessage[]> =>
    address.endsWith('@contoso.example')
      ? product.world.mailbox(address)
      : product.world.external(address);

  test('before the installation no recipient is known, and nothing is refused for good', async () => {
    const answer = await sendMail({
      port: product.facts.mxPort,
      from: SENDER,
      to: 'adele.vance@contoso.example',
    });
    expect([450, 451, 550]).toContain(answer.code);
    expect(answer.reply).not.toContain('5.1.1');
  });

  test('holdfast install protects everyone who can be protected', async () => {
    const answer = await installEverywhere(product);
    expect(answer).toMatchObject({ installed: true, newUsers: true });
    expect(answer.steps).toEqual([
      expect.objectContaining({ step: 'copy-lists', state: 'done' }),
      expect.objectContaining({ step: 'exchange', state: 'done' }),
    ]);
    const users = (await product.holdfast('users', 'list', '--json')).json as UserRow[];
    expect(users.filter((user) => user.protected)).toHaveLength(answer.protected);
    const leftOut = users.filter((user) => user.protected !== user.eligible);
    // Their sign-in is blocked: an administrator may protect them by name.
    expect(leftOut.map(({ address }) => address).toSorted()).toEqual([
      'brian.johnson@contoso.example',
      'cameron.white@contoso.example',
    ]);
    expect(users.find(({ address }) => address === 'sales@contoso.example')).toMatchObject({
      kind: 'shared-mailbox',
      eligible: false,
    });
  });

  test('during the outage mail to every kind of object is accepted and none of it arrives', async () => {
    await product.world.outage('transport');
    for (const [, address] of OBJECTS) {
      const message = fragile(address);
      const answer = await sendMail({
        port: product.facts.mxPort,
        from: SENDER,
        to: address,
        raw: message.raw,
        requireTls: true,
      });
      expect(answer, address).toMatchObject({ code: 250, refused: [] });
      sent.set(address, message);
    }
    const together = fragile(TOGETHER.join(', '));
    const answer = await sendMail({
      port: product.facts.mxPort,
      from: SENDER,
      to: TOGETHER,
      raw: together.raw,
    });
    expect(answer).toMatchObject({ code: 250, refused: [] });
    sent.set('together', together);

    const count = OBJECTS.length + TOGETHER.length;
    let queue: QueueRow[] = [];
    await waitFor(
      'the queue to hold everything',
      async () => {
        queue = (await product.holdfast('queue', '--json')).json as QueueRow[];
        return queue.length === count && queue.some(({ attempts }) => attempts > 0);
      },
      { instead: () => queue },
    );
    expect(queue.filter(({ state }) => !OPEN.has(state))).toEqual([]);
    for (const [, , places] of OBJECTS) {
      for (const place of places) {
        const ours = (await mailboxOf(place)).filter(({ from }) => from === SENDER);
        expect(ours, place).toEqual([]);
      }
    }
  });

  test('the ledger balances with everything open, and trace knows each recipient', async () => {
    const count = OBJECTS.length + TOGETHER.length;
    const reading = await readLedger(product);
    expect(reading).toMatchObject({
      accepted: count,
      balanced: true,
      terminal: { delivered: 0, discarded: 0, bounced: 0 },
    });
    expect(sum(reading.open)).toBe(count);
    const { messageId } = sent.get('together') ?? fail('nothing was sent together');
    const rows = (await product.holdfast('trace', '--message-id', messageId, '--json'))
      .json as TraceRow[];
    expect(rows.map(({ recipient }) => recipient).toSorted()).toEqual(TOGETHER.toSorted());
    for (const row of rows) {
      expect(row.messageId).toBe(messageId);
      expect(OPEN).toContain(row.state);
    }
  });

  test('after the outage all of it arrives, in the right places and byte for byte', async () => {
    await product.world.outage('none');
    for (const [kind, address, places] of OBJECTS) {
      const message = sent.get(address) ?? fail(`nothing was sent to ${address}`);
      for (const place of places) {
        const [arrived, ...more] = await waitFor(`mail to ${kind} in ${place}`, async () => {
          const all = found(await mailboxOf(place), message);
          return all.length > 0 && all;
        });
        expect(more, place).toEqual([]);
        expectUntouched(arrived, message);
      }
    }
    const together = sent.get('together') ?? fail('nothing was sent together');
    for (const place of TOGETHER) {
      const [arrived] = await waitFor(`the common message in ${place}`, async () => {
        const all = found(await mailboxOf(place), together);
        return all.length > 0 && all;
      });
      expectUntouched(arrived, together);
    }
    const count = OBJECTS.length + TOGETHER.length;
    const reading = await settledLedger(product);
    expect(reading).toMatchObject({
      accepted: count,
      open: { queued: 0, leased: 0, deferred: 0, held: 0, quarantined: 0 },
      terminal: { delivered: count, discarded: 0, bounced: 0 },
      balanced: true,
    });
    const queue = await product.holdfast('queue', '--json');
    expect(queue.json).toEqual([]);
  });

  test('nobody was told that mail is late or undeliverable', async () => {
    expect(await product.world.external(SENDER)).toEqual([]);
  });

  test.each([
    ['an unknown recipient', 'no.such.person@contoso.example', '550 5.1.1'],
    ['a foreign domain', 'somebody@fabrikam.example', '550 5.7.1'],
    ['the initial domain', 'adelev@contoso.onmicrosoft.com', '550 5.7.1'],
  ])('%s is refused at RCPT', async (_what, to, reply) => {
    const answer = await sendMail({ port: product.facts.mxPort, from: SENDER, to });
    expect(answer.reply).toContain(reply);
  });

  test('an unknown recipient beside a known one does not stop the known one', async () => {
    const messageId = newMessageId();
    const to = ['lee.gu@contoso.example', 'no.such.person@contoso.example'];
    const answer = await sendMail({
      port: product.facts.mxPort,
      from: SENDER,
      to,
      raw: smallMessage({ from: SENDER, to: to.join(', '), messageId }),
    });
    expect(answer).toMatchObject({ code: 250, refused: ['no.such.person@contoso.example'] });
    await waitFor('the message in the mailbox', async () =>
      (await product.world.mailbox('lee.gu@contoso.example')).some(
        (message) => message.messageId === messageId,
      ),
    );
  });
});

/** States in which an accepted recipient is not lost and not done. */
const OPEN: ReadonlySet<string> = new Set(['queued', 'leased', 'deferred', 'held']);

/** What leaves is what came, with our trace headers on top and nothing else. */
function expectUntouched(arrived: SimulatedMessage | undefined, message: SentMessage): void {
  const raw = Buffer.from(arrived?.raw ?? '', 'base64');
  const top = raw.subarray(0, raw.length - message.raw.length).toString('utf8');
  expect(raw.subarray(raw.length - message.raw.length).equals(message.raw)).toBe(true);
  const names = top.split(/\r\n(?![ \t])/).map((line) => line.split(':')[0]);
  expect(names).toEqual(['Received', 'Authentication-Results', 'X-Holdfast-Verdict', '']);
}

function fail(why: string): never {
  throw new Error(why);
}
