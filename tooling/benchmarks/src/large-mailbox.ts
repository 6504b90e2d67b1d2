import type { Database, IndexedText, IngestedMessage } from '@holdfast/application';
import { DAY, placedWords, type MailFolder } from '@holdfast/domain';
import { createHash } from 'node:crypto';
import { idOf, madeMessage } from './made-message.ts';

export const DAYS = 30;
const BATCH = 500;
/** Words of one message, of a language whose words are as unequal as those of real ones. */
const WORDS_OF_MESSAGE = 80;
export const VOCABULARY = 20_000;
export const ORGANISATION = idOf(0, 'organisation');
export const READER = idOf(0, 'reader');
const COLLEAGUE = idOf(0, 'colleague');
/** Every so many messages go to somebody else: the index holds them all. */
const COLLEAGUES_EVERY = 5;

/** Every so many messages are of another kind: what operators ask for is rare, as in real mailboxes. */
const ARCHIVED_EVERY = 9;
const READ_OF_TEN = 9;
const FLAGGED_EVERY = 211;
const ATTACHED_EVERY = 8;
const CJK_EVERY = 10;
/** Of so many messages one begins a conversation, and the others answer one. */
const TALK = 4;
/** Every so many messages belong to one of so many conversations that go on all month. */
const LONG_EVERY = 20;
const LONG_TALKS = 300;

/** A mailbox of thirty days, every message indexed, among the mail of a colleague. */
export async function fillMailbox(
  database: Database,
  messages: number,
  now: number,
): Promise<void> {
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
  // The answers of a conversation are spread over what came in between, and some go on for weeks.
  const isLong = number % LONG_EVERY === 0;
  const root = number - (number % TALK) * 7;
  const begun = isLong ? `long-${(number / LONG_EVERY) % LONG_TALKS}` : `${Math.max(0, root)}`;
  const isAnswer = isLong || (root !== number && root >= 0);
  const folder: MailFolder = number % ARCHIVED_EVERY === 0 ? 'archive' : 'inbox';
  return {
    ...made,
    message: {
      ...made.message,
      summary: {
        ...made.message.summary,
        subject: `Talk ${isAnswer ? begun : number}`,
        references: isAnswer ? [`<${begun}@outside.example>`] : [],
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

/** By rank; making each anew took as long as the database. */
const words = new Map<number, string>();

export function word(rank: number): string {
  const known = words.get(rank);
  if (known !== undefined) return known;
  const made = createHash('sha1').update(`${rank}`).digest('hex').slice(0, 8).replace(/\d/g, 'q');
  words.set(rank, made);
  return made;
}
