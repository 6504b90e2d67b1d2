import type { Database, MailboxRepository } from '@holdfast/application';
import { DAY, parseSearch, type MailFolder } from '@holdfast/domain';
import { calibrate } from '@holdfast/rig/calibration';
import { withOwnDatabase } from '@holdfast/rig/throwaway-database';
import type { Benchmark, BenchmarkForm, Line } from '../benchmark.ts';
import { DAYS, fillMailbox, ORGANISATION, READER, VOCABULARY, word } from '../large-mailbox.ts';
import { quantile, rounded } from '../statistics.ts';

const MESSAGES: Readonly<Record<BenchmarkForm, number>> = { full: 100_000, short: 3000 };
const LOOKS: Readonly<Record<BenchmarkForm, number>> = { full: 200, short: 20 };
const PAGE = 50;
/** As far as the product counts the messages of a folder. */
const COUNTED_TO = 1000;
const TARGET_SEARCH_MS = 100;
const TARGET_LIST_MS = 20;
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Listing and searching one large mailbox: what the server takes, from the use case's query to its rows. */
export const benchmark: Benchmark = {
  name: 'mailbox',
  needs: [],
  run: (form) =>
    withOwnDatabase({ throwaway: false }, async ({ database }) => {
      const calibration = { ...calibrate() };
      const now = Date.now();
      await fillMailbox(database, MESSAGES[form], now);
      const none = { peer: null, ratio: null, unit: 'ms' };
      const line = (what: string, values: readonly number[], share: number): Line => ({
        ...none,
        what,
        ours: rounded(quantile(values, share)),
      });
      const listed = (what: string, values: readonly number[]): Line => ({
        ...line(what, values, 0.95),
        atMost: TARGET_LIST_MS,
      });
      const lists = await timed(LOOKS[form], (look) => list(database, now, look));
      const anywhere = await timed(LOOKS[form], (look) =>
        converse(database, now, 'inbox', now - ((look * 37) % DAYS) * DAY),
      );
      const onwards = await timed(LOOKS[form], scroll(database, now));
      const switches = await timed(LOOKS[form], (look) =>
        converse(database, now, look % 2 === 0 ? 'archive' : 'inbox', now),
      );
      const folders = await timed(LOOKS[form], () => count(database, now));
      const kinds: Line[] = [];
      const searches: number[] = [];
      for (const [kind, queries] of KINDS) {
        const times = await timed(LOOKS[form], (look) =>
          search(database, now, queries[look % queries.length] ?? '', look),
        );
        searches.push(...times);
        kinds.push({ ...line(`search for ${kind}, p95`, times, 0.95), atMost: TARGET_SEARCH_MS });
      }
      const judged = line('search, p95', searches, 0.95);
      return {
        ...none,
        name: 'mailbox',
        ours: judged.ours,
        runs: LOOKS[form],
        target: { of: 'ours', is: 'at most', value: TARGET_SEARCH_MS },
        lines: [
          line('list, median', lists, 0.5),
          listed('list, p95', lists),
          line('list of conversations, median', anywhere, 0.5),
          listed('list of conversations, p95', anywhere),
          line(`the same, its first ${LOOKS[form]} pages in turn, median`, onwards, 0.5),
          listed(`the same, its first ${LOOKS[form]} pages in turn, p95`, onwards),
          listed('another folder every time, p95', switches),
          listed('counts of folders, p95', folders),
          line('search, median', searches, 0.5),
          judged,
          line('search, slowest', searches, 1),
          ...kinds,
        ],
        calibration,
      };
    }),
};

async function timed(
  looks: number,
  look: (number: number) => Promise<unknown>,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let number = 0; number < looks; number += 1) {
    const startedAt = performance.now();
    await look(number);
    times.push(performance.now() - startedAt);
  }
  return times;
}

/** From the newest page to the oldest. */
async function list(database: Database, now: number, look: number): Promise<void> {
  const receivedAt = now - ((look * 37) % DAYS) * DAY;
  await database.withinOrganisation(ORGANISATION, ({ mailbox }) =>
    mailbox.page(READER, 'inbox', now - DAYS * DAY, PAGE + 1, { receivedAt, id: LAST_ID }),
  );
}

async function converse(
  database: Database,
  now: number,
  folder: MailFolder,
  receivedAt: number,
  id = LAST_ID,
): ReturnType<MailboxRepository['conversations']> {
  const window = { since: now - DAYS * DAY, until: now };
  return database.withinOrganisation(ORGANISATION, ({ mailbox }) =>
    mailbox.conversations(READER, folder, window, PAGE, { receivedAt, id }),
  );
}

/** As somebody scrolls: every look goes on where the last one ended. */
function scroll(database: Database, now: number): () => Promise<void> {
  let from = { receivedAt: now, id: LAST_ID };
  return async () => {
    const { next } = await converse(database, now, 'inbox', from.receivedAt, from.id);
    from = next ?? { receivedAt: now, id: LAST_ID };
  };
}

async function count(database: Database, now: number): Promise<void> {
  await database.withinOrganisation(ORGANISATION, ({ mailbox }) =>
    mailbox.folders(READER, now - DAYS * DAY, now, COUNTED_TO),
  );
}

/** From words in every message to words in hardly one, each kind in its turn. */
const RANKS = Array.from({ length: 20 }, (_, at) => Math.floor(VOCABULARY ** (at / 20)));
const KINDS: readonly (readonly [string, readonly string[]])[] = [
  ['a word', RANKS.map((rank) => word(rank))],
  ['two words', RANKS.map((rank) => `${word(rank)} ${word(1)}`)],
  ['a beginning', RANKS.map((rank) => word(rank).slice(0, 4))],
  ['nothing that is there', ['nowhere at all', `${word(1)} nowhere`]],
  ['quoted words', RANKS.map((rank) => `"${word(rank)} ${word(1)}"`)],
  ['CJK', ['会議', '会議室', '"東京会議室"', '京都', '室', `会議 ${word(1)}`]],
  [
    'words in a part',
    RANKS.flatMap((rank) => [`subject:${word(rank)}`, `from:someone ${word(rank)}`]),
  ],
  ['attachments', ['has:attachment', `has:attachment ${word(1)}`, `-has:attachment ${word(9000)}`]],
  [
    'what was read or flagged',
    ['is:unread', 'is:flagged', `is:flagged ${word(40)}`, `is:unread ${word(3)}`],
  ],
  ['a folder', ['in:archive', `in:archive ${word(5)}`, 'in:sent', `in:sent ${word(1)}`]],
  ['days', ['on:15d', `before:20d ${word(2)}`, 'after:3d', `after:10d before:8d ${word(900)}`]],
];

/** Every other look goes on from a later page. */
async function search(database: Database, now: number, query: string, look: number): Promise<void> {
  const acceptedAt = look % 2 === 0 ? now : now - ((look * 7) % (DAYS - 1)) * DAY;
  await database.withinOrganisation(ORGANISATION, ({ mailbox }) =>
    mailbox.search(READER, parseSearch(query, { now, zone: 'UTC' }), now - DAYS * DAY, PAGE, {
      acceptedAt,
      messageId: LAST_ID,
    }),
  );
}
