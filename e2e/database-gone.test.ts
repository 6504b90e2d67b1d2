import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeDatabaseAway } from './src/database-outage.ts';
import { installEverywhere } from './src/install.ts';
import { settledLedger } from './src/ledger.ts';
import { smallMessage } from './src/mail.ts';
import { bootProduct, type Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { sendLoad, type LoadMessage, type LoadReport } from './src/smtp-client.ts';
import { waitFor } from './src/wait-for.ts';

const SENDER = 'mona.kane@fabrikam.example';
const RECIPIENTS = [
  'lee.gu@contoso.example',
  'sales@contoso.example',
  'adele.vance@contoso.example',
];
/** Light load, until it is told to end: the database is what is tested here, not throughput. */
const LOAD = { connections: 3, count: 100_000, pause: 100 } as const;
/** Messages that have to be accepted while there is no database. */
const ENOUGH = 60;

function message(number: number): LoadMessage {
  const messageId = `<gone-${number}@fabrikam.example>`;
  const recipient = RECIPIENTS[number % RECIPIENTS.length] ?? '';
  return {
    messageId,
    from: SENDER,
    recipient,
    raw: smallMessage({ from: SENDER, to: recipient, messageId, subject: `Parcel ${number}` }),
  };
}

describe('PostgreSQL is gone', () => {
  let product: Product;
  let load: Promise<LoadReport>;
  let giveBack: () => Promise<void>;
  const enough = new AbortController();
  let accepted = 0;
  reportLogsOfFailures(() => product);

  beforeAll(async () => {
    product = await bootProduct({ roles: ['mx', 'ingest', 'relay', 'worker'] });
    await installEverywhere(product);
    load = sendLoad({
      port: product.facts.mxPort,
      ...LOAD,
      message,
      signal: enough.signal,
      accepted: (count) => (accepted = count),
    });
    await waitFor('some mail before', () => accepted > 10);
    giveBack = await takeDatabaseAway(product);
  });
  afterAll(async () => {
    enough.abort();
    if (product === undefined) return;
    process.kill(product.supervisorPid, 'SIGCONT');
    await product.stop();
  });

  test('mx still answers 250', async () => {
    const before = accepted;
    await waitFor('more mail to be accepted', () => accepted >= before + ENOUGH, {
      instead: () => accepted,
    });
    expect(product.rolePid('mx')).not.toBeNull();
  });

  test('the ledger ends with 75 and gives the count of the spool', async () => {
    const before = accepted;
    const result = await product.holdfast('ledger', '--json');
    const after = accepted;
    expect(result.exit).toBe(75);
    expect(result.json).toMatchObject({ open: null, terminal: null, balanced: null });
    const { accepted: counted } = result.json as { readonly accepted: number };
    expect(counted).toBeGreaterThanOrEqual(before);
    // One more per connection may be on disk and its 250 under way.
    expect(counted).toBeLessThanOrEqual(after + LOAD.connections);
  });

  test('other commands end with 75 and a sentence, and doctor says what is wrong', async () => {
    const status = await product.holdfast('status', '--json');
    expect(status.exit).toBe(75);
    expect(status.json).toMatchObject({ error: { code: 'database.unreachable' } });
    const doctor = await product.holdfast('doctor', '--json');
    expect(doctor.exit).toBe(1);
    expect(doctor.json).toMatchObject({ healthy: false });
  });

  test('once it is back every message that was accepted arrives', async () => {
    await giveBack();
    enough.abort();
    const report = await load;
    expect(report.accepted.length).toBeGreaterThan(ENOUGH);
    expect(report.notAccepted).toEqual([]);
    expect(report).toMatchObject({ lostConnections: 0, deferred: 0 });
    const ledger = await settledLedger(product);
    expect(ledger).toMatchObject({
      accepted: report.accepted.length,
      terminal: { delivered: report.accepted.length, discarded: 0, bounced: 0 },
      balanced: true,
    });
    for (const recipient of RECIPIENTS) {
      const arrived = (await product.world.mailbox(recipient))
        .map(({ messageId }) => messageId)
        .filter((id) => id.startsWith('<gone-'));
      const expected = report.accepted.filter((entry) => entry.recipient === recipient);
      expect(arrived.toSorted()).toEqual(expected.map(({ messageId }) => messageId).toSorted());
    }
  });
});
