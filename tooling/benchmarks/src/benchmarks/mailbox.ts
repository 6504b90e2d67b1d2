import type { Database, IndexedText, IngestedMessage } from '@holdfast/application';
import { DAY, parseSearch, searchWords } from '@holdfast/domain';
import { calibrate } from '@holdfast/rig/calibration';
import { withOwnDatabase } from '@holdfast/rig/throwaway-database';
import { createHash } from 'node:crypto';
import type { Benchmark, BenchmarkForm, Line } from '../benchmark.ts';
import { idOf, madeMessage } from '../made-message.ts';
import { quantile, rounded } from '../statistics.ts';

const MESSAGES: Readonly<Record<BenchmarkForm, number>> = { full: 100_000, short: 3000 };
const LOOKS: Readonly<Record<BenchmarkForm, number>> = { full: 200, short: 20 };
const DAYS = 30;
const BATCH = 500;
const PAGE = 50;
const TARGET_SEARCH_MS = 100;
const TARGET_LIST_MS = 20;
/** Words of one message, of a language whose words are as unequal as those of real ones. */
const WORDS_OF_MESSAGE = 80;
const VOCABULARY = 20_000;
const ORGANISATION = idOf(0, 'organisation');
const READER = idOf(0, 'reader');
const COLLEAGUE = idOf(0, 'colleague');
/** Every so many messages go to somebody else: the index holds them all. */
const COLLEAGUES_EVERY = 5;
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Listing and searching one large mailbox: what the server takes, from the use case's query to its rows. */
export const benchmark: Benchmark = {
  name: 'mailbox',
  needs: [],
  run: (form) =>
    withOwnDatabase({ throwaway: false }, async ({ database }) => {
      const calibration = { ...calibrate() };
      const now = Date.now();
      await fill(database, MESSAGES[form], now);
      const lists = await timed(LOOKS[form], (look) => list(database, now, look));
      const searches = await timed(LOOKS[form], (look) => search(database, now, look));
      const none = { peer: null, ratio: null, unit: 'ms' };
      const line = (what: string, values: readonly number[], share: number): Line => ({
        ...none,
        what,
        ours: rounded(quantile(values, share)),
      });
      const judged = line(`search, p95 (at most ${TARGET_SEARCH_MS})`, searches, 0.95);
      return {
        ...none,
        name: 'mailbox',
        ours: judged.ours,
        runs: LOOKS[form],
        target: { of: 'ours', is: 'at most', value: TARGET_SEARCH_MS },
        lines: [
          line('list, median', lists, 0.5),
          line(`list, p95 (at most ${TARGET_LIST_MS})`, lists, 0.95),
          line('search, median', searches, 0.5),
          judged,
          line('search, slowest', searches, 1),
        ],
        calibration,
      };
    }),
};

async function timed(
  looks: number,
  look: (number: number) => Promise<void>,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let number = 0; number < looks; number += 1) {
    const startedAt = performance.now();
    await look(number);
    times.push(performance.now() - startedAt);
  }
  return times;
}

async function list(database: Database, now: number, look: number): Promise<void> {
  const receivedAt = now - ((look * 37) % DAYS) * DAY;
  await database.withinOrganisation(ORGANISATION, ({ mailbox }) =>
    mailbox.page(READER, 'inbox', now - DAYS * DAY, PAGE + 1, { receivedAt, id: LAST_ID }),
  );
}

/** From words in every message to words in none, alone and together, and by their beginnings. */
async function search(database: Database, now: number, look: number): Promise<void> {
  const rank = Math.floor(VOCABULARY ** ((look % 20) / 20));
  const queries = [
    word(rank),
    `${word(rank)} ${word(1)}`,
    word(rank).slice(0, 4),
    'nowhere at all',
  ];
  const query = queries[look % queries.length] ?? '';
  await database.withinOrganisation(ORGANISATION, ({ mailbox }) =>
    mailbox.search(READER, parseSearch(query), now - DAYS * DAY, PAGE, {
      acceptedAt: now,
      messageId: LAST_ID,
    }),
  );
}

async function fill(database: Database, messages: number, now: number): Promise<void> {
  await database.acrossOrganisations((system) =>
    system.createOrganisation({
      id: ORGANISATION,
      name: 'Contoso',
      plan: { name: 'Continuity', continuity: true, seats: 100 },
      wrappedKey: 'none',
      installedAt: now,
      protectNewUsers: true,
      directorySyncedAt: null,
      syncGuardPercent: 10,
      listsCopiedAt: null,
      createdAt: now,
    }),
  );
  const total = messages + Math.floor(messages / COLLEAGUES_EVERY);
  for (let from = 0; from < total; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, total - from) }, (_, at) => from + at);
    const made = numbers.map((number) => {
      const acceptedAt = now - Math.floor(((total - number) / total) * DAYS * DAY);
      return { number, acceptedAt, text: textOf(number) };
    });
    await database.acrossOrganisations(async ({ ingest, search: index }) => {
      await ingest.apply(made.map(messageOf), []);
      const next = { instance: 'bench', segment: 'bench', offset: from };
      await index.index(made.map(indexedOf), next);
    });
  }
}

interface NumberedText {
  readonly number: number;
  readonly acceptedAt: number;
  readonly text: string;
}

function messageOf({ number, acceptedAt, text }: NumberedText): IngestedMessage {
  return madeMessage({
    organisationId: ORGANISATION,
    userId: number % (COLLEAGUES_EVERY + 1) === 0 ? COLLEAGUE : READER,
    number,
    acceptedAt,
    origin: 'inbound',
    subject: text.slice(0, 60),
    preview: text.slice(0, 200),
    deliveries: [],
  });
}

function indexedOf({ number, acceptedAt, text }: NumberedText): IndexedText {
  return {
    acceptedAt,
    organisationId: ORGANISATION,
    messageId: idOf(acceptedAt, `message ${number}`),
    subject: searchWords(text.slice(0, 60)),
    people: searchWords('Someone someone@outside.example Reader reader@contoso.example'),
    text: searchWords(text),
    attachments: [],
  };
}

/** The first words are in nearly every message, the last in hardly one (Zipf). */
function textOf(number: number): string {
  return Array.from({ length: WORDS_OF_MESSAGE }, (_, at) => {
    const share = ((number * 7919 + at * 104_729) % 100_003) / 100_003;
    return word(Math.floor(VOCABULARY ** share));
  }).join(' ');
}

function word(rank: number): string {
  return createHash('sha1').update(`${rank}`).digest('hex').slice(0, 8).replace(/\d/g, 'q');
}
