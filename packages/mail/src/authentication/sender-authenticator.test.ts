import fc from 'fast-check';
import { dkimSign } from 'mailauth';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dnsServer, type TestZone } from '../testing/dns-server.ts';
import { headerFromOf } from './header-from.ts';
import { foldValue } from './results-header.ts';
import { createSenderAuthenticator } from './sender-authenticator.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const ZONE: TestZone = {
  txt: {
    'outside.example': ['v=spf1 ip4:192.0.2.1 -all'],
    '_dmarc.outside.example': ['v=DMARC1; p=reject'],
    'one._domainkey.outside.example': [`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`],
  },
};
const MESSAGE = [
  'From: Alex <alex@outside.example>',
  'To: megan@contoso.example',
  'Subject: hello',
  'Date: Mon, 23 Nov 2026 10:00:00 +0100',
  'Message-ID: <1@outside.example>',
  '',
  'body',
  '',
].join('\r\n');

async function signed(): Promise<Buffer> {
  const key = { signingDomain: 'outside.example', selector: 'one', privateKey };
  // The types ask for the key at the top, the code for the list.
  const { signatures } = await dkimSign(MESSAGE, { ...key, signatureData: [key] });
  return Buffer.from(signatures + MESSAGE);
}

async function authenticate(
  zone: TestZone,
  body: Buffer,
  changes: { clientIp?: string; budgetMs?: number; envelopeFrom?: string } = {},
) {
  await using dns = await dnsServer(zone);
  const authenticator = createSenderAuthenticator({
    resolver: { servers: [dns.server] },
    authservId: 'mx.holdfast.example',
    budgetMs: changes.budgetMs ?? 5000,
  });
  const inspection = authenticator.begin({
    clientIp: changes.clientIp ?? '192.0.2.1',
    helo: 'mail.outside.example',
    envelopeFrom: changes.envelopeFrom ?? 'alex@outside.example',
  });
  await inspection.take(body);
  return await inspection.finish();
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
    expect(result.resultsHeader).toMatch(/^mx\.holdfast\.example;\s+dkim=pass/);
    expect(result.resultsHeader).toContain('dmarc=pass');
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

  test('is not judged when DNS fails', async () => {
    const result = await authenticate({ failing: ['*'] }, await signed());
    expect(result.authentication).toBeNull();
  });

  test('is not judged when the budget runs out', async () => {
    const result = await authenticate({ silent: ['*'] }, await signed(), { budgetMs: 50 });
    expect(result.authentication).toBeNull();
    expect(result.resultsHeader).toMatch(/^mx\.holdfast\.example; /);
    expect(result.headerFrom).toBe('alex@outside.example');
  });

  test('cannot make us check a hundred signatures', async () => {
    const [signature] = (await signed()).toString('latin1').split('From: Alex');
    const body = Buffer.from((signature ?? '').repeat(100) + MESSAGE);
    expect((await authenticate(ZONE, body)).authentication).toBeNull();
  });
});

describe('the From address', () => {
  test.each([
    ['From: a@b.example', 'a@b.example'],
    ['From: "A, B" <A@B.example>', 'a@b.example'],
    ['FROM :\r\n "x@evil.example" <a@b.example>', 'a@b.example'],
    ['From: a@b.example, c@d.example', null],
    ['From: a@b.example\r\nFrom: c@d.example', null],
    ['From: Team: a@b.example;', null],
    ['From: undisclosed', null],
    ['Subject: x', null],
    ['Subject: x\r\n\r\nFrom: a@b.example', null],
  ])('%j is %s', (header, expected) => {
    expect(headerFromOf(Buffer.from(`${header}\r\n\r\nbody\r\n`))).toBe(expected);
  });
});

test('a folded value begins no line of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (value) => {
      const lines = foldValue(value).split('\r\n');
      for (const line of lines) expect(line).not.toMatch(/[\r\n\0]/);
      for (const line of lines.slice(1)) expect(line).toMatch(/^ \S/);
      for (const line of lines) expect(line.length).toBeLessThan(998);
    }),
  );
});
