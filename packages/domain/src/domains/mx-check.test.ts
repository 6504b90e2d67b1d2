import { describe, expect, test } from 'vitest';
import { settleAnswers, type ResolverAnswer } from './dns-reading.ts';
import type { MxRecord } from './domain-setup.ts';
import { checkMx, type MxFacts, type MxHostReading } from './mx-check.ts';

const OURS = 'mx1.holdfast.example';
const TENANT = 'contoso-com.o-v1.mx.microsoft';

const answer = (
  records: readonly (readonly [number, string])[],
  change: Partial<ResolverAnswer<MxRecord>> = {},
): ResolverAnswer<MxRecord> => ({
  resolver: '192.0.2.53',
  outcome: records.length === 0 ? 'absent' : 'found',
  values: records.map(([preference, exchange]) => ({ preference, exchange })),
  ttl: 300,
  aliases: [],
  authoritative: false,
  authenticated: false,
  detail: null,
  ...change,
});

const host = (name: string, change: Partial<MxHostReading> = {}): MxHostReading => ({
  host: name,
  known: 'found',
  alias: null,
  addresses: ['203.0.113.25'],
  ...change,
});

function check(
  records: readonly (readonly [number, string])[] | readonly ResolverAnswer<MxRecord>[],
  change: Partial<MxFacts> = {},
) {
  const answers = records.every((one) => 'resolver' in one)
    ? (records as readonly ResolverAnswer<MxRecord>[])
    : [answer(records as readonly (readonly [number, string])[])];
  const { result, findings } = checkMx({
    reading: settleAnswers(answers),
    hosts: [],
    expectation: { ourHosts: [OURS], filterMode: 'none', tenantHosts: [TENANT] },
    ourAddresses: ['203.0.113.0/24'],
    ...change,
  });
  const words = findings.map(({ code, subject }) =>
    subject === null ? code : `${code} ${subject}`,
  );
  return `${result}: ${words.join('; ')}`;
}

describe('MX', () => {
  test.each([
    [[[10, OURS]], 'good: mx-here'],
    [[[10, `${OURS}.`.toUpperCase()]], 'good: mx-here'],
    [
      [
        [10, OURS],
        [50, TENANT],
      ],
      `problem: mx-office365-left ${TENANT}`,
    ],
    [
      [
        [10, OURS],
        [50, 'x.mail.protection.outlook.com'],
      ],
      'problem: mx-office365-left x.mail.protection.outlook.com',
    ],
    [
      [
        [10, OURS],
        [20, 'old.example'],
      ],
      'attention: mx-other-left old.example',
    ],
    [[[0, TENANT]], `attention: mx-not-yet ${TENANT}`],
    [[[0, '']], 'problem: mx-null'],
    [
      [
        [0, ''],
        [10, OURS],
      ],
      'problem: mx-null-and-others',
    ],
  ] as const)('%j is %s', (records, expected) => {
    expect(check(records)).toBe(expected);
  });

  test('none is told from silence', () => {
    expect(check([answer([])])).toBe('problem: mx-absent');
    expect(check([answer([], { outcome: 'silent' })])).toBe('unknown: mx-silent');
  });

  test('is judged by what any resolver still gives, and says that they differ', () => {
    const cached = answer([[0, TENANT]], { resolver: '198.51.100.53' });
    expect(check([answer([[10, OURS]]), cached])).toBe(
      `problem: mx-office365-left ${TENANT}; mx-disagreement`,
    );
  });

  test('behind a filter is the filter’s: ours or the tenant’s beside it go round it', () => {
    const expectation = {
      ourHosts: [OURS],
      filterMode: 'filter-in-front',
      tenantHosts: [TENANT],
    } as const;
    expect(check([[10, 'in.filter.example']], { expectation })).toBe(
      'good: mx-filter in.filter.example',
    );
    expect(
      check(
        [
          [10, 'in.filter.example'],
          [20, TENANT],
        ],
        { expectation },
      ),
    ).toContain(`mx-office365-behind-filter ${TENANT}`);
    expect(
      check(
        [
          [10, 'in.filter.example'],
          [20, OURS],
        ],
        { expectation },
      ),
    ).toBe(`attention: mx-ours-beside-filter ${OURS}`);
  });

  test.each([
    [host(OURS), 'good: mx-here'],
    [
      host(OURS, { addresses: ['198.51.100.1'] }),
      `problem: mx-host-elsewhere ${OURS} → 198.51.100.1; mx-here`,
    ],
    [
      host(OURS, { known: 'absent', addresses: [] }),
      `problem: mx-host-unresolved ${OURS}; mx-here`,
    ],
    [host(OURS, { known: 'unknown', addresses: [] }), `unknown: mx-host-silent ${OURS}; mx-here`],
    [host(OURS, { alias: 'lb.example' }), `problem: mx-host-alias ${OURS}; mx-here`],
  ])('a host is resolved: %o', (reading, expected) => {
    expect(check([[10, OURS]], { hosts: [reading] })).toBe(expected);
  });

  test('an address in the place of a name is an error, and addresses that are not known are not compared', () => {
    const hosts = [host('203.0.113.25', { known: 'absent' })];
    expect(check([[10, '203.0.113.25']], { hosts })).toContain('mx-host-is-address 203.0.113.25');
    const elsewhere = [host(OURS, { addresses: ['198.51.100.1'] })];
    expect(check([[10, OURS]], { hosts: elsewhere, ourAddresses: [] })).toBe('good: mx-here');
  });

  test('with a long TTL says so', () => {
    expect(check([answer([[10, OURS]], { ttl: 86_400 })])).toBe('note: mx-ttl-long 86400; mx-here');
  });
});
