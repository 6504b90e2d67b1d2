import type { Database, IndexedText, SearchPosition } from '@holdfast/application';
import { parseSearch, placedWords, type MailFolder } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { AT, ingest, ingested, makeOrganisation } from '../testing/records.ts';
import { uuidAt } from '../uuid.ts';

const DAY = 86_400_000;
const MEGAN = uuidAt(AT);
const ALEX = uuidAt(AT);
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

let opened: OpenTestDatabase;
let database: Database;
let contoso: string;

beforeEach(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  contoso = await makeOrganisation(database, 'contoso');
});
afterEach(() => opened.close());

interface Mail {
  readonly subject: string;
  readonly text?: string;
  readonly from?: string;
  readonly to?: string;
  readonly file?: string;
  readonly folder?: MailFolder;
  readonly isRead?: boolean;
  readonly isFlagged?: boolean;
  readonly users?: readonly string[];
  readonly acceptedAt?: number;
  readonly organisationId?: string;
}

let offset = 0;

/** Written and indexed as ingest and the worker do it. */
async function arrive(...mails: readonly Mail[]): Promise<readonly IndexedText[]> {
  const texts: IndexedText[] = [];
  for (const mail of mails) {
    const message = ingested({
      organisationId: mail.organisationId ?? contoso,
      recipients: [],
      acceptedAt: mail.acceptedAt ?? AT,
      subject: mail.subject,
      items: (mail.users ?? [MEGAN]).map((userId) => ({
        id: uuidAt(AT),
        userId,
        folder: mail.folder ?? ('inbox' as const),
        isRead: mail.isRead ?? false,
        isFlagged: mail.isFlagged ?? false,
        viaGroup: null,
      })),
    });
    await ingest(database, [message]);
    texts.push({
      acceptedAt: message.message.acceptedAt,
      organisationId: message.message.organisationId,
      messageId: message.message.id,
      subject: placedWords(mail.subject),
      from: placedWords(mail.from ?? ''),
      to: placedWords(mail.to ?? ''),
      text: placedWords(mail.text ?? ''),
      file: placedWords(mail.file ?? ''),
      hasAttachment: mail.file !== undefined,
    });
  }
  offset += 1;
  await database.acrossOrganisations(({ search }) =>
    search.index(texts, { instance: 'mx-1', segment: 'copy-0001', offset }),
  );
  return texts;
}

async function find(
  query: string,
  change: {
    readonly user?: string;
    readonly organisation?: string;
    readonly limit?: number;
    readonly since?: number;
    readonly before?: SearchPosition;
  } = {},
) {
  const found = await database.withinOrganisation(change.organisation ?? contoso, ({ mailbox }) =>
    mailbox.search(
      change.user ?? MEGAN,
      parseSearch(query, { now: AT, zone: 'UTC' }),
      change.since ?? AT - 30 * DAY,
      change.limit ?? 50,
      change.before ?? { acceptedAt: AT, messageId: LAST_ID },
    ),
  );
  return { subjects: found.items.map(({ subject }) => subject), next: found.next };
}

describe('a search in a mailbox', () => {
  it('finds words, their beginnings, and pairs of a script without spaces', async () => {
    await arrive(
      { subject: 'Invoice of July', text: 'Please find attached the Überweisung.' },
      { subject: '会議室の予約', text: '東京の会議室です' },
    );

    for (const query of ['invoice', 'INV', 'july please', 'uberweisung', 'überweis'])
      expect((await find(query)).subjects).toEqual(['Invoice of July']);
    for (const query of ['会議', '会議室', '予約', '東', '東京 会議'])
      expect((await find(query)).subjects).toEqual(['会議室の予約']);
    for (const query of ['voice', 'of august', '京都', '', '***', "' | '"])
      expect((await find(query)).subjects).toEqual([]);
  });

  it('looks in the part that is named', async () => {
    await arrive(
      { subject: 'report', from: 'Anna anna@fabrikam.example', to: 'Ben', file: 'plan.pdf' },
      { subject: 'other', from: 'Ben', to: 'Anna', text: 'anna report plan' },
    );

    expect((await find('anna report')).subjects.toSorted()).toEqual(['other', 'report']);
    for (const query of [
      'from:anna@fabrikam',
      'subject:report',
      'file:plan',
      'to:ben subject:rep',
      'report has:attachment',
    ])
      expect((await find(query)).subjects).toEqual(['report']);
    for (const query of ['to:anna', 'from:ben', '-has:attachment', 'anna -subject:report'])
      expect((await find(query)).subjects).toEqual(['other']);
  });

  it('finds quoted words next to each other, and never across two parts', async () => {
    await arrive(
      { subject: 'annual report', text: '会議室は3階' },
      { subject: 'report, annual', text: '室会議 3階' },
      { subject: 'the annual', text: 'report' },
    );

    expect((await find('"annual report"')).subjects).toEqual(['annual report']);
    expect((await find('subject:"report annual"')).subjects).toEqual(['report, annual']);
    expect((await find('"会議室は3"')).subjects).toEqual(['annual report']);
    expect((await find('annual -"annual report"')).subjects.toSorted()).toEqual([
      'report, annual',
      'the annual',
    ]);
  });

  it('asks where a message is and what its reader did with it, with words and without', async () => {
    await arrive(
      { subject: 'tea new' },
      { subject: 'tea old', isRead: true },
      { subject: 'tea flagged', isFlagged: true, isRead: true },
      { subject: 'tea filed', folder: 'archive', isRead: true },
      { subject: 'coffee', folder: 'junk' },
      { subject: 'tea of alex', users: [ALEX] },
    );

    const table: readonly (readonly [string, readonly string[]])[] = [
      ['is:unread', ['coffee', 'tea new']],
      ['is:unread tea', ['tea new']],
      ['is:flagged', ['tea flagged']],
      ['tea -is:flagged is:read', ['tea filed', 'tea old']],
      ['in:archive', ['tea filed']],
      ['in:archive in:junk', ['coffee', 'tea filed']],
      ['tea -in:inbox', ['tea filed']],
      ['-in:inbox -in:sent -in:archive -in:deleted -in:junk', []],
    ];
    for (const [query, subjects] of table)
      expect([query, (await find(query)).subjects.toSorted()]).toEqual([query, subjects]);
  });

  it('asks for days, to the instant at which they begin, page by page', async () => {
    const midnight = Math.floor(AT / DAY) * DAY;
    await arrive(
      ...[-1, 0, DAY - 1, DAY].map((after, index) => ({
        subject: `mail ${index}`,
        acceptedAt: midnight - 2 * DAY + after,
      })),
    );
    const day = new Date(midnight - 2 * DAY).toISOString().slice(0, 10);

    expect((await find(`on:${day}`)).subjects).toEqual(['mail 2', 'mail 1']);
    expect((await find(`after:${day} mail`)).subjects).toEqual(['mail 3', 'mail 2', 'mail 1']);
    expect((await find(`before:${day}`)).subjects).toEqual(['mail 0']);

    const first = await find(`on:${day}`, { limit: 1 });
    expect(first.subjects).toEqual(['mail 2']);
    const second = await find(`on:${day}`, {
      limit: 1,
      ...(first.next === null ? {} : { before: first.next }),
    });
    expect(second).toEqual({ subjects: ['mail 1'], next: null });
  });

  it('says since when mail cannot be found yet', async () => {
    const missing = () =>
      database.withinOrganisation(contoso, ({ mailbox }) =>
        mailbox.unsearchedSince(MEGAN, AT - DAY),
      );
    await arrive({ subject: 'entered' });
    expect(await missing()).toBeNull();

    const items = [
      {
        id: uuidAt(AT),
        userId: MEGAN,
        folder: 'inbox' as const,
        isRead: false,
        isFlagged: false,
        viaGroup: null,
      },
    ];
    const late = ingested({ organisationId: contoso, recipients: [], items });
    await ingest(database, [late]);
    expect(await missing()).toBe(late.shownFrom);
  });

  it('finds only what its reader has a view of, however the words pretend', async () => {
    await arrive(
      { subject: 'for megan', text: 'secret' },
      { subject: 'for alex', text: `secret @${MEGAN} ${MEGAN.replaceAll('-', '')}`, users: [ALEX] },
      { subject: 'for both', text: 'secret', users: [MEGAN, ALEX] },
      { subject: 'for nobody', text: 'secret', users: [] },
    );

    expect((await find('secret')).subjects.toSorted()).toEqual(['for both', 'for megan']);
    expect((await find('secret', { user: ALEX })).subjects.toSorted()).toEqual([
      'for alex',
      'for both',
    ]);
  });

  it('never finds mail of another organisation, even for the id of its user', async () => {
    const fabrikam = await makeOrganisation(database, 'fabrikam');
    await arrive({ subject: 'of fabrikam', organisationId: fabrikam });

    expect((await find('fabrikam')).subjects).toEqual([]);
    expect((await find('fabrikam', { organisation: fabrikam })).subjects).toEqual(['of fabrikam']);
  });

  it('goes from the newest day to the oldest shown, page by page', async () => {
    const days = [0, 0, 1, 3, 3, 29, 40];
    await arrive(
      ...days.map((ago, index) => ({
        subject: `mail ${index}`,
        acceptedAt: AT - ago * DAY - index,
      })),
    );
    const pages: string[][] = [];
    let before: SearchPosition | undefined;
    for (;;) {
      const { subjects, next } = await find('mail', {
        limit: 2,
        ...(before === undefined ? {} : { before }),
      });
      pages.push(subjects);
      if (next === null) break;
      before = next;
    }

    expect(pages).toEqual([
      ['mail 0', 'mail 1'],
      ['mail 2', 'mail 3'],
      ['mail 4', 'mail 5'],
    ]);
  });

  it('finds what was in quarantine once it is released', async () => {
    const message = ingested({ organisationId: contoso, recipients: ['megan@contoso.example'] });
    const kept = {
      ...message,
      deliveries: message.deliveries.map((delivery) => ({
        ...delivery,
        state: 'quarantined' as const,
        dueAt: null,
      })),
    };
    await ingest(database, [kept]);
    const { id: messageId, acceptedAt } = message.message;
    const none = { from: [], to: [], text: [], file: [], hasAttachment: false };
    const indexed = {
      acceptedAt,
      organisationId: contoso,
      messageId,
      subject: placedWords('caught'),
      ...none,
    };
    await database.acrossOrganisations(({ search }) =>
      search.index([indexed], { instance: 'mx-1', segment: 'copy-0002', offset: 1 }),
    );
    expect((await find('caught')).subjects).toEqual([]);

    const item = { id: uuidAt(AT), messageId, acceptedAt, userId: MEGAN, folder: 'inbox' as const };
    await database.withinOrganisation(contoso, ({ mailbox }) =>
      mailbox.show([{ ...item, viaGroup: null }], AT),
    );
    expect((await find('caught')).subjects).toEqual(['Your order']);
  });

  it('takes a message once, and of an endless one what fits', async () => {
    const text = Array.from({ length: 30_000 }, (_, at) => `${'w'.repeat(34)}${at}`).join(' ');
    const [indexed] = await arrive({ subject: 'long', text });
    await database.acrossOrganisations(({ search }) =>
      search.index(indexed === undefined ? [] : [indexed], {
        instance: 'mx-1',
        segment: 'copy-0001',
        offset,
      }),
    );

    expect((await find(`long ${'w'.repeat(34)}1`)).subjects).toEqual(['long']);
  });
});

it('the index follows ingest and never passes it', async () => {
  const position = { instance: 'mx-1', segment: 'copy-0009', offset: 900 };
  const behind = () => database.acrossOrganisations(({ search }) => search.behind());
  await database.acrossOrganisations(({ ingest: rows }) =>
    rows.apply([], [{ from: 0, to: position }]),
  );
  expect(await behind()).toEqual([
    { instance: 'mx-1', segment: 'copy-0009', from: 0, to: position.offset },
  ]);

  await database.acrossOrganisations(({ search }) =>
    search.index([], { ...position, offset: 300 }),
  );
  expect(await behind()).toMatchObject([{ from: 300, to: 900 }]);
  await database.acrossOrganisations(({ search }) => search.index([], position));
  expect(await behind()).toEqual([]);
});

it('the tables of days to come are there before their mail', async () => {
  await database.acrossOrganisations(({ ingest: rows }) => rows.ensureDays([AT, AT + 9 * DAY]));
  await arrive({ subject: 'from the future', acceptedAt: AT + 9 * DAY });

  const before = { acceptedAt: AT + 9 * DAY, messageId: LAST_ID };
  expect((await find('future', { before })).subjects).toEqual(['from the future']);
});
