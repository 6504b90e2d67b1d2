import { initialHealth } from '@holdfast/domain';
import { describe, expect, test } from 'vitest';
import type { DomainRecord, OrganisationRecord } from '../records/organisation.ts';
import { findNeeds, type NeedFacts } from './needs.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const HOUR = 3_600_000;

const organisation: OrganisationRecord = {
  id: 'o',
  name: 'Contoso',
  plan: { name: 'Continuity', continuity: true, seats: 10 },
  wrappedKey: '',
  installedAt: NOW - HOUR,
  protectNewUsers: true,
  directorySyncedAt: NOW - HOUR,
  directoryComplete: true,
  listsCopiedAt: NOW - HOUR,
  createdAt: NOW - HOUR,
};

const domain: DomainRecord = {
  name: 'contoso.example',
  isInitial: false,
  isVerified: true,
  carriesMail: true,
  tenantMx: [],
  state: 'correct',
  observedMx: [],
  observedTtl: null,
  checkedAt: null,
  checkDetail: null,
  filterMode: 'none',
  trustedHops: [],
  filterConfirmedAt: null,
  filterConfirmedBy: null,
  outbound: null,
};

/** An organisation in which nothing is to be done. */
const quiet: NeedFacts = {
  now: NOW,
  organisation,
  connected: true,
  steps: [],
  domains: [domain],
  outbound: [],
  latestSync: null,
  coverage: {
    protected: 10,
    reachable: 8,
    byState: { missing: 0, asked: 2, given: 0, verified: 8, opened: 0 },
  },
  primary: initialHealth(NOW),
  alarms: 0,
};

const ids = (change: Partial<NeedFacts>): readonly string[] =>
  findNeeds({ ...quiet, ...change }).map((need) => need.id);

describe('what needs the administrator', () => {
  test('is nothing when all is well', () => {
    expect(ids({})).toEqual([]);
  });

  test('begins with connecting, then installing; nothing else is asked before', () => {
    const fresh = { ...organisation, installedAt: null, directorySyncedAt: null };
    const wrong = { ...domain, state: 'wrong' as const };
    expect(ids({ connected: false, organisation: fresh, domains: [wrong] })).toEqual([
      'not-connected',
    ]);
    expect(ids({ organisation: fresh, domains: [wrong] })).toEqual(['not-installed']);
  });

  test('puts problems before what asks for attention', () => {
    const drifted = { ...domain, state: 'drifted' as const };
    const partial = { ...domain, name: 'partial.example', state: 'partial' as const };
    const primary = { ...quiet.primary, state: 'suspect' as const };
    expect(ids({ domains: [partial, drifted], primary, alarms: 1 })).toEqual([
      'spool-alarms',
      'domain-contoso.example',
      'primary',
      'domain-partial.example',
    ]);
  });

  test('never asks for MX of a domain that cannot point here', () => {
    const initial = { ...domain, isInitial: true, state: 'unchecked' as const };
    expect(ids({ domains: [initial] })).toEqual([]);
  });

  test('tells a directory that is old from one that could not be refreshed', () => {
    const old = { ...organisation, directorySyncedAt: NOW - 25 * HOUR };
    expect(ids({ organisation: old })).toEqual(['directory-stale']);
    const failed = {
      id: 'r',
      state: 'failed',
      startedAt: NOW,
      finishedAt: NOW,
      seen: 0,
      added: 0,
      changed: 0,
      removed: 0,
      detail: 'no permission',
      requestedBy: 'system',
    } as const;
    expect(ids({ organisation: old, latestSync: failed })).toEqual(['directory-sync']);
  });

  test('asks for coverage below four of five', () => {
    expect(ids({ coverage: { ...quiet.coverage, reachable: 7 } })).toEqual(['coverage']);
  });

  test('names steps that failed at Office 365', () => {
    const step = { step: 'copy-lists', state: 'failed', detail: 'd', added: [], at: NOW } as const;
    expect(ids({ steps: [step] })).toEqual(['step-copy-lists']);
  });
});
