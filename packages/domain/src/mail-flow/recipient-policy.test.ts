import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../instant.ts';
import {
  decideRecipient,
  indexSnapshot,
  type MxSnapshot,
  type SnapshotDomain,
  type SnapshotRecipient,
} from './recipient-policy.ts';

const now = 100 * DAY;
const contoso: SnapshotDomain = {
  name: 'contoso.example',
  organisationId: 'org-1',
  nextHops: ['contoso-example.mail.protection.outlook.example'],
  completeness: 'complete',
  syncedAt: now - HOUR,
  filterMode: 'none',
  trustedHops: [],
};
const megan: SnapshotRecipient = {
  address: 'megan@contoso.example',
  organisationId: 'org-1',
  kind: 'user',
  protected: true,
};
const folder: SnapshotRecipient = {
  ...megan,
  address: 'folder@contoso.example',
  kind: 'public-folder',
  protected: false,
};

function snapshot(domain: Partial<SnapshotDomain> = {}): MxSnapshot {
  return {
    version: 1,
    writtenAt: now,
    domains: [{ ...contoso, ...domain }],
    recipients: [megan, folder],
    lists: { 'org-1': { entries: [] } },
    scopedLists: [],
    organisationKeys: {},
  };
}
const index = (domain?: Partial<SnapshotDomain>) => indexSnapshot(snapshot(domain));

describe('RCPT TO', () => {
  it('without any snapshot is deferred, never refused', () => {
    expect(decideRecipient(null, megan.address, now, null)).toEqual({
      decision: 'no-snapshot',
      reply: '451 4.3.0',
    });
  });

  it('for a domain that is not ours is no relay', () => {
    expect(decideRecipient(index(), 'a@elsewhere.example', now, null).decision).toBe('not-ours');
  });

  it.each(['megan+shop@contoso.example', 'postmaster@contoso.example', 'abuse@contoso.example'])(
    'for %s, which a tenant may take unlisted, asks Office 365 instead of refusing',
    (address) => {
      expect(decideRecipient(index(), address, now, null).decision).toBe('ask-primary');
    },
  );

  it('for a subaddress of nobody is refused like nobody', () => {
    expect(decideRecipient(index(), 'nobody+tag@contoso.example', now, null).decision).toBe(
      'unknown',
    );
  });

  it.each([megan, folder])('for a known $kind is accepted', (recipient) => {
    expect(decideRecipient(index(), recipient.address, now, null)).toMatchObject({
      decision: 'accept',
      recipient,
    });
  });

  it('for a known recipient is accepted however old the list is', () => {
    const stale = index({ syncedAt: 0, completeness: 'partial' });
    expect(decideRecipient(stale, megan.address, now, null).decision).toBe('accept');
  });

  it.each([
    ['complete', HOUR, 'unknown'],
    ['complete', DAY - 1, 'unknown'],
    ['complete', DAY, 'ask-primary'],
    ['complete', 3 * DAY, 'ask-primary'],
    ['partial', HOUR, 'ask-primary'],
    ['partial', 3 * DAY, 'ask-primary'],
  ] as const)('unknown, list %s and %i ms old: %s', (completeness, age, decision) => {
    const decided = decideRecipient(
      index({ completeness, syncedAt: now - age }),
      'new@contoso.example',
      now,
      null,
    );
    expect(decided.decision).toBe(decision);
  });

  it('is accepted while an earlier yes of Office 365 is remembered, and not after', () => {
    const partial = index({ completeness: 'partial' });
    expect(decideRecipient(partial, 'new@contoso.example', now, now + 1)).toMatchObject({
      decision: 'accept',
      recipient: null,
    });
    expect(decideRecipient(partial, 'new@contoso.example', now, now).decision).toBe('ask-primary');
  });
});
