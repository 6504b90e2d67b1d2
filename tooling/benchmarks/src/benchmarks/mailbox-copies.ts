import type { CopiedMessage, Database, IngestedMessage } from '@holdfast/application';
import { DAY } from '@holdfast/domain';
import { calibrate } from '@holdfast/rig/calibration';
import { withOwnDatabase } from '@holdfast/rig/throwaway-database';
import type { Benchmark, BenchmarkForm, Line } from '../benchmark.ts';
import { idOf, madeMessage } from '../made-message.ts';
import { quantile, rounded } from '../statistics.ts';

const BATCH = 500;
const BATCHES: Readonly<Record<BenchmarkForm, number>> = { full: 40, short: 4 };
const KNOWN: Readonly<Record<BenchmarkForm, number>> = { full: 300_000, short: 5000 };
const DAYS = 30;
const ORGANISATION = idOf(0, 'organisation');
const READERS = Array.from({ length: 100 }, (_, number) => idOf(0, `reader ${number}`));
/** Mail that passes through us may take this much longer for there being copies out of Office 365. */
const TARGET_RATIO = 1.25;

/** What copies of mailboxes cost the database: for themselves, and for mail that has nothing to do with them. */
export const benchmark: Benchmark = {
  name: 'mailbox-copies',
  needs: [],
  run: (form) =>
    withOwnDatabase({ throwaway: false }, async ({ database }) => {
      const calibration = { ...calibrate() };
      const now = Date.now();
      await prepare(database, now);
      let made = 0;
      const batches = async (origin: 'inbound' | 'mailbox'): Promise<number> => {
        const times: number[] = [];
        for (let batch = 0; batch < BATCHES[form]; batch += 1) {
          const messages = Array.from({ length: BATCH }, () =>
            messageOf((made += 1), origin, origin === 'inbound' ? now : now - (made % DAYS) * DAY),
          );
          const startedAt = performance.now();
          await database.acrossOrganisations(({ ingest }) => ingest.apply(messages, []));
          times.push(((performance.now() - startedAt) * 1000) / BATCH);
        }
        return quantile(times, 0.5);
      };
      await batches('inbound');
      const before = await batches('inbound');
      await remember(database, KNOWN[form], now);
      const after = await batches('inbound');
      const copies = await batches('mailbox');
      const none = { peer: null, ratio: null, unit: 'µs' };
      const line = (what: string, ours: number): Line => ({ ...none, what, ours: rounded(ours) });
      return {
        ...none,
        name: 'mailbox-copies',
        unit: 'times',
        ours: rounded(after / before),
        runs: BATCHES[form],
        target: { of: 'ours', is: 'at most', value: TARGET_RATIO },
        lines: [
          line('a message that passed through us, no copies known, median', before),
          line(`the same with ${KNOWN[form].toLocaleString('en')} copies known`, after),
          line('a copy, over thirty days', copies),
        ],
        calibration,
      };
    }),
};

async function prepare(database: Database, now: number): Promise<void> {
  await database.acrossOrganisations(async (system) => {
    await system.createOrganisation({
      id: ORGANISATION,
      name: 'Contoso',
      plan: { name: 'Continuity', continuity: true, seats: 100 },
      wrappedKey: 'none',
      installedAt: now,
      protectNewUsers: true,
      directorySyncedAt: null,
      syncGuardPercent: 10,
      listsCopiedAt: null,
      helpdesk: null,
      createdAt: now,
    });
    const days = Array.from({ length: DAYS + 1 }, (_, day) => now - day * DAY);
    await system.ingest.ensureDays(days);
  });
}

async function remember(database: Database, count: number, now: number): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const items = Array.from({ length: BATCH }, (_, at): CopiedMessage => {
      const number = from + at;
      return {
        externalId: `AAMk${number}`,
        folderId: 'inbox',
        messageId: `<known-${number}@office.example>`,
        receivedAt: now - (number % DAYS) * DAY,
        recordId: idOf(now, `known ${number}`),
      };
    });
    const reader = READERS[(from / BATCH) % READERS.length] ?? '';
    await database.withinOrganisation(ORGANISATION, ({ copies }) =>
      copies.remember(reader, items, { messages: BATCH, bytes: BATCH }, now),
    );
  }
}

function messageOf(
  number: number,
  origin: 'inbound' | 'mailbox',
  acceptedAt: number,
): IngestedMessage {
  return madeMessage({
    organisationId: ORGANISATION,
    userId: READERS[number % READERS.length] ?? '',
    number,
    acceptedAt,
    origin,
    subject: `Message ${number}`,
    preview: 'The beginning of what it says, as long as most of them are in a list.',
    deliveries: origin === 'mailbox' ? [] : [deliveryOf(acceptedAt, number)],
  });
}

function deliveryOf(acceptedAt: number, number: number): IngestedMessage['deliveries'][number] {
  return {
    id: idOf(acceptedAt, `delivery ${number}`),
    recipient: 'reader@contoso.example',
    route: 'primary',
    state: 'queued',
    hold: null,
    dueAt: acceptedAt,
    verdict: 'deliver',
    verdictReason: 'clean',
    reply: null,
  };
}
