import { describe, expect, test } from 'vitest';
import { settleAnswers, type DnsReading } from './dns-reading.ts';
import { dmarcTreeNames, readDmarc } from './dmarc-record.ts';
import { checkDmarc } from './outbound-checks.ts';

const reading = (texts: readonly string[] | 'silent'): DnsReading<string> =>
  settleAnswers([
    {
      resolver: '192.0.2.53',
      outcome: texts === 'silent' ? 'silent' : texts.length === 0 ? 'absent' : 'found',
      values: texts === 'silent' ? [] : texts,
      ttl: 300,
      aliases: [],
      authoritative: false,
      authenticated: false,
      detail: null,
    },
  ]);

function read(domain: string, zone: Readonly<Record<string, readonly string[] | 'silent'>>) {
  return readDmarc(
    dmarcTreeNames(domain).map((name) => ({ name, reading: reading(zone[name] ?? []) })),
  );
}

describe('the DMARC policy', () => {
  test('is looked for at the domain and at each parent, eight names at most', () => {
    expect(dmarcTreeNames('mail.contoso.example')).toEqual([
      '_dmarc.mail.contoso.example',
      '_dmarc.contoso.example',
      '_dmarc.example',
    ]);
    const names = dmarcTreeNames('a.b.c.d.e.f.g.h.i.j.example');
    expect(names).toHaveLength(8);
    expect(names.slice(0, 2)).toEqual([
      '_dmarc.a.b.c.d.e.f.g.h.i.j.example',
      '_dmarc.e.f.g.h.i.j.example',
    ]);
  });

  test.each([
    [['v=DMARC1; p=reject; rua=mailto:a@b.example'], 'reject'],
    [['v=DMARC1;p=Quarantine'], 'quarantine'],
    [['v=DMARC1; rua=mailto:a@b.example'], 'none'],
    [['v=DMARC1; p=reject; t=y'], 'quarantine'],
    [['v=DMARC1; p=none', 'v=DMARC1; p=reject'], null],
    [['v=DMARC10; p=none'], null],
    [[], null],
  ] as const)('%j is %s', (texts, policy) => {
    expect(read('contoso.example', { '_dmarc.contoso.example': texts }).policy).toBe(policy);
  });

  test('of a domain without its own is that for subdomains of the organisation', () => {
    const zone = { '_dmarc.contoso.example': ['v=DMARC1; p=reject; sp=quarantine; np=none'] };
    expect(read('eu.mail.contoso.example', zone)).toMatchObject({
      policy: 'quarantine',
      inherited: true,
      name: '_dmarc.contoso.example',
    });
  });

  test('stops at psd=n, and takes that of a public suffix only without one below', () => {
    const suffix = ['v=DMARC1; p=reject; psd=y'];
    expect(read('a.contoso.example', { '_dmarc.example': suffix }).policy).toBe('reject');
    const zone = { '_dmarc.contoso.example': ['v=DMARC1; p=none'], '_dmarc.example': suffix };
    expect(read('a.contoso.example', zone).policy).toBe('none');
    const island = {
      '_dmarc.b.contoso.example': ['v=DMARC1; p=quarantine; psd=n'],
      '_dmarc.contoso.example': ['v=DMARC1; p=reject'],
    };
    expect(read('a.b.contoso.example', island).policy).toBe('quarantine');
  });

  test('is not known while a name that could have it is silent', () => {
    expect(read('contoso.example', { '_dmarc.contoso.example': 'silent' }).known).toBe('unknown');
    expect(read('a.contoso.example', { '_dmarc.contoso.example': 'silent' }).known).toBe('unknown');
  });
});

test('what a policy means depends on whether our mail is proved', () => {
  const strict = read('contoso.example', { '_dmarc.contoso.example': ['v=DMARC1; p=reject'] });
  expect(checkDmarc(strict, true).result).toBe('good');
  expect(checkDmarc(strict, false)).toMatchObject({
    result: 'problem',
    findings: [{ code: 'dmarc-enforced-unproved', subject: 'reject' }],
  });
  const broken = read('contoso.example', { '_dmarc.contoso.example': ['v=DMARC1; p=rejct'] });
  expect(checkDmarc(broken, true).findings.map(({ subject }) => subject)).toContain('p=rejct');
});
