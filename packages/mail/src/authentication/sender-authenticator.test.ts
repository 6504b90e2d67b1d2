import type { CheckedSender } from '@holdfast/application';
import fc from 'fast-check';
import { dkimSign } from 'mailauth';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { dnsServer, type TestZone } from '../testing/dns-server.ts';
import { MAX_HEADER_BYTES } from './header-block.ts';
import { createSenderAuthenticator, type RunningAuthenticator } from './sender-authenticator.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const ZONE = {
  txt: {
    'outside.example': ['v=spf1 ip4:192.0.2.1 -all'],
    '_dmarc.outside.example': ['v=DMARC1; p=reject'],
    'one._domainkey.outside.example': [`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`],
    'helo.example': ['v=spf1 ip4:192.0.2.1 -all'],
    'people.example': ['v=spf1 exists:%{l}.list.people.example -all'],
  },
  a: { 'ann.list.people.example': ['127.0.0.2'] },
} satisfies TestZone;
const HEADER = [
  'From: Alex <alex@outside.example>',
  'To: megan@contoso.example',
  'Subject: hello',
  'Date: Mon, 23 Nov 2026 10:00:00 +0100',
  'Message-ID: <1@outside.example>',
  '',
  '',
].join('\r\n');
const MESSAGE = `${HEADER}body\r\n`;
const FACTS = {
  clientIp: '192.0.2.1',
  helo: 'mail.outside.example',
  envelopeFrom: 'alex@outside.example',
};
const FORGER = { ...FACTS, clientIp: '198.51.100.9', envelopeFrom: 'x@forger.example' };

async function signed(message = MESSAGE, domain = 'outside.example'): Promise<Buffer> {
  const key = { signingDomain: domain, selector: 'one', privateKey };
  // The types ask for the key at the top, the code for the list.
  const { signatures } = await dkimSign(message, { ...key, signatureData: [key] });
  return Buffer.from(signatures + message);
}

async function started(
  zone: TestZone,
  changes: { budgetMs?: number; pauseMs?: number; onOutage?: (gone: boolean) => void } = {},
) {
  const dns = await dnsServer(zone);
  const authenticator = createSenderAuthenticator({
    resolver: { servers: [dns.server] },
    authservId: 'mx.holdfast.example',
    budgetMs: 5000,
    ...changes,
  });
  return {
    authenticator,
    questions: dns.questions,
    async [Symbol.asyncDispose]() {
      await authenticator.close();
      await dns[Symbol.asyncDispose]();
    },
  };
}

async function pass(
  authenticator: RunningAuthenticator,
  message: Uint8Array | readonly Uint8Array[],
  facts = FACTS,
): Promise<CheckedSender> {
  const inspection = authenticator.begin(facts);
  for (const piece of message instanceof Uint8Array ? [message] : message) {
    await inspection.take(piece);
  }
  return await inspection.finish();
}

async function authenticate(
  zone: TestZone,
  message: Uint8Array,
  changes: Partial<typeof FACTS> & { budgetMs?: number } = {},
): Promise<CheckedSender> {
  const { budgetMs = 5000, ...facts } = changes;
  await using running = await started(zone, { budgetMs });
  return await pass(running.authenticator, message, { ...FACTS, ...facts });
}

/** The message in pieces, cut at the given places. */
function cut(message: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const sorted = [...places.map((place) => place % message.length), message.length].toSorted(
    (a, b) => a - b,
  );
  return sorted.map((end, index) => message.subarray(sorted[index - 1] ?? 0, end));
}

describe('a sender', () => {
  test('who is who he says passes all three', async () => {
    const result = await authenticate(ZONE, await signed());
    expect(result.authentication).toEqual({
      spf: 'pass',
      dkim: 'pass',
      dmarc: 'pass',
      dmarcPolicy: 'reject',
    });
    expect(result.headerFrom).toBe('alex@outside.example');
    expect(result.resultsHeader.split(';\r\n\t')).toEqual([
      'mx.holdfast.example',
      expect.stringMatching(
        /^dkim=pass header\.d=outside\.example header\.s=one header\.a=rsa-sha256 header\.b="?[\w+/]{8}"?$/,
      ),
      'spf=pass smtp.mailfrom=outside.example',
      'dmarc=pass header.from=outside.example policy.dmarc=reject',
    ]);
  });

  test('who is forged fails the policy of the domain', async () => {
    const result = await authenticate(ZONE, Buffer.from(MESSAGE), { clientIp: '198.51.100.9' });
    expect(result.authentication).toEqual({
      spf: 'fail',
      dkim: 'none',
      dmarc: 'fail',
      dmarcPolicy: 'reject',
    });
  });

  test('whose message was changed has no good signature', async () => {
    const changed = Buffer.from((await signed()).toString('latin1').replace('body', 'b0dy'));
    const result = await authenticate(ZONE, changed, { clientIp: '198.51.100.9' });
    expect(result.authentication?.dkim).not.toBe('pass');
    expect(result.authentication?.dmarc).toBe('fail');
  });

  test('without any record is judged as nothing', async () => {
    const result = await authenticate({}, Buffer.from(MESSAGE));
    expect(result.authentication).toEqual({
      spf: 'none',
      dkim: 'none',
      dmarc: 'none',
      dmarcPolicy: null,
    });
  });

  test('of a bounce is known by HELO', async () => {
    const bounce = { helo: 'helo.example', envelopeFrom: '' };
    const result = await authenticate(ZONE, Buffer.from(MESSAGE), bounce);
    expect(result.authentication?.spf).toBe('pass');
    expect(result.resultsHeader).toContain('spf=pass smtp.helo=helo.example');
  });

  test('is not judged when DNS fails', async () => {
    const result = await authenticate({ failing: ['*'] }, await signed());
    expect(result.authentication).toBeNull();
  });

  test('is not judged when the budget runs out', async () => {
    const result = await authenticate({ silent: ['*'] }, await signed(), { budgetMs: 50 });
    expect(result.authentication).toBeNull();
    expect(result.resultsHeader).toMatch(/^mx\.holdfast\.example;/);
    expect(result.headerFrom).toBe('alex@outside.example');
  });

  test('cannot make us check a hundred signatures', async () => {
    const [signature] = (await signed()).toString('latin1').split('From: Alex');
    const body = Buffer.from((signature ?? '').repeat(100) + MESSAGE);
    expect((await authenticate(ZONE, body)).authentication).toBeNull();
  });

  test('cannot hide behind a name server of his own that is silent', async () => {
    const zone = { ...ZONE, silent: ['forger.example', 'one._domainkey.forger.example'] };
    const forged = await signed(MESSAGE, 'forger.example');
    const result = await authenticate(zone, forged, { ...FORGER, budgetMs: 5000 });
    expect(result.authentication).toMatchObject({ dmarc: 'fail', dmarcPolicy: 'reject' });
  });

  test('whose own key cannot be fetched for the moment is not taken for a forger', async () => {
    const zone = { ...ZONE, failing: ['one._domainkey.outside.example'] };
    const result = await authenticate(zone, await signed(), { clientIp: '198.51.100.9' });
    expect(result.authentication).toBeNull();
    expect(result.resultsHeader).toContain('dkim=temperror');
  });

  test('gains nothing by a line without end', async () => {
    const message = await signed(`${HEADER}${'x'.repeat(2_000_000)}\r\n`);
    const places = Array.from({ length: 40 }, (_, index) => index * 50_000);
    await using running = await started(ZONE);
    const { authentication, resultsHeader } = await pass(
      running.authenticator,
      cut(message, places),
      FORGER,
    );
    expect(authentication).toMatchObject({ dkim: 'policy', dmarc: 'fail' });
    expect(resultsHeader).toContain('dkim=policy (not checked) header.d=outside.example');
  });

  test('gains nothing by a header of endless folds, nor keeps others waiting', async () => {
    const message = (await signed()).toString('latin1');
    const folded = message.replace('To: ', `X: x\r\n${' x\r\n'.repeat(50_000)}To: `);
    await using running = await started(ZONE);
    await pass(running.authenticator, await signed());
    const since = performance.now();
    const forged = pass(running.authenticator, Buffer.from(folded), FORGER);
    const honest = pass(running.authenticator, await signed());
    expect((await forged).authentication).toMatchObject({ dkim: 'policy', dmarc: 'fail' });
    expect((await honest).authentication).toMatchObject({ dkim: 'pass', dmarc: 'pass' });
    // Joining the folds would take mailauth ten seconds.
    expect(performance.now() - since).toBeLessThan(5000);
  });

  test('gains nothing by a header without end', async () => {
    const long = `From: Alex <alex@outside.example>\r\nX: ${'x'.repeat(MAX_HEADER_BYTES)}\r\n\r\n`;
    const result = await authenticate(ZONE, Buffer.from(long), FORGER);
    expect(result.authentication?.dmarc).toBe('fail');
  });
});

test('what a message is found to be does not depend on the pieces it comes in', async () => {
  await using running = await started(ZONE);
  const lines = Array.from(
    { length: 400 },
    (_, index) => `line ${index}  \t x ${' '.repeat(index % 9)}`,
  );
  const big = await signed(`${HEADER}${`${lines.join('\r\n')}\r\n`.repeat(80)}\r\n\r\n`);
  const small = await signed();
  for (const message of [small, big]) {
    const whole = await pass(running.authenticator, message);
    expect(whole.authentication?.dkim).toBe('pass');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 40 }), async (places) => {
        expect(await pass(running.authenticator, cut(message, places))).toEqual(whole);
      }),
      { numRuns: message === small ? 60 : 15 },
    );
  }
});

describe('what was found out about a sender', () => {
  test('is not asked for again with the next message', async () => {
    await using running = await started(ZONE);
    const first = await pass(running.authenticator, Buffer.from(MESSAGE));
    const asked = running.questions.length;
    const again = { ...FACTS, envelopeFrom: 'someone.else@outside.example', helo: 'x.example' };
    expect(await pass(running.authenticator, Buffer.from(MESSAGE), again)).toEqual(first);
    expect(running.questions.length).toBe(asked);
  });

  test('is asked for once by many at the same time', async () => {
    await using running = await started(ZONE);
    const all = Array.from({ length: 50 }, () => pass(running.authenticator, Buffer.from(MESSAGE)));
    for (const { authentication } of await Promise.all(all)) {
      expect(authentication?.dmarc).toBe('pass');
    }
    expect(running.questions.length).toBe(new Set(running.questions).size);
  });

  test('holds for one person only when the record tells people apart', async () => {
    await using running = await started(ZONE);
    const spfOf = async (envelopeFrom: string) => {
      const { authentication } = await pass(running.authenticator, Buffer.from(MESSAGE), {
        ...FACTS,
        envelopeFrom,
      });
      return authentication?.spf;
    };
    expect(await spfOf('ann@people.example')).toBe('pass');
    expect(await spfOf('bob@people.example')).toBe('fail');
    expect(await spfOf('ann@people.example')).toBe('pass');
  });
});

describe('resolvers that are gone', () => {
  test('delay some messages by the budget and none after them, and are taken up again', async () => {
    const silent = ['*'];
    const outages: boolean[] = [];
    await using running = await started(
      { ...ZONE, silent },
      { budgetMs: 2000, pauseMs: 50, onOutage: (gone) => outages.push(gone) },
    );
    const elsewhere = Buffer.from(MESSAGE.replaceAll('outside', 'elsewhere'));
    const from = (domain: string) => ({ ...FACTS, envelopeFrom: `x@${domain}` });
    const lost = await pass(running.authenticator, elsewhere, from('elsewhere.example'));
    expect(lost.authentication).toBeNull();
    await vi.waitFor(() => expect(outages).toEqual([true]), { timeout: 10_000 });
    for (let index = 0; index < 100; index += 1) {
      const next = await pass(running.authenticator, elsewhere, from(`next-${index}.example`));
      expect(next.authentication).toBeNull();
    }
    expect(running.questions.filter((name) => name.includes('next-'))).toEqual([]);
    silent.splice(0);
    await vi.waitFor(() => expect(outages).toEqual([true, false]), { timeout: 10_000 });
    const { authentication } = await pass(running.authenticator, Buffer.from(MESSAGE));
    expect(authentication).toMatchObject({ spf: 'pass', dmarc: 'pass' });
  }, 30_000);

  test('are not taken for gone because of domains that are silent', async () => {
    const outages: boolean[] = [];
    const names = Array.from({ length: 10 }, (_, index) => `${index}.example`);
    await using running = await started(
      { ...ZONE, silent: names },
      { budgetMs: 2000, onOutage: (gone) => outages.push(gone) },
    );
    for (const some of [names.slice(0, 5), names.slice(5)]) {
      const from = some.map((name) => ({ ...FACTS, envelopeFrom: `x@${name}` }));
      await Promise.all(
        from.map((facts) => pass(running.authenticator, Buffer.from(MESSAGE), facts)),
      );
    }
    expect(outages).toEqual([]);
    const { authentication } = await pass(running.authenticator, Buffer.from(MESSAGE));
    expect(authentication?.dmarc).toBe('pass');
  });
});
