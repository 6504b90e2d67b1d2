import { describe, expect, it } from 'vitest';
import { settleAnswers, type DnsReading } from './dns-reading.ts';
import { policyEvidence, type PublishedPolicies } from './policy-evidence.ts';
import type { StsFetch, StsPolicy } from './transport-checks.ts';

function read<T>(values: readonly T[], authenticated = false): DnsReading<T> {
  return settleAnswers([
    {
      resolver: 'a',
      outcome: values.length === 0 ? 'absent' : 'found',
      values,
      ttl: 60,
      aliases: [],
      authoritative: true,
      authenticated,
      detail: null,
    },
  ]);
}

const ours = ['mx1.holdfast.example', 'mx2.holdfast.example'];
const announced = read(['v=STSv1; id=20261125']);
const policy = (change: Partial<StsPolicy> = {}): StsFetch => ({
  ok: true,
  policy: { mode: 'enforce', maxAge: 604_800, mx: ['*.holdfast.example', 't.example'], ...change },
});

function published(change: Partial<PublishedPolicies> = {}): PublishedPolicies {
  return {
    facts: { ourHosts: ours, tenantHosts: ['t.example'], certificate: null, now: 0 },
    sts: announced,
    fetched: policy(),
    tlsa: [],
    ...change,
  };
}

describe('what senders are told about our hosts', () => {
  it('nothing, when no policy is announced', () => {
    expect(policyEvidence(published({ sts: read<string>([]), fetched: null }))).toEqual({
      kind: 'none',
    });
  });

  it('that they may be used, when the policy names them, as patterns do', () => {
    expect(policyEvidence(published())).toMatchObject({
      kind: 'published',
      allowsUs: true,
      allowsTenant: true,
      maxAge: 604_800,
    });
  });

  it('that they may not, when the policy does not name every one of them', () => {
    const evidence = policyEvidence(
      published({ fetched: policy({ mx: ['mx1.holdfast.example'] }) }),
    );
    expect(evidence).toMatchObject({ allowsUs: false, allowsTenant: false });
    expect(evidence).toHaveProperty('detail', expect.stringContaining('mx2.holdfast.example'));
  });

  it('a policy in testing stops nobody, and need not be waited for', () => {
    const fetched = policy({ mode: 'testing', mx: [] });
    expect(policyEvidence(published({ fetched }))).toMatchObject({ allowsUs: true, maxAge: null });
  });

  it('a policy that cannot be read, or DNS that is silent, says nothing', () => {
    const fetched = { ok: false, failure: 'unreachable', detail: 'timeout' } as const;
    expect(policyEvidence(published({ fetched })).kind).toBe('unknown');
    const silent = settleAnswers<string>([
      {
        resolver: 'a',
        outcome: 'silent',
        values: [],
        ttl: null,
        aliases: [],
        authoritative: false,
        authenticated: false,
        detail: 'timeout',
      },
    ]);
    expect(policyEvidence(published({ sts: silent })).kind).toBe('unknown');
  });

  it('a self-signed certificate is refused by whoever keeps to the policy', () => {
    const certificate = {
      selfSigned: true,
      names: ours,
      notAfter: 1,
      leaf: {},
      chain: [],
    };
    const facts = { ...published().facts, certificate };
    expect(policyEvidence(published({ facts }))).toMatchObject({ allowsUs: false });
  });

  it('TLSA records that do not match our certificate stop senders, with a policy or without', () => {
    const certificate = {
      selfSigned: false,
      names: ours,
      notAfter: 10,
      leaf: { '1/1': 'aa' },
      chain: [],
    };
    const facts = { ...published().facts, certificate };
    const record = { usage: 3, selector: 1, matchingType: 1, data: 'bb' };
    const tlsa = [{ host: 'mx1.holdfast.example', reading: read([record], true) }];
    const without = policyEvidence(
      published({ facts, tlsa, sts: read<string>([]), fetched: null }),
    );
    expect(without).toMatchObject({ kind: 'published', allowsUs: false });
    expect(policyEvidence(published({ facts, tlsa }))).toMatchObject({ allowsUs: false });
    const unsigned = [{ host: 'mx1.holdfast.example', reading: read([record]) }];
    expect(policyEvidence(published({ facts, tlsa: unsigned }))).toMatchObject({ allowsUs: true });
  });
});
