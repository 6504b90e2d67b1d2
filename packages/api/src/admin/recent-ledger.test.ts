import type { Ports } from '@holdfast/application';
import { expect, test, vi } from 'vitest';
import { recentLedger } from './recent-ledger.ts';

/** A spool whose counting takes so long, and a clock that shows it. */
function spoolThatTakes(milliseconds: number) {
  const clock = { at: 0, now: () => clock.at };
  const segments = vi.fn<Ports['reader']['segments']>(async () => {
    clock.at += milliseconds;
    return [];
  });
  const none = { queued: 0, leased: 0, deferred: 0, held: 0, quarantined: 0 };
  const counts = { ...none, delivered: 0, discarded: 0, bounced: 0 };
  const repositories = {
    ingest: { positions: async () => [] },
    ledger: {
      counts: async () => ({ inbound: counts, outbound: counts, notices: counts }),
      settled: async () => ({ accepted: { inbound: 0, outbound: 0, notices: 0 }, removed: [] }),
    },
  };
  const ports = {
    clock,
    reader: { segments },
    database: {
      acrossOrganisations: async (work: (all: unknown) => unknown) => work(repositories),
    },
    log: { warn: vi.fn<() => void>() },
  } as unknown as Parameters<typeof recentLedger>[0];
  return { ports, clock, segments };
}

test.each([
  ['a small spool is counted again after a second', 2, 1_000],
  ['a larger one after twenty times what it took', 500, 10_000],
  ['and the largest after half a minute at the latest', 9_000, 30_000],
])('%s', async (_what, takes, fresh) => {
  const { ports, clock, segments } = spoolThatTakes(takes);
  await recentLedger(ports, 'contoso');
  clock.at += fresh - 1;
  await recentLedger(ports, 'contoso');
  expect(segments).toHaveBeenCalledTimes(1);
  clock.at += 1;
  await recentLedger(ports, 'contoso');
  expect(segments).toHaveBeenCalledTimes(2);
});

test('who asks while it is being counted waits for the same count', async () => {
  const { ports, segments } = spoolThatTakes(100);
  await Promise.all([recentLedger(ports, 'contoso'), recentLedger(ports, 'contoso')]);
  expect(segments).toHaveBeenCalledTimes(1);
});

test('each organisation has its own', async () => {
  const { ports, segments } = spoolThatTakes(100);
  await Promise.all([recentLedger(ports, 'contoso'), recentLedger(ports, 'fabrikam')]);
  expect(segments).toHaveBeenCalledTimes(2);
});
