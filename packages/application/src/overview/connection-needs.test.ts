import { DAY } from '@holdfast/domain';
import { describe, expect, test } from 'vitest';
import type { ConnectionRecord, SealedProof } from '../records/organisation.ts';
import { connectionNeeds } from './connection-needs.ts';

const NOW = Date.UTC(2026, 10, 25, 22, 5);
const base: ConnectionRecord = {
  tenantId: 't',
  clientId: 'c',
  mode: 'application',
  proof: { kind: 'secret', sealed: '', expiresAt: null },
  tiers: ['read'],
  granted: null,
  refused: null,
  displayName: 'Contoso',
  initialDomain: 'contoso.onmicrosoft.com',
  connectedAt: NOW,
  preflight: null,
};

const needsOf = (change: Partial<ConnectionRecord>, ownExpiresAt: number | null = null) =>
  connectionNeeds({ connection: { ...base, ...change }, ownExpiresAt }, NOW);
const certificate = (expiresAt: number): SealedProof => ({
  kind: 'certificate',
  sealed: '',
  certificate: '',
  expiresAt,
});

describe('what the connection asks for', () => {
  test('is nothing while Microsoft lets us in and nothing runs out', () => {
    expect(connectionNeeds({ connection: null, ownExpiresAt: null }, NOW)).toEqual([]);
    expect(needsOf({})).toEqual([]);
    expect(needsOf({ proof: certificate(NOW + 31 * DAY) })).toEqual([]);
  });

  test('a consent that was taken back, since when, and that mail goes on', () => {
    const refused = { since: NOW, code: 'not-consented', detail: 'AADSTS700016: Gone.' } as const;
    const [need] = needsOf({ mode: 'consent', proof: null, refused });
    expect(need).toMatchObject({ id: 'connection-refused', level: 'problem', href: '/connection' });
    expect(need?.title).toBe('Microsoft no longer lets us in');
    expect(need?.detail).toMatch(
      /^Since 2026-11-25, 22:05 UTC; mail goes on\..*Connect again by consent\..*AADSTS700016/,
    );
  });

  test.each([
    [30, 'attention', 'The certificate for Office 365 runs out in 30 days'],
    [8, 'attention', 'The certificate for Office 365 runs out in 8 days'],
    [7, 'problem', 'The certificate for Office 365 runs out in 7 days'],
    [1, 'problem', 'The certificate for Office 365 runs out in 1 day'],
    [0, 'problem', 'The certificate for Office 365 has run out'],
  ])('a certificate with %i days left', (days, level, title) => {
    const needs = needsOf({ proof: certificate(NOW + days * DAY) });
    expect(needs).toMatchObject([{ id: 'connection-expires', level, title }]);
  });

  test('a secret whose end somebody has told', () => {
    const proof = { kind: 'secret', sealed: '', expiresAt: NOW + DAY } as const;
    expect(needsOf({ proof })[0]?.title).toBe('The secret for Office 365 runs out in 1 day');
  });

  test('the certificate of Holdfast’s own application is the operator’s to renew', () => {
    const [need] = needsOf({ mode: 'consent', proof: null }, NOW + 3 * DAY);
    expect(need?.detail).toContain('HOLDFAST_APPLICATION_CERT');
    expect(needsOf({ mode: 'application' }, NOW + 3 * DAY)).toEqual([]);
  });
});
