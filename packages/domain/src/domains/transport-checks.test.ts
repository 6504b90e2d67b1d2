import { describe, expect, test } from 'vitest';
import { settleAnswers, type DnsReading, type TlsaRecord } from './dns-reading.ts';
import {
  checkDane,
  checkMtaSts,
  checkTlsRpt,
  coversHost,
  type OwnCertificate,
  type StsFetch,
  type TransportFacts,
} from './transport-checks.ts';

function reading<T>(
  values: readonly T[] | 'silent',
  { authenticated = false }: { readonly authenticated?: boolean } = {},
): DnsReading<T> {
  return settleAnswers<T>([
    {
      resolver: '192.0.2.53',
      outcome: values === 'silent' ? 'silent' : values.length === 0 ? 'absent' : 'found',
      values: values === 'silent' ? [] : values,
      ttl: 300,
      aliases: [],
      authoritative: false,
      authenticated,
      detail: null,
    },
  ]);
}

const NOW = Date.UTC(2026, 10, 25);
const OURS = 'mx1.holdfast.example';
const certificate: OwnCertificate = {
  selfSigned: false,
  names: ['*.holdfast.example'],
  notAfter: NOW + 1,
  leaf: { '1/1': 'aa' },
  chain: [{ '0/1': 'bb' }],
};
const facts: TransportFacts = {
  ourHosts: [OURS],
  tenantHosts: ['contoso-com.mail.protection.outlook.com'],
  certificate,
  now: NOW,
};
const policy = (
  mx: readonly string[],
  mode: 'enforce' | 'testing' | 'none' = 'enforce',
): StsFetch => ({
  ok: true,
  policy: { mode, maxAge: 604_800, mx },
});
const BOTH = ['*.holdfast.example', '*.mail.protection.outlook.com'];
const codes = ({ findings }: ReturnType<typeof checkMtaSts>) => findings.map(({ code }) => code);
const sts = (txt: readonly string[] | 'silent', fetched: StsFetch | null, change = {}) =>
  codes(checkMtaSts({ ...facts, ...change }, reading(txt), fetched));

describe('MTA-STS', () => {
  const TXT = ['v=STSv1; id=20261125T000000;'];

  test('names our hosts, or senders refuse us', () => {
    expect(sts(TXT, policy(BOTH))).toEqual(['sts-enforced']);
    expect(sts(TXT, policy([OURS]))).toEqual(['sts-without-office365', 'sts-enforced']);
    expect(sts(TXT, policy(['*.mail.protection.outlook.com']))).toEqual(['sts-without-us']);
    expect(sts(TXT, policy(['other.example'], 'testing'))).toEqual([
      'sts-without-us-testing',
      'sts-without-office365',
    ]);
    expect(sts(TXT, policy(BOTH, 'testing'))).toEqual(['sts-testing']);
    expect(sts(TXT, policy([], 'none'))).toEqual(['sts-off']);
  });

  test('wants a certificate that senders can verify', () => {
    const change = (part: Partial<OwnCertificate>) => ({
      certificate: { ...certificate, ...part },
    });
    for (const part of [{ selfSigned: true }, { notAfter: NOW }, { names: ['holdfast.example'] }]) {
      expect(sts(TXT, policy(BOTH), change(part))).toContain('sts-certificate');
    }
    expect(sts(TXT, policy(BOTH), { certificate: null })).toEqual(['sts-enforced']);
  });

  test('is not there, unreadable, or unknown', () => {
    expect(sts([], null)).toEqual(['sts-absent']);
    expect(sts('silent', null)).toEqual(['sts-silent']);
    expect(sts([...TXT, 'v=STSv1; id=2'], null)).toEqual(['sts-several']);
    expect(sts(['v=STSv1; id=has-a-dash'], null)).toEqual(['sts-syntax']);
    const failed = { ok: false, detail: 'x' } as const;
    for (const failure of ['unreachable', 'redirect', 'unreadable'] as const) {
      expect(sts(TXT, { ...failed, failure })).toEqual([`sts-${failure}`]);
    }
  });

  test('a star stands for one label', () => {
    expect(coversHost({ mx: ['*.example.com'] }, 'a.example.com')).toBe(true);
    expect(coversHost({ mx: ['*.example.com'] }, 'a.b.example.com')).toBe(false);
    expect(coversHost({ mx: ['*.example.com'] }, 'example.com')).toBe(false);
  });
});

test('reports of TLS failures want an address', () => {
  const code = (txt: readonly string[] | 'silent') => checkTlsRpt(reading(txt)).findings[0]?.code;
  expect(code(['v=TLSRPTv1; rua=mailto:tls@contoso.example'])).toBe('rpt-present');
  expect(code(['v=TLSRPTv1; rua=tls@contoso.example'])).toBe('rpt-syntax');
  expect(code([])).toBe('rpt-absent');
  expect(code('silent')).toBe('rpt-silent');
});

describe('DANE', () => {
  const tlsa = (
    usage: number,
    selector: number,
    matchingType: number,
    data: string,
  ): TlsaRecord => ({
    usage,
    selector,
    matchingType,
    data,
  });
  const code = (
    values: readonly TlsaRecord[] | 'silent',
    change: { readonly signed?: boolean; readonly mx?: boolean; readonly host?: string } = {},
    own: OwnCertificate | null = certificate,
  ) => {
    const { signed = true, mx = true, host = OURS } = change;
    const record = reading(values, { authenticated: signed });
    const { findings } = checkDane({ ...facts, certificate: own }, mx, [{ host, reading: record }]);
    return findings[0]?.code;
  };

  test('matches our certificate by usage 3, or one above it by usage 2', () => {
    expect(code([tlsa(3, 1, 1, 'aa')])).toBe('dane-match');
    expect(code([tlsa(2, 0, 1, 'bb')])).toBe('dane-match');
    expect(code([tlsa(3, 1, 1, 'old'), tlsa(3, 1, 1, 'aa')])).toBe('dane-match');
    expect(code([tlsa(3, 1, 1, 'bb')])).toBe('dane-mismatch');
    expect(code([tlsa(2, 1, 1, 'aa')])).toBe('dane-mismatch');
    expect(code([tlsa(1, 1, 1, 'aa')])).toBe('dane-unusable');
    expect(code([tlsa(3, 1, 1, 'aa')], {}, null)).toBe('dane-certificate-unknown');
  });

  test('counts only what DNSSEC authenticates, the MX records included', () => {
    expect(code([tlsa(3, 1, 1, 'bb')], { signed: false })).toBe('dane-unsigned');
    expect(code([tlsa(3, 1, 1, 'bb')], { mx: false })).toBe('dane-unsigned');
    expect(code([tlsa(3, 1, 1, 'bb')], { host: 'x.mx.microsoft' })).toBe('dane-other-host');
    expect(code([])).toBe('dane-absent');
    expect(code('silent')).toBe('dane-silent');
  });
});
