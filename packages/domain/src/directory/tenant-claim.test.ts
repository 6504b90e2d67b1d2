import { describe, expect, test } from 'vitest';
import { applicationFor, assessClaim, parseTiers } from './tenant-claim.ts';

const attempt = (organisationId: string, admittedBefore: boolean) => ({
  organisationId,
  admittedBefore,
  startedAt: 0,
});
const ours = { organisationId: 'ours', ownsTenant: false, onlyOrganisation: false };

describe('whose a tenant is', () => {
  test('a consent that came about while we asked proves it', () => {
    expect(assessClaim({ ...ours, attempts: [attempt('ours', false)] })).toEqual({ ok: true });
  });

  test('a consent that was there before proves nothing', () => {
    const claim = assessClaim({ ...ours, attempts: [attempt('ours', true)] });
    expect(claim).toEqual({ ok: false, reason: 'admitted-before' });
  });

  test('who lost the way back after consenting may begin again', () => {
    const attempts = [attempt('ours', false), attempt('ours', true)];
    expect(assessClaim({ ...ours, attempts })).toEqual({ ok: true });
  });

  test('nobody gets it while two organisations ask for the same one', () => {
    const attempts = [attempt('ours', false), attempt('theirs', false)];
    expect(assessClaim({ ...ours, attempts })).toEqual({ ok: false, reason: 'contested' });
  });

  test('one that is ours already stays ours, whoever else asks', () => {
    const attempts = [attempt('ours', true), attempt('theirs', true)];
    expect(assessClaim({ ...ours, ownsTenant: true, attempts })).toEqual({ ok: true });
  });

  test('an installation of one organisation has nobody to take it from', () => {
    const attempts = [attempt('ours', true)];
    expect(assessClaim({ ...ours, onlyOrganisation: true, attempts })).toEqual({ ok: true });
  });
});

describe('which application asks', () => {
  const read = { id: 'a', tiers: parseTiers('read') ?? [] };
  const configure = { id: 'b', tiers: parseTiers('read+configure') ?? [] };
  const all = { id: 'c', tiers: parseTiers('read+configure+mailbox') ?? [] };

  test('the one that asks for no more than is wanted', () => {
    expect(applicationFor([all, read, configure], ['read'])).toBe(read);
    expect(applicationFor([all, read, configure], ['read', 'configure'])).toBe(configure);
    expect(applicationFor([all, read, configure], ['read', 'mailbox'])).toBe(all);
  });

  test('the one that comes nearest, where none asks for everything', () => {
    expect(applicationFor([read, configure], ['read', 'configure', 'mailbox'])).toBe(configure);
    expect(applicationFor([], ['read'])).toBeNull();
  });

  test('tiers are written with a plus, and reading is always among them', () => {
    expect(parseTiers('configure+read')).toEqual(['read', 'configure']);
    expect(parseTiers('configure')).toBeNull();
    expect(parseTiers('read+everything')).toBeNull();
  });
});
