import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ContentAction, ContentFinding } from './content-finding.ts';
import type { FilterLists, ListEntry } from '../lists/filter-lists.ts';
import {
  decideVerdict,
  settleVerdicts,
  type SenderAuthentication,
  type Verdict,
  type VerdictInput,
} from './verdict.ts';

const clean: SenderAuthentication = {
  spf: 'pass',
  dkim: 'pass',
  dmarc: 'pass',
  dmarcPolicy: 'reject',
};
const spoofed: SenderAuthentication = { ...clean, spf: 'fail', dkim: 'none', dmarc: 'fail' };
const none: SenderAuthentication = { spf: 'none', dkim: 'none', dmarc: 'none', dmarcPolicy: null };
const allowAnn: FilterLists = {
  entries: [{ kind: 'allow', type: 'address', value: 'ann@partner.example' }],
};
const virus: ContentFinding = {
  filter: 'virus',
  action: 'quarantine',
  score: null,
  reasons: ['Eicar-Signature'],
};
const noVirus: ContentFinding = { filter: 'virus', action: 'none', score: null, reasons: [] };
const spam = (action: ContentAction): ContentFinding => ({
  filter: 'spam',
  action,
  score: 12,
  reasons: ['BAYES_SPAM'],
});
const spamUnknown: ContentFinding = { filter: 'spam', failed: 'took too long' };
const virusUnknown: ContentFinding = { filter: 'virus', failed: 'took too long' };
const allowRange: FilterLists = {
  entries: [{ kind: 'allow', type: 'range', value: '203.0.113.0/24' }],
};
const blockAnn: FilterLists = {
  entries: [
    { kind: 'block', type: 'address', value: 'ann@partner.example' },
    { kind: 'allow', type: 'domain', value: 'partner.example' },
  ],
};

const userAllow: ListEntry = { kind: 'allow', type: 'address', value: 'ann@partner.example' };
const userBlock: ListEntry = { ...userAllow, kind: 'block' };

function input(change: Partial<VerdictInput>): VerdictInput {
  return {
    subject: {
      clientIp: '203.0.113.7',
      envelopeFrom: 'ann@partner.example',
      headerFrom: 'ann@partner.example',
      at: 0,
    },
    lists: [],
    userEntry: null,
    authentication: clean,
    filterMode: 'none',
    viaTrustedHop: false,
    content: [],
    ...change,
  };
}

describe('verdict', () => {
  it.each([
    ['authenticated', { authentication: clean }, 'deliver', 'clean'],
    ['nothing published', { authentication: none }, 'deliver', 'clean'],
    ['not evaluated in time', { authentication: null }, 'tag', 'authentication-unavailable'],
    ['DMARC fail, p=reject', { authentication: spoofed }, 'reject', 'dmarc-reject'],
    [
      'DMARC fail, p=quarantine',
      { authentication: { ...spoofed, dmarcPolicy: 'quarantine' } },
      'junk',
      'dmarc-quarantine',
    ],
    [
      'DMARC fail, p=none, SPF fail',
      { authentication: { ...spoofed, dmarcPolicy: 'none' } },
      'junk',
      'spf-fail',
    ],
    [
      'DMARC temperror',
      { authentication: { ...none, dmarc: 'temperror' } },
      'tag',
      'authentication-unavailable',
    ],
    [
      'SPF temperror',
      { authentication: { ...none, spf: 'temperror' } },
      'tag',
      'authentication-unavailable',
    ],
    ['SPF fail', { authentication: { ...none, spf: 'fail' } }, 'junk', 'spf-fail'],
    ['SPF softfail', { authentication: { ...none, spf: 'softfail' } }, 'tag', 'spf-softfail'],
    [
      'SPF fail, DKIM pass',
      { authentication: { ...none, spf: 'fail', dkim: 'pass' } },
      'deliver',
      'clean',
    ],
    ['blocked, whatever else is allowed', { lists: [blockAnn] }, 'reject', 'block-list'],
    [
      'allowed, filter unavailable',
      { lists: [allowAnn], authentication: null },
      'deliver',
      'allow-list',
    ],
    [
      'allowed by address, spoofed',
      { lists: [allowAnn], authentication: spoofed },
      'reject',
      'allow-list-unauthenticated',
    ],
    [
      'allowed by range, fails DMARC',
      { lists: [allowRange], authentication: spoofed },
      'deliver',
      'allow-list',
    ],
    [
      'behind the filter, fails SPF',
      { filterMode: 'filter-in-front', viaTrustedHop: true, authentication: spoofed },
      'deliver',
      'trusted-filter',
    ],
    [
      'behind the filter, blocked',
      { filterMode: 'filter-in-front', viaTrustedHop: true, lists: [blockAnn] },
      'quarantine',
      'block-list',
    ],
    ['nothing found in it', { content: [noVirus, spam('none')] }, 'deliver', 'clean'],
    ['virus', { content: [spam('none'), virus] }, 'quarantine', 'virus'],
    ['virus, to be rejected', { content: [{ ...virus, action: 'reject' }] }, 'reject', 'virus'],
    ['virus, allowed', { lists: [allowAnn], content: [virus] }, 'quarantine', 'virus'],
    ['virus, blocked', { lists: [blockAnn], content: [virus] }, 'reject', 'block-list'],
    ['spam', { content: [noVirus, spam('junk')] }, 'junk', 'spam'],
    ['spam without doubt', { content: [spam('reject')] }, 'reject', 'spam'],
    ['spam, allowed', { lists: [allowAnn], content: [spam('reject')] }, 'deliver', 'allow-list'],
    [
      'spam, allowed by address, spoofed',
      {
        lists: [allowAnn],
        authentication: { ...spoofed, dmarcPolicy: 'quarantine' },
        content: [spam('reject')],
      },
      'reject',
      'allow-list-unauthenticated',
    ],
    [
      'spam that fails authentication more clearly',
      { authentication: spoofed, content: [spam('junk')] },
      'reject',
      'dmarc-reject',
    ],
    [
      'spam whose authentication says less',
      { authentication: { ...none, spf: 'softfail' }, content: [spam('quarantine')] },
      'quarantine',
      'spam',
    ],
    ['spam filter unavailable', { content: [spamUnknown] }, 'tag', 'filter-unavailable'],
    ['virus scanner unavailable', { content: [virusUnknown] }, 'tag', 'filter-unavailable'],
    [
      'one unavailable, the other certain',
      { content: [virusUnknown, spam('reject')] },
      'reject',
      'spam',
    ],
    [
      'allowed, spam filter unavailable',
      { lists: [allowAnn], content: [spamUnknown] },
      'deliver',
      'allow-list',
    ],
    [
      'allowed, virus scanner unavailable',
      { lists: [allowAnn], content: [virusUnknown] },
      'tag',
      'filter-unavailable',
    ],
    [
      'behind the filter, spam by ours',
      { filterMode: 'filter-in-front', viaTrustedHop: true, content: [spam('reject')] },
      'deliver',
      'trusted-filter',
    ],
    [
      'behind the filter, virus',
      {
        filterMode: 'filter-in-front',
        viaTrustedHop: true,
        content: [{ ...virus, action: 'reject' }],
      },
      'quarantine',
      'virus',
    ],
    ['blocked by the user', { userEntry: userBlock }, 'junk', 'user-block-list'],
    [
      'blocked by the user, allowed by the organisation',
      { userEntry: userBlock, lists: [allowAnn] },
      'junk',
      'user-block-list',
    ],
    [
      'blocked by the user, worse by its content',
      { userEntry: userBlock, content: [spam('quarantine')] },
      'quarantine',
      'spam',
    ],
    [
      'allowed by the user, spam',
      { userEntry: userAllow, content: [spam('quarantine')] },
      'deliver',
      'user-allow-list',
    ],
    [
      'allowed by the user, a virus',
      { userEntry: userAllow, content: [virus] },
      'quarantine',
      'virus',
    ],
    [
      'allowed by the user, forged',
      { userEntry: userAllow, authentication: spoofed },
      'reject',
      'allow-list-unauthenticated',
    ],
    [
      'allowed by the user, blocked by the organisation',
      { userEntry: userAllow, lists: [blockAnn] },
      'reject',
      'block-list',
    ],
    [
      'blocked for the domain, allowed for the organisation',
      { lists: [allowAnn, blockAnn] },
      'reject',
      'block-list',
    ],
    [
      'past the filter or by a hop that is not listed, spoofed',
      { filterMode: 'filter-in-front', viaTrustedHop: false, authentication: spoofed },
      'quarantine',
      'dmarc-reject',
    ],
  ] as const)('%s', (_name, change, verdict, reason) => {
    expect(decideVerdict(input(change))).toMatchObject({ verdict, reason });
  });
});

test('a filter that fails changes nothing but a clean delivery', () => {
  const failed = fc.constantFrom(spamUnknown, virusUnknown);
  const authentication = fc.constantFrom(clean, none, spoofed, null);
  const lists = fc.constantFrom(allowAnn, allowRange, blockAnn, { entries: [] });
  fc.assert(
    fc.property(failed, authentication, lists, (finding, sender, entries) => {
      const before = decideVerdict(input({ authentication: sender, lists: [entries] }));
      const after = decideVerdict(
        input({ authentication: sender, lists: [entries], content: [finding] }),
      );
      expect(after.verdict).toBe(
        before.verdict === 'deliver' && after.reason === 'filter-unavailable'
          ? 'tag'
          : before.verdict,
      );
    }),
  );
});

describe('one reply for all recipients of a DATA', () => {
  const verdicts = fc.array(
    fc.constantFrom<Verdict>('deliver', 'tag', 'junk', 'quarantine', 'reject'),
  );

  it('rejects all or none, and changes nothing else', () => {
    fc.assert(
      fc.property(verdicts, (before) => {
        const after = settleVerdicts(before);
        const rejected = after.filter((verdict) => verdict === 'reject').length;
        expect([0, before.length]).toContain(rejected);
        expect(after).toEqual(
          rejected > 0
            ? before
            : before.map((verdict) => (verdict === 'reject' ? 'quarantine' : verdict)),
        );
      }),
    );
  });
});
