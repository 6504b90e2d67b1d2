import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { QueueRow, TraceRow } from './src/command-answers.ts';
import { installEverywhere } from './src/install.ts';
import { readLedger, settledLedger } from './src/ledger.ts';
import { newMessageId, sendMail, smallMessage } from './src/mail.ts';
import { bootProduct, type Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { waitFor } from './src/wait-for.ts';

/** Authenticated (SPF and DMARC pass): the one kind of sender that would be sent a bounce. */
const SENDER = 'mona.kane@fabrikam.example';
const RECIPIENTS = ['lee.gu@contoso.example', 'sales@contoso.example'];
const REPLIES = [
  '451 4.3.2 Temporary server error. Please try again later ATTR1',
  '550 5.4.1 Recipient address rejected: Access denied',
];

describe('Office 365 answers 451 and then 550 during an outage', () => {
  let product: Product;
  const sent = new Map<string, string>();
  reportLogsOfFailures(() => product);

  beforeAll(async () => {
    product = await bootProduct({ roles: ['mx', 'ingest', 'relay', 'worker'] });
    await installEverywhere(product);
  });
  afterAll(() => product?.stop());

  test('mail is accepted, and held for review at the 550', async () => {
    await product.world.outage('transport', REPLIES);
    for (const to of RECIPIENTS) {
      const messageId = newMessageId();
      const raw = smallMessage({ from: SENDER, to, messageId });
      const answer = await sendMail({ port: product.facts.mxPort, from: SENDER, to, raw });
      expect(answer.code).toBe(250);
      sent.set(to, messageId);
    }
    let queue: QueueRow[] = [];
    await waitFor(
      'both answers to be met by every recipient',
      async () => {
        queue = (await product.holdfast('queue', '--json')).json as QueueRow[];
        return (
          queue.length === RECIPIENTS.length &&
          queue.every(
            // Now and then one is being tried again.
            ({ reply, attempts, state }) =>
              attempts > 1 && reply?.startsWith('550') === true && state === 'held',
          )
        );
      },
      { instead: () => queue, patience: 120_000, pause: 500 },
    );
  });

  test('nothing bounces: no report to the sender, none in the ledger', async () => {
    const ledger = await readLedger(product);
    expect(ledger).toMatchObject({
      accepted: RECIPIENTS.length,
      balanced: true,
      terminal: { delivered: 0, discarded: 0, bounced: 0 },
    });
    expect(ledger.outbound.terminal?.bounced).toBe(0);
    expect(await product.world.external(SENDER)).toEqual([]);
  });

  test('after the outage it arrives, and still nobody was told otherwise', async () => {
    await product.world.outage('none');
    const ledger = await settledLedger(product, 150_000);
    expect(ledger).toMatchObject({
      terminal: { delivered: RECIPIENTS.length, discarded: 0, bounced: 0 },
      balanced: true,
    });
    for (const [to, messageId] of sent) {
      const arrived = (await product.world.mailbox(to)).filter(
        (message) => message.messageId === messageId,
      );
      expect(arrived, to).toHaveLength(1);
      const rows = (await product.holdfast('trace', '--message-id', messageId, '--json'))
        .json as TraceRow[];
      expect(rows).toEqual([
        expect.objectContaining({ messageId, recipient: to, state: 'delivered' }),
      ]);
    }
    expect(await product.world.external(SENDER)).toEqual([]);
  });
});
