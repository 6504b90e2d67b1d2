import type { CopiedMessage, Database, OrganisationRepositories } from '@holdfast/application';
import { DAY, type MailFolder } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { AT, fill, ingest, ingested, makeOrganisation, tenantObject } from '../testing/records.ts';
import { uuidAt } from '../uuid.ts';

const MESSAGE_ID = '<offer@shop.example>';
/** What Office 365 has of a message that passed through us. */
const GATEWAYS = { externalId: 'other', messageId: MESSAGE_ID, recordId: null, receivedAt: AT };

let opened: OpenTestDatabase;
let database: Database;
let contoso: string;
let megan: string;

beforeEach(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  contoso = await makeOrganisation(database, 'contoso');
  const [id] = await fill(database, contoso, { objects: [tenantObject('megan@contoso.example')] });
  megan = id ?? '';
  await database.withinOrganisation(contoso, ({ directory }) =>
    directory.setProtection([megan], true, AT),
  );
});
afterEach(() => opened.close());

const view = (folder: MailFolder, isRead = false) => ({
  id: uuidAt(AT),
  userId: megan,
  folder,
  isRead,
  isFlagged: false,
  viaGroup: null,
});
const gateway = (folder: MailFolder = 'inbox') =>
  ingested({
    organisationId: contoso,
    recipients: ['megan@contoso.example'],
    messageId: MESSAGE_ID,
    items: [view(folder)],
  });
const copy = (folder: MailFolder = 'archive', messageId: string | undefined = MESSAGE_ID) =>
  ingested({
    organisationId: contoso,
    recipients: [],
    origin: 'mailbox',
    acceptedAt: AT - 2 * DAY,
    ...(messageId === undefined ? {} : { messageId }),
    items: [view(folder, true)],
  });
type Copy = ReturnType<typeof copy>;
const known = ({ message }: Copy): CopiedMessage => ({
  externalId: `external-${message.id}`,
  folderId: 'folder',
  messageId: message.summary.messageId,
  receivedAt: message.acceptedAt,
  recordId: message.id,
});
const remember = (...copies: readonly Copy[]) =>
  database.withinOrganisation(contoso, ({ copies: repository }) =>
    repository.remember(megan, copies.map(known), { messages: copies.length, bytes: 10 }, AT),
  );
async function shown(): Promise<readonly string[]> {
  const folders: readonly MailFolder[] = ['inbox', 'sent', 'archive', 'deleted', 'junk'];
  const found: string[] = [];
  for (const folder of folders) {
    const items = await database.withinOrganisation(contoso, ({ mailbox }) =>
      mailbox.page(megan, folder, 0, 10, null),
    );
    found.push(...items.map(({ isRead }) => `${folder} ${isRead ? 'read' : 'unread'}`));
  }
  return found;
}

describe('a message that came both ways', () => {
  it('is shown once when the gateway was first', async () => {
    await ingest(database, [gateway()]);
    const late = copy();
    await remember(late);
    await ingest(database, [late]);

    expect(await shown()).toEqual(['inbox unread']);
  });

  it('is shown once when Office 365 was first, where and how it lay there', async () => {
    const early = copy();
    await remember(early);
    await ingest(database, [early]);
    expect(await shown()).toEqual(['archive read']);
    await ingest(database, [gateway()]);

    expect(await shown()).toEqual(['archive read']);
    const found = await database.withinOrganisation(contoso, ({ messages }) =>
      messages.findErasable(MESSAGE_ID),
    );
    expect(found.map(({ acceptedAt }) => acceptedAt)).toEqual([AT]);
  });

  it('is shown once when both are in one batch, whichever stands first', async () => {
    const both = copy();
    await remember(both);
    await ingest(database, [both, gateway()]);

    expect(await shown()).toEqual(['inbox unread']);
  });

  it('is shown once when Office 365 has two of it', async () => {
    const [first, second] = [copy('inbox'), copy('archive')];
    await remember(first, second);
    await ingest(database, [first, second]);

    expect(await shown()).toEqual(['inbox read']);
  });

  it('is in Sent and in the Inbox when it was sent to oneself', async () => {
    const own = copy('sent');
    await remember(own);
    await ingest(database, [own, gateway('inbox')]);
    expect(await shown()).toEqual(['inbox unread', 'sent read']);
    await ingest(database, [copy('sent')]);

    expect(await shown()).toEqual(['inbox unread', 'sent read']);
  });

  it('without a Message-ID is shown as often as there are copies of it', async () => {
    const anonymous = { ...copy(), message: { ...copy().message } };
    const bare = {
      ...anonymous,
      message: { ...anonymous.message, summary: { ...anonymous.message.summary, messageId: null } },
    };
    await remember(bare);
    await ingest(database, [bare, gateway()]);

    expect(await shown()).toEqual(['inbox unread', 'archive read']);
  });
});

describe('the ledger', () => {
  it('counts no copy, on neither side', async () => {
    const before = await database.acrossOrganisations(({ ledger }) => ledger.counts(contoso));
    const one = copy();
    await remember(one);
    await ingest(database, [one]);

    expect(await database.acrossOrganisations(({ ledger }) => ledger.counts(contoso))).toEqual(
      before,
    );
    const due = await database.acrossOrganisations(({ deliveries }) => deliveries.days());
    expect(due).toEqual([]);
  });
});

describe('what happens in Office 365 afterwards', () => {
  const within = <T>(work: (repositories: OrganisationRepositories) => Promise<T>): Promise<T> =>
    database.withinOrganisation(contoso, work);

  it('is followed, for copies and for what passed through us', async () => {
    const one = copy('inbox', '<one@x>');
    await remember(one);
    await ingest(database, [one, gateway()]);
    const original = { ...known(one), ...GATEWAYS };
    const place = { folder: 'deleted', ownFolder: null, isRead: true, isFlagged: true } as const;
    await within(({ copies }) =>
      copies.follow(
        megan,
        [
          { item: known(one), ...place },
          { item: original, ...place },
        ],
        AT,
      ),
    );

    expect(await shown()).toEqual(['deleted read', 'deleted read']);
  });

  it('does not undo what its reader did here', async () => {
    const one = copy('inbox');
    await remember(one);
    await ingest(database, [one]);
    const [item] = await within(({ mailbox }) => mailbox.page(megan, 'inbox', 0, 10, null));
    await within(({ mailbox }) => mailbox.move(megan, [item?.id ?? ''], 'deleted', AT));
    await within(({ copies }) =>
      copies.follow(
        megan,
        [{ item: known(one), folder: 'inbox', ownFolder: null, isRead: false, isFlagged: false }],
        AT,
      ),
    );

    expect(await shown()).toEqual(['deleted read']);
  });

  it('takes a copy away whose original was purged, and only puts our own into Deleted', async () => {
    const one = copy('inbox', '<one@x>');
    await remember(one);
    await ingest(database, [one, gateway()]);
    const original = { ...known(one), ...GATEWAYS };
    await within(({ copies }) => copies.remember(megan, [original], { messages: 0, bytes: 0 }, AT));
    await within(({ copies }) =>
      copies.lose(megan, 'folder', [known(one).externalId, 'other'], AT),
    );

    expect(await within(({ copies }) => copies.buryLost(megan, 10, AT))).toBe(2);
    expect(await shown()).toEqual(['deleted unread']);
  });

  it('believes no mailbox that seems to have lost nearly everything', async () => {
    const many = Array.from({ length: 4 }, (_, number) => copy('inbox', `<${number}@x>`));
    await remember(...many);
    await ingest(database, many);
    await within(({ copies }) =>
      copies.lose(
        megan,
        'folder',
        many.slice(1).map((one) => known(one).externalId),
        AT,
      ),
    );

    expect(await within(({ copies }) => copies.buryLost(megan, 2, AT))).toBeNull();
    expect(await shown()).toHaveLength(4);
  });

  it('does not take for lost what appears in another folder', async () => {
    const one = copy('inbox');
    await remember(one);
    await ingest(database, [one]);
    await within(({ copies }) => copies.lose(megan, 'folder', [known(one).externalId], AT));
    await within(({ copies }) =>
      copies.remember(megan, [{ ...known(one), folderId: 'other' }], { messages: 0, bytes: 0 }, AT),
    );

    expect(await within(({ copies }) => copies.buryLost(megan, 10, AT))).toBe(0);
    expect(await shown()).toEqual(['inbox read']);
  });
});

describe('whose turn it is', () => {
  it('never copied ones first, then the longest waiting, and nobody twice', async () => {
    const claim = (now: number) =>
      database.withinOrganisation(contoso, ({ copies }) => copies.claim(now, now + 1000, 5));
    const [due] = await claim(AT);
    expect(due).toMatchObject({ userId: megan, address: 'megan@contoso.example' });
    expect(await claim(AT)).toEqual([]);
    expect(await claim(AT + 1000)).toHaveLength(1);
  });

  it('leaves nothing behind of who is not protected any more', async () => {
    await database.withinOrganisation(contoso, ({ copies }) => copies.claim(AT, AT, 5));
    const one = copy('inbox');
    await remember(one);
    await ingest(database, [one]);
    await database.withinOrganisation(contoso, ({ directory }) =>
      directory.setProtection([megan], false, AT),
    );
    const gone = await database.withinOrganisation(contoso, ({ copies }) =>
      copies.forgetUnprotected(),
    );

    expect(gone).toBe(1);
    expect(await shown()).toEqual([]);
  });
});
