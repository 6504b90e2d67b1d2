import {
  createReceptionPolicy,
  type ContentFilter,
  type ReceivedMessage,
  type SmtpReply,
  type SpoolRecordHead,
} from '@holdfast/application';
import { indexSnapshot } from '@holdfast/domain';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSenderAuthenticator } from '../authentication/sender-authenticator.ts';
import { createSpoolReader } from '../spool/reader.ts';
import { createSpoolWriter } from '../spool/writer.ts';
import { dnsServer, type TestZone } from '../testing/dns-server.ts';
import { clamdServer, rspamdServer } from '../testing/filter-servers.ts';
import { fixedClock, silent, temporaryDirectory, testKeys } from '../testing/fixtures.ts';
import { createClamdFilter } from './clamd-filter.ts';
import { createRspamdFilter } from './rspamd-filter.ts';

const INDEX = indexSnapshot({
  version: 1,
  writtenAt: fixedClock.now(),
  domains: [],
  recipients: [],
  lists: {
    wary: { entries: [{ kind: 'allow', type: 'address', value: 'alex@outside.example' }] },
  },
  scopedLists: [],
  organisationKeys: {},
});

/** Domains without any record: authentication has nothing to say. */
const OPEN_ZONE: TestZone = { txt: {} };
const SILENT_ZONE: TestZone = { silent: ['*'] };

function message(
  changes: {
    from?: string;
    organisations?: readonly string[];
    body?: ReceivedMessage['body'];
  } = {},
): ReceivedMessage {
  const from = changes.from ?? 'alex@outside.example';
  const text = `From: <${from}>\r\nSubject: x\r\n\r\nbody\r\n`;
  return {
    session: {
      id: randomUUID(),
      clientIp: '192.0.2.1',
      helo: 'mail.outside.example',
      protocol: 'ESMTP',
      tls: null,
    },
    from,
    recipients: (changes.organisations ?? ['calm']).map((organisationId) => ({
      address: `megan@${organisationId}.example`,
      organisationId,
      kind: 'user',
      protected: true,
    })),
    bodyType: '7BIT',
    smtpUtf8: false,
    body: changes.body ?? Buffer.from(text),
  };
}

const opened: AsyncDisposableStack[] = [];
afterEach(async () => {
  for (const stack of opened.splice(0)) await stack.disposeAsync();
});

async function acceptance(
  zone: TestZone,
  filters: readonly ContentFilter[] = [],
  budgetMs = 300,
): Promise<{
  accept(message: ReceivedMessage): Promise<SmtpReply>;
  records(): Promise<readonly SpoolRecordHead[]>;
}> {
  const stack = new AsyncDisposableStack();
  opened.push(stack);
  const place = stack.use(await temporaryDirectory());
  const dns = stack.use(await dnsServer(zone));
  const authenticator = createSenderAuthenticator({
    resolver: { servers: [dns.server] },
    authservId: 'mx.holdfast.example',
    budgetMs,
    pauseMs: 60_000,
  });
  stack.defer(() => authenticator.close());
  const spool = createSpoolWriter({
    directory: place.path,
    diskReserveBytes: 0,
    segmentBytes: 10_000_000,
    keys: testKeys,
    clock: fixedClock,
    log: silent,
  });
  stack.defer(() => spool.close());
  const policy = createReceptionPolicy({
    index: () => INDEX,
    hostname: 'mx.holdfast.example',
    spool,
    authenticator,
    filters,
    relay: { probe: () => Promise.reject(new Error('not asked')) },
    callOuts: { until: () => null, remember: () => undefined },
    clock: fixedClock,
    identifiers: { uuid: () => randomUUID() } as never,
    log: silent,
  });
  return {
    accept: async (received) => await policy.message(received),
    async records() {
      const reader = createSpoolReader({ directory: place.path, keys: testKeys });
      const heads: SpoolRecordHead[] = [];
      for (const { instance, segment } of await reader.segments()) {
        const batch = await reader.read(
          { instance, segment, offset: 0 },
          { records: 1000, bytes: 10_000_000 },
        );
        heads.push(...batch.records);
      }
      return heads;
    },
  };
}

/** What each recipient's record says. */
const verdicts = (head: SpoolRecordHead | undefined) =>
  head?.envelope.recipients.map(({ verdict, reason }) => `${verdict} ${reason}`);

const rspamd = (url: string, budgetMs = 300): ContentFilter =>
  createRspamdFilter({ url, hostname: 'mx.holdfast.example', budgetMs, pauseMs: 60_000 });

describe('mail is accepted', () => {
  test('with all resolvers dead: at first after the budget, then at once, and flagged', async () => {
    const edge = await acceptance(SILENT_ZONE);
    const first = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        edge.accept(message({ from: `a@${index}.example` })),
      ),
    );
    expect(first.map(({ code }) => code)).toEqual(Array.from({ length: 20 }, () => 250));
    await vi.waitFor(
      async () => {
        const since = performance.now();
        await edge.accept(message({ from: `b@${randomUUID()}.example` }));
        expect(performance.now() - since).toBeLessThan(250);
      },
      { timeout: 20_000 },
    );
    const since = performance.now();
    for (let index = 0; index < 100; index += 1) {
      expect((await edge.accept(message({ from: `c@${index}.example` }))).code).toBe(250);
    }
    expect(performance.now() - since).toBeLessThan(10_000);
    const records = await edge.records();
    expect(records.length).toBeGreaterThanOrEqual(121);
    expect(new Set(records.flatMap(verdicts))).toEqual(new Set(['tag authentication-unavailable']));
  }, 60_000);

  test('with the filter hanging: messages wait side by side, then not at all, and are flagged', async () => {
    await using server = await rspamdServer({ script: () => 'hang', ping: () => false });
    const edge = await acceptance(OPEN_ZONE, [rspamd(server.url)], 5000);
    const since = performance.now();
    await Promise.all(Array.from({ length: 20 }, () => edge.accept(message())));
    // One after the other they would take six seconds.
    expect(performance.now() - since).toBeLessThan(5000);
    await vi.waitFor(
      async () => {
        const begun = performance.now();
        expect((await edge.accept(message())).code).toBe(250);
        expect(performance.now() - begun).toBeLessThan(250);
      },
      { timeout: 20_000 },
    );
    const afterwards = performance.now();
    // With the budget for each it would be thirty seconds.
    for (let index = 0; index < 100; index += 1) {
      expect((await edge.accept(message())).code).toBe(250);
    }
    expect(performance.now() - afterwards).toBeLessThan(10_000);
    const records = await edge.records();
    expect(new Set(records.flatMap(verdicts))).toEqual(new Set(['tag filter-unavailable']));
    expect(records[0]?.traceHeaders).toContain(
      'X-Holdfast-Verdict: tag; reason=filter-unavailable',
    );
    expect(records[0]?.traceHeaders).toContain('X-Holdfast-Content: spam unavailable (');
  }, 60_000);
});

test('spam is refused when everyone would refuse it, and kept from those who would', async () => {
  const text = JSON.stringify({ action: 'reject', score: 15, symbols: { GTUBE: { score: 15 } } });
  await using server = await rspamdServer({ script: () => ({ text }) });
  const edge = await acceptance(OPEN_ZONE, [rspamd(server.url, 5000)], 5000);
  expect(await edge.accept(message())).toMatchObject({ code: 550, enhanced: '5.7.1' });
  expect(await edge.records()).toEqual([]);
  const both = message({ organisations: ['calm', 'wary'] });
  expect((await edge.accept(both)).code).toBe(250);
  const records = await edge.records();
  expect(records.map(verdicts)).toEqual([['quarantine spam'], ['deliver allow-list']]);
  const said = [{ filter: 'spam', action: 'reject', score: 15, reasons: ['GTUBE 15'] }];
  expect(records.map(({ envelope }) => envelope.content)).toEqual([said, said]);
});

test('a virus is quarantined, even for who allows its sender, and though it comes in pieces', async () => {
  await using server = await clamdServer({ script: () => 'stream: Eicar-Signature FOUND' });
  const clamd = createClamdFilter({
    address: server.address,
    action: 'quarantine',
    budgetMs: 5000,
  });
  const edge = await acceptance(OPEN_ZONE, [clamd], 5000);
  const pieces = ['From: <alex@outside.example>\r\n', '\r\n', `${'body\r\n'.repeat(10_000)}`];
  async function* body() {
    for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
  }
  expect((await edge.accept(message({ organisations: ['wary'], body: body() }))).code).toBe(250);
  const [record] = await edge.records();
  expect(verdicts(record)).toEqual(['quarantine virus']);
  expect(record?.traceHeaders).toContain('X-Holdfast-Content: virus (Eicar-Signature)');
  expect(server.scanned).toEqual([Buffer.from(pieces.join(''))]);
});
