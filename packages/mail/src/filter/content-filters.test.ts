import type { ContentFilter } from '@holdfast/application';
import type { ContentFinding } from '@holdfast/domain';
import { describe, expect, test, vi } from 'vitest';
import { clamdServer, rspamdServer } from '../testing/filter-servers.ts';
import { createClamdFilter, type ClamdOptions } from './clamd-filter.ts';
import { createRspamdFilter, type RspamdOptions } from './rspamd-filter.ts';

const MESSAGE = Buffer.from('Subject: x\r\n\r\nbody\r\n');
const FACTS = {
  id: '019ab0c0-0000-7000-8000-000000000001',
  clientIp: '192.0.2.1',
  helo: 'mail.outside.example',
  envelopeFrom: 'alex@outside.example',
  recipients: ['megan@contoso.example', 'jörg@contoso.example'],
};

async function pass(
  filter: ContentFilter,
  pieces: readonly Uint8Array[] = [MESSAGE],
): Promise<ContentFinding> {
  const inspection = filter.begin(FACTS);
  for (const piece of pieces) await inspection.take(piece);
  return await inspection.finish();
}

const rspamd = (url: string, changes: Partial<RspamdOptions> = {}): ContentFilter =>
  createRspamdFilter({ url, hostname: 'mx.holdfast.example', budgetMs: 5000, ...changes });
const clamd = (
  address: ClamdOptions['address'],
  changes: Partial<ClamdOptions> = {},
): ContentFilter =>
  createClamdFilter({ address, action: 'quarantine', budgetMs: 5000, ...changes });

const answer = (action: string, score = 1) => ({ text: JSON.stringify({ action, score }) });

describe('Rspamd', () => {
  test('is told who sends what to whom, and its score and heaviest rules are kept', async () => {
    const symbols = { A: { score: 1.234 }, GTUBE: { score: 14 }, GOOD: { score: -3 }, NONE: {} };
    await using server = await rspamdServer({
      script: () => ({ text: JSON.stringify({ action: 'reject', score: 15.239, symbols }) }),
    });
    expect(await pass(rspamd(server.url))).toEqual({
      filter: 'spam',
      action: 'reject',
      score: 15.24,
      reasons: ['GTUBE 14', 'A 1.23'],
    });
    const [asked] = server.asked;
    expect(asked?.body).toEqual(MESSAGE);
    expect(asked?.headers).toMatchObject({
      ip: '192.0.2.1',
      helo: 'mail.outside.example',
      from: 'alex@outside.example',
      'deliver-to': 'megan@contoso.example',
      'queue-id': FACTS.id,
      'mta-name': 'mx.holdfast.example',
      'content-length': String(MESSAGE.length),
    });
    const recipients = asked?.rawHeaders.filter((_, at, all) => all[at - 1] === 'Rcpt') ?? [];
    expect(recipients.map((value) => Buffer.from(value, 'latin1').toString())).toEqual(
      FACTS.recipients,
    );
  });

  test.each([
    ['no action', 'none'],
    ['greylist', 'tag'],
    ['soft reject', 'tag'],
    ['add header', 'junk'],
    ['rewrite subject', 'junk'],
    ['quarantine', 'quarantine'],
    ['reject', 'reject'],
  ])('says %s, and that means %s', async (action, expected) => {
    await using server = await rspamdServer({ script: () => answer(action) });
    expect(await pass(rspamd(server.url))).toMatchObject({ action: expected });
  });

  test.each([
    ['no JSON', { text: '<html>' }],
    ['JSON that is no object', { text: '"reject"' }],
    ['an action nobody knows', answer('explode')],
    ['an action without a score', { text: '{"action":"reject"}' }],
    ['an error', { status: 500, text: '{"action":"reject","score":15}' }],
    ['two megabytes', { text: `${' '.repeat(2_000_000)}{"action":"reject","score":15}` }],
    ['nothing, and hangs up', 'cut' as const],
  ])('that answers %s has not judged', async (_name, reply) => {
    await using server = await rspamdServer({ script: () => reply });
    expect(await pass(rspamd(server.url))).toMatchObject({
      filter: 'spam',
      failed: expect.any(String),
    });
  });

  test('gets a big message in pieces, byte for byte', async () => {
    await using server = await rspamdServer({ script: () => answer('no action') });
    const pieces = Array.from({ length: 40 }, (_, index) => Buffer.alloc(100_000, index));
    expect(await pass(rspamd(server.url), pieces)).toMatchObject({ action: 'none' });
    expect(server.asked[0]?.body.equals(Buffer.concat(pieces))).toBe(true);
  });

  test('is not asked about what is too big, and that is no failure', async () => {
    await using server = await rspamdServer({ script: () => answer('reject') });
    const pieces = Array.from({ length: 11 }, () => Buffer.alloc(1024 * 1024));
    expect(await pass(rspamd(server.url), pieces)).toMatchObject({
      action: 'none',
      reasons: ['too big to be asked'],
    });
  });

  test('cannot be told a header of the sender’s own', async () => {
    await using server = await rspamdServer({ script: () => answer('no action') });
    const inspection = rspamd(server.url).begin({ ...FACTS, helo: 'x\r\nSettings: {}' });
    await inspection.take(MESSAGE);
    await inspection.finish();
    expect(server.asked[0]?.headers).toMatchObject({ helo: 'xSettings: {}' });
    expect(server.asked[0]?.headers.settings).toBeUndefined();
  });
});

describe('clamd', () => {
  const clean = { filter: 'virus', action: 'none', score: null, reasons: [] };

  test('reads what was sent, whole or in pieces', async () => {
    await using server = await clamdServer({ script: () => 'stream: OK' });
    const pieces = Array.from({ length: 40 }, (_, index) => Buffer.alloc(100_000, index));
    expect(await pass(clamd(server.address))).toEqual(clean);
    expect(await pass(clamd(server.address), pieces)).toEqual(clean);
    expect(server.scanned).toEqual([MESSAGE, Buffer.concat(pieces)]);
  });

  test.each(['quarantine', 'reject'] as const)(
    'finds a virus, and policy says %s',
    async (action) => {
      await using server = await clamdServer({ script: () => 'stream: Eicar-Signature FOUND' });
      expect(await pass(clamd(server.address, { action }))).toEqual({
        filter: 'virus',
        action,
        score: null,
        reasons: ['Eicar-Signature'],
      });
    },
  );

  test.each([
    ['an error', 'stream: Cannot allocate memory ERROR'],
    ['that it does not understand', 'UNKNOWN COMMAND'],
    ['an empty line', ''],
    ['half of what it should', 'OK'],
    ['the other half', 'FOUND'],
    ['without end', 'x'.repeat(10_000)],
    ['nothing, and hangs up', 'cut'],
  ])('that answers %s has not scanned', async (_name, reply) => {
    await using server = await clamdServer({ script: () => reply });
    expect(await pass(clamd(server.address))).toMatchObject({ failed: expect.any(String) });
  });

  test('whose own size limit is passed has not scanned', async () => {
    await using server = await clamdServer({ script: () => 'stream: OK', limit: 300_000 });
    const pieces = Array.from({ length: 40 }, () => Buffer.alloc(100_000));
    expect(await pass(clamd(server.address), pieces)).toMatchObject({
      failed: expect.any(String),
    });
  });

  test('is not asked about more than it reads, and that is no clean bill', async () => {
    await using server = await clamdServer({ script: () => 'stream: OK' });
    const pieces = Array.from({ length: 26 }, () => Buffer.alloc(1024 * 1024));
    expect(await pass(clamd(server.address), pieces)).toEqual({
      filter: 'virus',
      failed: 'too big to be scanned',
    });
  });
});

describe('a filter', () => {
  test('that hangs delays one message by its budget and not the next hundred', async () => {
    let there = false;
    await using server = await rspamdServer({
      script: () => (there ? answer('no action') : 'hang'),
      ping: () => there,
    });
    const outages: boolean[] = [];
    const filter = rspamd(server.url, {
      budgetMs: 2000,
      pauseMs: 50,
      onOutage: (gone) => outages.push(gone),
    });
    expect(await pass(filter)).toEqual({ filter: 'spam', failed: 'took too long' });
    await vi.waitFor(() => expect(outages).toEqual([true]), { timeout: 10_000 });
    const askedSoFar = server.asked.length;
    for (let index = 0; index < 100; index += 1) {
      expect(await pass(filter)).toMatchObject({ failed: 'known to be gone' });
    }
    expect(server.asked.length).toBe(askedSoFar);
    there = true;
    await vi.waitFor(() => expect(outages).toEqual([true, false]), { timeout: 10_000 });
    expect(await pass(filter)).toMatchObject({ action: 'none' });
  });

  test('that hangs keeps messages waiting side by side, not one after the other', async () => {
    await using server = await clamdServer({ script: () => 'hang' });
    const filter = clamd(server.address, { budgetMs: 2000 });
    const since = performance.now();
    const findings = await Promise.all(Array.from({ length: 30 }, () => pass(filter)));
    // One after the other, five would wait before it counts as gone: ten seconds.
    expect(performance.now() - since).toBeLessThan(8000);
    for (const finding of findings) expect(finding).toMatchObject({ failed: 'took too long' });
  });

  test('is not taken for gone because of one message that it cannot get through', async () => {
    await using server = await clamdServer({
      script: (body) => (body.includes('bomb') ? 'hang' : 'stream: OK'),
    });
    const filter = clamd(server.address, { budgetMs: 2000 });
    expect(await pass(filter, [Buffer.from('bomb')])).toMatchObject({ failed: 'took too long' });
    for (let index = 0; index < 20; index += 1) {
      expect(await pass(filter)).toMatchObject({ action: 'none' });
    }
  });

  test('that is not there costs nothing and is found when it comes', async () => {
    const address = await (async () => {
      await using server = await clamdServer({ script: () => 'stream: OK' });
      return server.address;
    })();
    const filter = clamd(address, { pauseMs: 50 });
    const since = performance.now();
    for (let index = 0; index < 20; index += 1) {
      expect(await pass(filter)).toMatchObject({ failed: expect.any(String) });
    }
    // Less than the budget of a single one.
    expect(performance.now() - since).toBeLessThan(5000);
  });

  test('that answers too late is not heard: the message has gone on', async () => {
    const late = Promise.withResolvers<{ text: string }>();
    await using server = await rspamdServer({
      script: (body) => (body.includes('slow') ? late.promise : answer('no action')),
    });
    const filter = rspamd(server.url, { budgetMs: 2000 });
    const slow = await pass(filter, [Buffer.from('slow')]);
    late.resolve(answer('reject', 15));
    expect(slow).toEqual({ filter: 'spam', failed: 'took too long' });
    expect(await pass(filter)).toMatchObject({ action: 'none' });
  });

  test('that is asked about more than it can do at once makes the others wait their turn', async () => {
    let busy = 0;
    let most = 0;
    await using server = await rspamdServer({
      script: () => {
        busy += 1;
        most = Math.max(most, busy);
        setImmediate(() => (busy -= 1));
        return answer('no action');
      },
    });
    const filter = rspamd(server.url);
    const findings = await Promise.all(Array.from({ length: 200 }, () => pass(filter)));
    for (const finding of findings) expect(finding).toMatchObject({ action: 'none' });
    expect(most).toBeLessThanOrEqual(32);
  });

  test('lets go of a message whose sender went away', async () => {
    await using server = await clamdServer({ script: () => 'stream: OK' });
    const filter = clamd(server.address);
    const inspection = filter.begin(FACTS);
    for (let index = 0; index < 20; index += 1) await inspection.take(Buffer.alloc(100_000));
    inspection.abandon();
    expect(await inspection.finish()).toMatchObject({ failed: 'given up' });
    expect(await pass(filter)).toMatchObject({ action: 'none' });
  });
});
