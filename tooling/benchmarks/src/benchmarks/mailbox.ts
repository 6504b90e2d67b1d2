import type { Database, IndexedText, IngestedMessage } from '@holdfast/application';
import { DAY, parseSearch, placedWords, type MailFolder } from '@holdfast/domain';
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

/** Every so many messages are of another kind: what operators ask for is rare, as in real mailboxes. */
const ARCHIVED_EVERY = 9;
const READ_OF_TEN = 9;
const FLAGGED_EVERY = 211;
const ATTACHED_EVERY = 8;
const CJK_EVERY = 10;
/** Of so many messages one begins a conversation, and the others answer one. */
const TALK = 4;

/** Listing and searching one large mailbox: what the server takes, from the use case's query to its rows. */
export const benchmark: Benchmark = {
  name: 'mailbox',
  needs: [],
  run: (form) =>
    withOwnDatabase({ throwaway: false }, async ({ database }) => {
      const calibration = { ...calibrate() };
      const now = Date.now();
      await fill(database, MESSAGES[form], now);
      const none = { peer: null, ratio: null, unit: 'ms' };
      const line = (what: string, values: readonly number[], share: number): Line => ({
        ...none,
        what,
        ours: rounded(quantile(values, share)),
      });
      const lists = await timed(LOOKS[form], (look) => list(database, now, look));
      const conversations = await timed(LOOKS[form], (look) => converse(database, now, look));
      const folders = await timed(LOOKS[form], () => count(database, now));
      const kinds: Line[] = [];
      const searches: number[] = [];
      for (const [kind, queries] of KINDS) {
        const times = await timed(LOOKS[form], (look) =>
          search(database, now, queries[look % queries.length] ?? '', look),
        );
        searches.push(...times);
        kinds.push(line(`search for ${kind}, p95`, times, 0.95));
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
          { ...line('list, p95', lists, 0.95), atMost: TARGET_LIST_MS },
          line('list of conversations, median', conversations, 0.5),
          { ...line('list of conversations, p95', conversations, 0.95), atMost: TARGET_LIST_MS },
          line('counts of folders, p95', folders, 0.95),
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

/** From the newest page to the oldest. */
async function list(database: Database, now: number, look: number): Promise<void> {
  const receivedAt = now - ((look * 37) % DAYS) * DAY;
  await database.withinOrganisation(ORGANISATION, ({ mailbox }) =>
    mailbox.page(READER, 'inbox', now - DAYS * DAY, PAGE + 1, { receivedAt, id: LAST_ID }),
  );
}

async function converse(database: Database, now: number, look: number): Promise<void> {
  const receivedAt = now - ((look * 37) % DAYS) * DAY;
  const window = { since: now - DAYS * DAY, until: now };
  await database.withinOrganisation(ORGANISATION, ({ mailbox }) =>
    mailbox.conversations(READER, 'inbox', window, PAGE, { receivedAt, id: LAST_ID }),
  );
}

async function count(database: Database, now: number): Promise<void> {
  await database.withinOrganisation(ORGANISATION, ({ mailbox }) =>
    mailbox.folders(READER, now - DAYS * DAY, now),
  );
}

/** By rank; making each anew took as long as the database. */
const words = new Map<number, string>();

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
      helpdesk: null,
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
  const made = madeMessage({
    organisationId: ORGANISATION,
    userId: number % (COLLEAGUES_EVERY + 1) === 0 ? COLLEAGUE : READER,
    number,
    acceptedAt,
    origin: 'inbound',
    subject: text.slice(0, 60),
    preview: text.slice(0, 200),
    deliveries: [],
  });
  // The answers of a conversation are spread over what came in between.
  const root = number - (number % TALK) * 7;
  const isAnswer = root !== number && root >= 0;
  const folder: MailFolder = number % ARCHIVED_EVERY === 0 ? 'archive' : 'inbox';
  return {
    ...made,
    message: {
      ...made.message,
      summary: {
        ...made.message.summary,
        subject: `Talk ${isAnswer ? root : number}`,
        references: isAnswer ? [`<${root}@outside.example>`] : [],
      },
    },
    items: made.items.map((item) => ({
      ...item,
      folder,
      isRead: number % 10 < READ_OF_TEN,
      isFlagged: number % FLAGGED_EVERY === 0,
    })),
  };
}

function indexedOf({ number, acceptedAt, text }: NumberedText): IndexedText {
  return {
    acceptedAt,
    organisationId: ORGANISATION,
    messageId: idOf(acceptedAt, `message ${number}`),
    subject: placedWords(text.slice(0, 60)),
    from: placedWords('Someone someone@outside.example'),
    to: placedWords('Reader reader@contoso.example'),
    text: placedWords(number % CJK_EVERY === 0 ? `${text} ${CJK}` : text),
    file: [],
    hasAttachment: number % ATTACHED_EVERY === 0,
  };
}

const CJK = '東京会議室の予約を確認してください。明日の会議は三階です。';

/** The first words are in nearly every message, the last in hardly one (Zipf). */
function textOf(number: number): string {
  return Array.from({ length: WORDS_OF_MESSAGE }, (_, at) => {
    const share = ((number * 7919 + at * 104_729) % 100_003) / 100_003;
    return word(Math.floor(VOCABULARY ** share));
  }).join(' ');
}

function word(rank: number): string {
  const known = words.get(rank);
  if (known !== undefined) return known;
  const made = createHash('sha1').update(`${rank}`).digest('hex').slice(0, 8).replace(/\d/g, 'q');
  words.set(rank, made);
  return made;
}
