import type { Database } from '@holdfast/application';
import type { MailFolder } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { AT, ingest, ingested, makeOrganisation } from '../testing/records.ts';
import { uuidAt } from '../uuid.ts';

const DAY = 86_400_000;
const MEGAN = uuidAt(AT);
const ALEX = uuidAt(AT);
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

interface Mail {
  readonly id: string;
  readonly answers?: string;
  readonly references?: readonly string[];
  readonly subject?: string;
  /** Minutes after the beginning. */
  readonly at?: number;
  readonly folder?: MailFolder;
  readonly isRead?: boolean;
  readonly users?: readonly string[];
}

let opened: OpenTestDatabase;
let database: Database;
let contoso: string;

beforeEach(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  contoso = await makeOrganisation(database, 'contoso');
});
afterEach(() => opened.close());

/** As ingest and then, in a later transaction, the worker do it. */
async function arrive(mails: readonly Mail[], organisationId = contoso): Promise<void> {
  for (const mail of mails) {
    const message = ingested({
      organisationId,
      recipients: [],
      acceptedAt: AT + (mail.at ?? 0) * 60_000,
      messageId: `<${mail.id}@x>`,
      subject: mail.subject ?? 'Budget',
      ...(mail.answers === undefined ? {} : { inReplyTo: `<${mail.answers}@x>` }),
      references: (mail.references ?? []).map((id) => `<${id}@x>`),
      items: (mail.users ?? [MEGAN]).map((userId) => ({
        id: uuidAt(AT),
        userId,
        folder: mail.folder ?? 'inbox',
        isRead: mail.isRead ?? false,
        isFlagged: false,
        viaGroup: null,
      })),
    });
    await ingest(database, [message]);
    const { summary: links } = message.message;
    await database.acrossOrganisations(({ conversations }) =>
      conversations.join([{ organisationId, links }], AT),
    );
  }
}

const window = { since: AT - 30 * DAY, until: AT + DAY };

async function list(
  change: { readonly folder?: MailFolder; readonly limit?: number; readonly user?: string } = {},
) {
  const { folder = 'inbox', limit = 50, user = MEGAN } = change;
  const pages: string[][] = [];
  let before: { readonly receivedAt: number; readonly id: string } | null = {
    receivedAt: AT + DAY,
    id: FIRST_ID,
  };
  while (before !== null) {
    const from: { readonly receivedAt: number; readonly id: string } = before;
    const page = await database.withinOrganisation(contoso, ({ mailbox }) =>
      mailbox.conversations(user, folder, window, limit, from),
    );
    pages.push(
      page.items.map(
        ({ subject, conversation }) =>
          `${subject} ${conversation?.itemIds.length}/${conversation?.count}/${conversation?.unread}`,
      ),
    );
    before = page.next;
  }
  return pages;
}

/** Every order of a few. */
function ordersOf<T>(values: readonly T[]): readonly (readonly T[])[] {
  if (values.length <= 1) return [values];
  return values.flatMap((value, at) =>
    ordersOf(values.toSpliced(at, 1)).map((rest) => [value, ...rest]),
  );
}

describe('messages come together as one conversation', () => {
  it('in whatever order they arrive, when each names only what it answers', async () => {
    const chain = ['a', 'b', 'c', 'd'].map((id, at) => ({
      id,
      at,
      subject: at === 0 ? 'Budget' : 'Re: Budget',
      ...(at === 0 ? {} : { answers: 'abcd'.charAt(at - 1) }),
    }));
    for (const [number, order] of ordersOf(chain).entries()) {
      const renamed = order.map((mail) => ({
        ...mail,
        id: `${mail.id}${number}`,
        users: [uuidAt(AT + number)],
        ...('answers' in mail ? { answers: `${mail.answers}${number}` } : {}),
      }));
      const [user = ''] = renamed[0]?.users ?? [];
      await arrive(renamed.map((mail) => ({ ...mail, users: [user] })));
      expect(await list({ user })).toEqual([['Re: Budget 4/4/4']]);
    }
  });

  it('when a program has cut the root out of the references', async () => {
    await arrive([
      { id: 'a', at: 0 },
      { id: 'e', at: 4, references: ['b', 'c', 'd'], answers: 'd' },
      { id: 'c', at: 2, references: ['a', 'b'], answers: 'b' },
      { id: 'd', at: 3, references: ['b', 'c'], answers: 'c' },
      { id: 'b', at: 1, references: ['a'], answers: 'a' },
    ]);
    expect(await list()).toEqual([['Budget 5/5/5']]);
  });

  it('but not for a subject alone, and not across a change of it', async () => {
    await arrive([
      { id: 'a', at: 0, subject: 'Invoice' },
      { id: 'b', at: 1, subject: 'Invoice' },
      { id: 'c', at: 2, subject: 'Holidays', references: ['a'], answers: 'a' },
      { id: 'd', at: 3, subject: 'AW: Invoice', references: ['a'], answers: 'a' },
    ]);
    expect(await list()).toEqual([['AW: Invoice 2/2/2', 'Holidays 1/1/1', 'Invoice 1/1/1']]);
  });

  it('and never with mail of another organisation that names the same', async () => {
    const fabrikam = await makeOrganisation(database, 'fabrikam');
    await arrive([{ id: 'a', users: [MEGAN] }], fabrikam);
    await arrive([{ id: 'b', answers: 'a', subject: 'Re: Budget' }]);
    expect(await list()).toEqual([['Re: Budget 1/1/1']]);
  });
});

describe('a list of conversations', () => {
  it('has the newest of each in the folder, and counts what was answered and filed', async () => {
    await arrive([
      { id: 'a', at: 0, isRead: true },
      { id: 'b', at: 1, answers: 'a', folder: 'sent', isRead: true },
      { id: 'c', at: 2, answers: 'b' },
      { id: 'd', at: 3, answers: 'c', folder: 'deleted' },
      { id: 'e', at: 4, answers: 'c', users: [ALEX] },
    ]);
    expect(await list()).toEqual([['Budget 2/3/1']]);
    expect(await list({ folder: 'sent' })).toEqual([['Budget 1/3/1']]);
    expect(await list({ folder: 'deleted' })).toEqual([['Budget 1/4/2']]);
    expect(await list({ user: ALEX })).toEqual([['Budget 1/1/1']]);
  });

  it('goes on page by page, past one conversation that fills many', async () => {
    const long = Array.from({ length: 30 }, (_, at) => ({
      id: `m${at}`,
      at: 10 + at,
      subject: 'Long',
      ...(at === 0 ? {} : { answers: 'm0', references: ['m0'] }),
    }));
    await arrive([
      { id: 'x', subject: 'First', at: 1 },
      { id: 'y', subject: 'Second', at: 2 },
      ...long,
      { id: 'z', subject: 'Last', at: 100 },
    ]);
    const pages = await list({ limit: 1 });
    expect(pages.flat()).toEqual(['Last 1/1/1', 'Long 30/30/30', 'Second 1/1/1', 'First 1/1/1']);
  });

  it('opens as all of its messages, oldest first, without what was thrown away', async () => {
    await arrive([
      { id: 'a', at: 0, subject: 'One' },
      { id: 'b', at: 1, answers: 'a', subject: 'Re: One', folder: 'sent' },
      { id: 'c', at: 2, answers: 'a', subject: 'AW: One', folder: 'junk' },
    ]);
    const open = (folder: MailFolder) =>
      database.withinOrganisation(contoso, async ({ mailbox }) => {
        const before = { receivedAt: AT + DAY, id: FIRST_ID };
        const [item] = await mailbox.page(MEGAN, folder, window.since, 1, before);
        const all = await mailbox.conversation(MEGAN, item?.id ?? '', window);
        return all.map(({ subject }) => subject);
      });
    expect(await open('inbox')).toEqual(['One', 'Re: One']);
    expect(await open('junk')).toEqual(['One', 'Re: One', 'AW: One']);
    const stranger = await database.withinOrganisation(contoso, ({ mailbox }) =>
      mailbox.conversation(ALEX, uuidAt(AT), window),
    );
    expect(stranger).toEqual([]);
  });
});

it('a folder is marked as read as a whole, and undo finds what that marked and nothing else', async () => {
  await arrive([
    { id: 'a' },
    { id: 'b', isRead: true },
    { id: 'c', subject: 'Other' },
    { id: 'd', folder: 'junk' },
    { id: 'e', users: [ALEX] },
  ]);
  const unread = (user: string) =>
    database.withinOrganisation(contoso, async ({ mailbox }) => {
      const folders = await mailbox.folders(user, window.since, window.until, 100);
      return folders.map((each) => `${each.folder} ${each.unread}`);
    });
  const readAll = (at: number) =>
    database.withinOrganisation(contoso, ({ mailbox }) =>
      mailbox.readAll(MEGAN, 'inbox', window, at),
    );
  expect(await unread(MEGAN)).toEqual(['inbox 2', 'junk 1']);
  expect(await readAll(AT + 1)).toBe(2);
  expect(await readAll(AT + 2)).toBe(0);
  expect(await unread(MEGAN)).toEqual(['inbox 0', 'junk 1']);
  expect(await unread(ALEX)).toEqual(['inbox 1']);

  await arrive([{ id: 'f', isRead: true }]);
  const undone = await database.withinOrganisation(contoso, ({ mailbox }) =>
    mailbox.undoReadAll(MEGAN, 'inbox', AT + 1, AT + 3),
  );
  expect(undone).toBe(2);
  expect(await unread(MEGAN)).toEqual(['inbox 2', 'junk 1']);
});
