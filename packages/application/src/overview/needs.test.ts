import { DAY, initialHealth, type EmergencyEvent } from '@holdfast/domain';
import { describe, expect, test } from 'vitest';
import type {
  ConnectionRecord,
  DomainRecord,
  OrganisationRecord,
} from '../records/organisation.ts';
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
  syncGuardPercent: 10,
  listsCopiedAt: NOW - HOUR,
  helpdesk: { name: 'IT', phone: null, email: 'it@help.example', url: null, hours: null },
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
  report: null,
  baseline: null,
  nextCheckAt: null,
  watchedUntil: null,
  mailType: 'authoritative',
  recipientList: { complete: true, reason: 'exchange-listed', asOf: NOW },
  attestation: null,
};

const connection: ConnectionRecord = {
  tenantId: 't',
  clientId: 'c',
  mode: 'application',
  proof: { kind: 'secret', sealed: '', expiresAt: null },
  tiers: ['read'],
  granted: null,
  refused: null,
  displayName: 'Contoso',
  initialDomain: 'contoso.onmicrosoft.com',
  connectedAt: NOW - HOUR,
  preflight: null,
};

/** An organisation in which nothing is to be done. */
const quiet: NeedFacts = {
  now: NOW,
  organisation,
  connection,
  ownExpiresAt: null,
  exchange: { filtering: 'enhanced', junkRule: true, check: null, establishedAt: null },
  steps: [],
  domains: [domain],
  outbound: [],
  cutOver: { records: [], refused: [], uninstallation: null },
  domainAlerts: [],
  latestSync: null,
  administrators: [{ role: 'owner' }, { role: 'administrator' }],
  withoutSeat: 0,
  hasDrilled: true,
  coverage: {
    protected: 10,
    reachable: 8,
    byState: { missing: 0, 'opted-out': 0, asked: 2, given: 0, verified: 8, opened: 0 },
  },
  primary: initialHealth(NOW),
  event: null,
  alarms: 0,
  waiting: [],
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
    expect(ids({ connection: null, organisation: fresh, domains: [wrong] })).toEqual([
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

  test('is to start an event in an outage, what it is good for while it is active, and to end it afterwards', () => {
    const at = { ...quiet, primary: { ...quiet.primary, state: 'down' as const } };
    expect(findNeeds(at)).toMatchObject([
      { id: 'primary', detail: expect.stringContaining('Start an event') },
    ]);
    const event: EmergencyEvent = {
      phase: 'active',
      id: 'e',
      scope: { kind: 'everyone' },
      reason: 'Office 365 is down',
      startedAt: NOW,
      outageSince: NOW,
      startedBy: 'olga',
      generation: 1,
      relay: 'keep-trying',
      endsAt: null,
      noticesAt: NOW,
    };
    expect(findNeeds({ ...at, event })).toMatchObject([
      { id: 'primary', detail: expect.not.stringContaining('Start an event') },
    ]);
    expect(ids({ event })).toEqual([]);
    const primary = { ...quiet.primary, goodSince: NOW - HOUR };
    expect(findNeeds({ ...quiet, event, primary })).toMatchObject([
      { id: 'primary', title: 'Office 365 works, and the event goes on' },
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
      fullPass: false,
      phase: null,
      heartbeatAt: null,
    } as const;
    expect(ids({ organisation: old, latestSync: failed })).toEqual(['directory-sync']);
  });

  test('asks for coverage below four of five', () => {
    expect(ids({ coverage: { ...quiet.coverage, reachable: 7 } })).toEqual(['coverage']);
  });

  test('asks for a first drill a week after the installation, once there is somebody to hold it with', () => {
    const week = { ...quiet.organisation, installedAt: NOW - 7 * DAY };
    expect(ids({ organisation: week, hasDrilled: false })).toEqual(['first-drill']);
    expect(ids({ organisation: { ...week, installedAt: NOW }, hasDrilled: false })).toEqual([]);
    const nobody = { ...quiet.coverage, protected: 0, reachable: 0 };
    expect(ids({ organisation: week, hasDrilled: false, coverage: nobody })).toEqual([]);
  });

  test('names steps that failed at Office 365', () => {
    const step = { step: 'copy-lists', state: 'failed', detail: 'd', added: [], at: NOW } as const;
    expect(ids({ steps: [step] })).toEqual(['step-copy-lists']);
  });

  test('names held mail, a broken connector and mail that waits for weeks, each with its way to the queue', () => {
    const count = { direction: 'inbound', count: 3, oldest: NOW - HOUR } as const;
    const needs = findNeeds({
      ...quiet,
      waiting: [
        { ...count, state: 'review', reason: 'unknown-recipient' },
        { ...count, state: 'deferred', reason: 'connector-broken' },
        {
          ...count,
          state: 'deferred',
          reason: 'path-down',
          count: 1,
          oldest: NOW - 21 * 24 * HOUR,
        },
      ],
    });
    expect(needs.map(({ id, level, href }) => [id, level, href])).toEqual([
      ['mail-waits-long', 'problem', '/queue?state=queued,leased,deferred,review,held&age=20d'],
      ['connector-broken', 'problem', '/queue?why=connector-broken'],
      ['held-for-review', 'attention', '/queue?state=review'],
    ]);
    expect(needs[0]?.title).toBe('Mail has been waiting for 21 days');
  });

  test('says nothing of mail that waits for a while', () => {
    const count = { direction: 'inbound', count: 3, oldest: NOW - HOUR } as const;
    expect(ids({ waiting: [{ ...count, state: 'deferred', reason: 'path-down' }] })).toEqual([]);
  });
});

test('what somebody has changed in Office 365 is a problem once it was right, and not in an outage', () => {
  const side = (established: 'yes' | 'no' | 'unknown', establishedAt: number | null) => ({
    filtering: 'enhanced' as const,
    junkRule: true,
    check: { at: NOW, established, detail: 'Create the inbound connector' },
    establishedAt,
  });
  expect(ids({ exchange: side('no', NOW - HOUR) })).toEqual(['exchange-drifted']);
  expect(ids({ exchange: side('unknown', NOW - HOUR) })).toEqual([]);
  expect(ids({ exchange: side('no', null) })).toEqual(['exchange-open']);
});

describe('a cut-over', () => {
  const wrong = { ...domain, state: 'drifted' as const };
  const record = {
    domain: domain.name,
    evidence: null,
    gatheredAt: NOW,
    canaryMailbox: null,
  };
  const begun = {
    startedAt: NOW,
    startedBy: 'olga',
    watched: { ttlLowSince: null, longestTtl: null, policyReadySince: null, longestMaxAge: null },
    skipped: {},
    canary: null,
  };
  const cutOver = (change: Partial<NeedFacts['cutOver']>): Partial<NeedFacts> => ({
    domains: [wrong],
    cutOver: { records: [], refused: [], uninstallation: null, ...change },
  });

  test('that is under way is told in place of MX that is wrong', () => {
    const records = [{ ...record, state: { ...begun, phase: 'preparing' as const } }];
    expect(ids(cutOver({ records }))).toEqual([`cut-over-${domain.name}`]);
  });

  test('that led back has nothing wrong with it', () => {
    const state = { phase: 'back', startedAt: NOW, backAt: NOW, reason: 'over' } as const;
    expect(ids(cutOver({ records: [{ ...record, state }] }))).toEqual([]);
  });

  test('with mail that Office 365 refuses comes before everything else', () => {
    expect(ids({ ...cutOver({ refused: [domain.name] }), alarms: 1 })[0]).toBe(
      `lock-down-${domain.name}`,
    );
  });
});

test('an organisation that has not said whom users ask is asked for it, once it is installed', () => {
  expect(ids({ organisation: { ...organisation, helpdesk: null } })).toEqual(['helpdesk-missing']);
  const before = { ...organisation, installedAt: null, helpdesk: null };
  expect(ids({ organisation: before })).not.toContain('helpdesk-missing');
});

test('one person alone who could run an event is not enough', () => {
  const alone = [{ role: 'owner' }, { role: 'helpdesk' }, { role: 'auditor' }] as const;
  expect(ids({ administrators: alone })).toEqual(['one-administrator']);
});
