import dnsPacket, { type Answer } from 'dns-packet';
import { describe, expect, test } from 'vitest';
import { scriptedDns, type Script } from '../testing/scripted-dns.ts';
import { createLiveDns } from './live-dns.ts';

const { AUTHENTIC_DATA, AUTHORITATIVE_ANSWER, RECURSION_AVAILABLE, TRUNCATED_RESPONSE } = dnsPacket;
const NXDOMAIN = 3;
const SERVFAIL = 2;

const mx = (name: string, exchange: string, ttl = 300): Answer => ({
  type: 'MX',
  name,
  ttl,
  data: { exchange, preference: 10 },
});
const alias = (name: string, data: string, ttl: number): Answer => ({
  type: 'CNAME',
  name,
  ttl,
  data,
});

/** Milliseconds where silence is waited for; everywhere else it is an answer that is. */
const SHORT = 500;

async function ask(
  script: Script,
  name = 'contoso.example',
  type: 'MX' | 'TXT' | 'TLSA' = 'MX',
  timeoutMs = 5000,
) {
  await using dns = await scriptedDns(script);
  const reading = await createLiveDns({ servers: [dns.server], timeoutMs }).ask(name, type);
  return { ...reading, asked: dns.asked };
}

describe('a live question', () => {
  test('is answered with values and TTL, and says whether a cache spoke', async () => {
    const answers = [mx('Contoso.Example', 'MX1.holdfast.example')];
    const cached = await ask(() => ({ flags: RECURSION_AVAILABLE, answers }));
    expect(cached).toMatchObject({
      known: 'found',
      values: [{ exchange: 'MX1.holdfast.example', preference: 10 }],
      ttl: 300,
      authoritative: false,
      authenticated: false,
    });
    const flags = AUTHORITATIVE_ANSWER | AUTHENTIC_DATA;
    expect(await ask(() => ({ flags, answers }))).toMatchObject({
      authoritative: true,
      authenticated: true,
    });
  });

  test('has the smallest TTL along a chain of aliases, and names them', async () => {
    const whole = await ask(() => ({
      flags: RECURSION_AVAILABLE,
      answers: [
        alias('contoso.example', 'a.example', 60),
        alias('a.example', 'b.example', 20),
        mx('b.example', 'mx.example', 900),
      ],
    }));
    expect(whole).toMatchObject({ known: 'found', ttl: 20, aliases: ['a.example', 'b.example'] });
    const inSteps = await ask(({ name }) => ({
      flags: AUTHORITATIVE_ANSWER,
      answers:
        name === 'contoso.example' ? [alias(name, 'b.example', 30)] : [mx(name, 'mx.example')],
    }));
    expect(inSteps).toMatchObject({ known: 'found', ttl: 30, aliases: ['b.example'] });
    expect(inSteps.asked.map(({ name }) => name)).toEqual(['contoso.example', 'b.example']);
  });

  test('gives up on aliases that lead in a circle', async () => {
    const circle = await ask(({ name }) => ({
      flags: AUTHORITATIVE_ANSWER,
      answers: [alias(name, name === 'a.example' ? 'contoso.example' : 'a.example', 30)],
    }));
    expect(circle).toMatchObject({ known: 'unknown' });
    expect(circle.answers[0]?.detail).toContain('circle');
  });

  test('is asked again over TCP when the answer does not fit', async () => {
    const long = 'v=spf1 '.padEnd(3000, 'x');
    const reading = await ask(
      ({ over, name }) =>
        over === 'udp'
          ? { flags: RECURSION_AVAILABLE | TRUNCATED_RESPONSE }
          : {
              flags: RECURSION_AVAILABLE,
              answers: [{ type: 'TXT', name, ttl: 5, data: long.match(/.{1,255}/g) ?? [] }],
            },
      'contoso.example',
      'TXT',
    );
    expect(reading).toMatchObject({ known: 'found', values: [long], ttl: 5 });
    expect(reading.asked.map(({ over }) => over)).toEqual(['udp', 'tcp']);
  });

  test('tells what does not exist from what nobody could say', async () => {
    const none = { flags: RECURSION_AVAILABLE };
    expect(await ask(() => none)).toMatchObject({ known: 'absent' });
    expect(await ask(() => ({ flags: RECURSION_AVAILABLE | NXDOMAIN }))).toMatchObject({
      known: 'absent',
    });
    const failed = await ask(() => ({ flags: RECURSION_AVAILABLE | SERVFAIL }));
    expect(failed.answers[0]).toMatchObject({ outcome: 'failed', detail: 'SERVFAIL' });
    const referral = await ask(() => ({ flags: 0 }));
    expect(referral.answers[0]).toMatchObject({ outcome: 'failed' });
    const silent = await ask(() => null, undefined, undefined, SHORT);
    expect(silent).toMatchObject({ known: 'unknown', answers: [{ outcome: 'silent' }] });
    expect(silent.asked).toHaveLength(2);
  });

  test('reads TLSA records', async () => {
    const certificate = Buffer.from('ab'.repeat(32), 'hex');
    const data = { usage: 3, selector: 1, matchingType: 1, certificate };
    const name = '_25._tcp.mx1.holdfast.example';
    const answers: Answer[] = [{ type: 'TLSA', name, ttl: 60, data }];
    expect((await ask(() => ({ flags: AUTHENTIC_DATA, answers }), name, 'TLSA')).values).toEqual([
      { usage: 3, selector: 1, matchingType: 1, data: 'ab'.repeat(32) },
    ]);
  });
});

test('an answer to another question, or with another number, is not taken', async () => {
  const wrong = await ask(
    () => ({
      flags: RECURSION_AVAILABLE,
      questions: [{ name: 'other.example', type: 'MX' }],
      answers: [mx('contoso.example', 'evil.example')],
    }),
    undefined,
    undefined,
    SHORT,
  );
  expect(wrong).toMatchObject({ known: 'unknown', answers: [{ outcome: 'silent' }] });
});

test('every resolver is asked, and one that is none says so', async () => {
  await using first = await scriptedDns(() => ({
    flags: RECURSION_AVAILABLE,
    answers: [mx('contoso.example', 'new.example')],
  }));
  await using second = await scriptedDns(() => ({
    flags: RECURSION_AVAILABLE,
    answers: [mx('contoso.example', 'old.example', 3000)],
  }));
  const servers = [first.server, second.server, 'resolver.example'];
  const reading = await createLiveDns({ servers, timeoutMs: 5000 }).ask('contoso.example.', 'MX');
  expect(reading.disagree).toBe(true);
  expect(reading.answers.map(({ resolver, outcome }) => `${resolver} ${outcome}`)).toEqual([
    `${first.server} found`,
    `${second.server} found`,
    'resolver.example failed',
  ]);
});
