import {
  createMailboxCopying,
  eraseMessage,
  indexMessages,
  listMailbox,
  listOwnFolders,
  moveItems,
  readCopyProgress,
  readLedger,
  readMeetings,
  readMessage,
  searchMailbox,
  searchPeople,
  settleEvent,
  type MailboxCopying,
  type MailboxReading,
  type Meeting,
  type UserActor,
} from '@holdfast/application';
import {
  DAY,
  DEFAULT_COPY_POLICY,
  FOLLOWED_EVERY,
  HOUR,
  initialHealth,
  MINUTE,
  type CopyPolicy,
  type MailFolder,
} from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMailWorld, type MailWorld } from './testing/mail-world.ts';
import { START } from './testing/world.ts';

const MAILBOX = 'ext-ada';

let world: MailWorld;
let ada: UserActor;
beforeEach(async () => {
  world = await createMailWorld();
  ada = await world.user('ada');
  await world.relay();
  world.handed.length = 0;
});
afterEach(() => world.close());

const copying = (policy: Partial<CopyPolicy> = {}): MailboxCopying =>
  createMailboxCopying(world.ports, { ...DEFAULT_COPY_POLICY, ...policy });

/** Turns until nobody is due. */
async function copyAll(policy: Partial<CopyPolicy> = {}): Promise<number> {
  const running = copying(policy);
  let messages = 0;
  for (;;) {
    const done = await running.round(world.contoso.id);
    messages += done.messages;
    await world.ingest();
    world.advance(1);
    if (done.mailboxes === 0 || (done.messages === 0 && world.mailboxes.failure !== null)) break;
  }
  return messages;
}
async function later(policy: Partial<CopyPolicy> = {}): Promise<number> {
  world.advance(FOLLOWED_EVERY);
  return copyAll(policy);
}
const put = (subject: string, change: Parameters<MailWorld['mailboxes']['put']>[1] | object = {}) =>
  world.mailboxes.put(MAILBOX, { subject, receivedAt: START - DAY, ...change });
const startEvent = () =>
  world.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'a test' });
async function shown(folder: MailFolder, actor = ada): Promise<readonly string[]> {
  const items = await world.ports.database.withinOrganisation(world.contoso.id, ({ mailbox }) =>
    mailbox.page(actor.userId, folder, 0, 50, null),
  );
  return items
    .filter((item) => !item.from?.address.startsWith('no-reply@'))
    .map(({ subject, isRead }) => `${subject}${isRead ? '' : ' *'}`);
}
const state = () =>
  world.ports.database.withinOrganisation(world.contoso.id, ({ copies }) =>
    copies.stateOf(ada.userId),
  );

describe('a mailbox is copied', () => {
  test('with its folders, read states and what was sent, back to thirty days', async () => {
    put('New offer');
    put('Old offer', { isRead: true, receivedAt: START - 20 * DAY });
    put('Too old', { receivedAt: START - 31 * DAY });
    put('My answer', { folder: 'sentitems', isRead: true });
    put('Filed', { folder: 'archive', isRead: true });
    put('Binned', { folder: 'deleteditems' });
    put('Begun', { folder: 'drafts' });
    expect(await copyAll()).toBe(5);

    expect(await shown('inbox')).toEqual(['New offer *', 'Old offer']);
    expect(await shown('sent')).toEqual(['My answer']);
    expect(await shown('archive')).toEqual(['Filed']);
    expect(await shown('deleted')).toEqual(['Binned *']);
    expect(await state()).toMatchObject({ state: 'current', completedAt: expect.any(Number) });
  });

  test('is read, searched and erased like any other, once an event opens it', async () => {
    put('Quarterly figures');
    await copyAll();
    while ((await indexMessages(world.ports)).records > 0);
    await startEvent();
    const { items } = await searchMailbox(world.ports, ada, {
      query: 'figures',
      zone: 'UTC',
      limit: 10,
      before: null,
    });
    expect(items.map(({ subject }) => subject)).toEqual(['Quarterly figures']);
    const opened = await readMessage(world.ports, ada, { itemId: items[0]?.id ?? '' });
    expect(opened.message.text).toContain('The words of Quarterly figures.');
    const found = await world.ports.database.withinOrganisation(world.contoso.id, ({ messages }) =>
      messages.findErasable('<Quarterly-figures@office.example>'),
    );
    expect(found).toHaveLength(1);
  });

  test('with the names of folders of one’s own, which are listed, found and left in', async () => {
    const id = put('Before it was filed');
    await copyAll();
    world.mailboxes.ownFolders = ['Projects'];
    put('Plan', { folder: 'Projects' });
    world.mailboxes.change(MAILBOX, id, { folder: 'Projects' });
    await later();
    while ((await indexMessages(world.ports)).records > 0);
    await startEvent();
    const listed = async () =>
      (await listOwnFolders(world.ports, ada)).map((each) => `${each.name} ${each.unread}`);
    const found = async (query: string) => {
      const page = { query, zone: 'UTC', limit: 10, before: null };
      const { items } = await searchMailbox(world.ports, ada, page);
      return items.map(({ subject, ownFolder }) => `${subject}: ${ownFolder}`).toSorted();
    };
    expect(await listed()).toEqual(['Projects 2']);
    const both = ['Before it was filed: Projects', 'Plan: Projects'];
    expect(await found('in:projects')).toEqual(both);
    expect(await found('in:"Projects" plan')).toEqual(['Plan: Projects']);
    expect(await found('in:projects in:sent')).toEqual(both);
    const [first] = (
      await searchMailbox(world.ports, ada, {
        query: 'in:projects plan',
        zone: 'UTC',
        limit: 1,
        before: null,
      })
    ).items;

    const itemIds = [first?.id ?? ''];
    await moveItems(world.ports, ada, { itemIds, folder: 'deleted' });
    expect(await listed()).toEqual(['Projects 1']);
    expect(await found('in:deleted plan')).toEqual(['Plan: null']);
    // Taken back, it was never moved: after the event it stays where it is in Outlook.
    await moveItems(world.ports, ada, { itemIds, folder: 'archive' });
    expect(await listed()).toEqual(['Projects 2']);
    const left = await world.ports.database.withinOrganisation(world.contoso.id, ({ putBack }) =>
      putBack.touchedItem(first?.id ?? ''),
    );
    expect(left).toMatchObject({ folder: 'archive', movedAt: null });
  });

  test('is in no ledger, no queue and no host’s hands', async () => {
    const ledger = () => readLedger(world.ports, world.contoso.id);
    const before = await ledger();
    put('One');
    put('Two', { folder: 'sentitems' });
    await copyAll();
    await world.relay();
    expect(await ledger()).toEqual(before);
    expect(world.handed).toEqual([]);
  });

  test('in turns: nobody waits until a large mailbox is through', async () => {
    for (let number = 0; number < 450; number += 1) put(`Message ${number}`);
    world.mailboxes.put('ext-ben', { subject: 'For Ben', receivedAt: START - DAY });
    world.mailboxes.pageSize = 100;
    const running = copying({ mailboxes: 1 });
    const ben = await world.user('ben');
    for (let turn = 0; turn < 2; turn += 1) {
      await running.round(world.contoso.id);
      world.advance(1000);
    }
    await world.ingest();
    expect(await shown('inbox', ben)).toEqual(['For Ben *']);
    expect(await copyAll()).toBeGreaterThan(0);
    expect(world.mailboxes.read).toHaveLength(451);
  });

  test('whole, where a folder holds more than a filtered delta gives', async () => {
    for (let number = 0; number < 25; number += 1)
      put(`Message ${number}`, { receivedAt: START - number * MINUTE });
    world.mailboxes.mostInRound = 10;
    const policy = { mostInRound: 10 };
    expect(await copyAll(policy)).toBe(25);

    expect(await shown('inbox')).toHaveLength(25);
    expect(await state()).toMatchObject({ state: 'current', completedAt: expect.any(Number) });
    // Microsoft forgets: what a round without a link leaves out is listed again, and is not taken for gone.
    world.mailboxes.forgetLinks();
    expect(await later(policy)).toBe(0);
    const removed = world.mailboxes.items(MAILBOX).at(-1)?.externalId ?? '';
    world.mailboxes.forgetLinks();
    world.mailboxes.purge(MAILBOX, removed);
    expect(await later(policy)).toBe(0);
    expect(await shown('inbox')).toHaveLength(24);
  });

  test('whole only when the list is at its end, over as many turns as that takes', async () => {
    for (let number = 0; number < 30; number += 1)
      put(`Message ${number}`, { receivedAt: START - number * MINUTE });
    world.mailboxes.mostInRound = 10;
    let left = 4;
    world.mailboxes.failure = (call) => {
      if (call !== 'received') return null;
      left -= 1;
      return left < 0 ? { code: 'unavailable', detail: 'busy', retryAfter: 1000 } : null;
    };
    await copyAll({ mostInRound: 10 });
    expect(await state()).toMatchObject({ state: 'copying', completedAt: null });
    expect((await shown('inbox')).length).toBeLessThan(30);
    world.mailboxes.failure = null;
    await later({ mostInRound: 10 });
    expect(await shown('inbox')).toHaveLength(30);
    expect(await state()).toMatchObject({ state: 'current' });
  });

  test('without the test messages of a cut-over', async () => {
    const mailbox = 'ada@contoso.example';
    await world.contoso.console.cutOver.start({ name: 'contoso.example' });
    await world.contoso.console.cutOver.sendCanary({ name: 'contoso.example', mailbox });
    const probe = await world.ports.database.withinOrganisation(
      world.contoso.id,
      async ({ cutOvers }) => {
        const sent = await cutOvers.latestProbe('contoso.example');
        if (sent === null) throw new Error('no test message was asked for');
        await cutOvers.saveProbe({ ...sent, state: 'relayed', acceptedAt: START });
        return sent;
      },
    );
    put('A test message of ours', { messageId: probe.messageId });
    put('Mail');
    expect(await copyAll()).toBe(1);

    expect(await shown('inbox')).toEqual(['Mail *']);
  });

  test('without what is too large, which is not asked for again', async () => {
    put('Small');
    put(`Large ${'x'.repeat(400)}`);
    expect(await copyAll({ largestMessage: 300 })).toBe(1);
    expect(await later({ largestMessage: 300 })).toBe(0);
    const reading = await readCopyProgress(world.ports, world.contoso.actor);
    expect(reading).toMatchObject({
      isPermitted: true,
      progress: { users: 2, current: 2, messages: 1 },
    });
  });

  test('until the bytes of a day are spent, and goes on the next day', async () => {
    for (let number = 0; number < 12; number += 1) put(`Message ${number}`);
    const first = await copyAll({ bytesPerDay: 1000 });
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(12);
    expect(await later({ bytesPerDay: 1000 })).toBe(0);
    world.advance(DAY);
    expect(first + (await copyAll({ bytesPerDay: 10_000 }))).toBe(12);
  });
});

describe('the calendar', () => {
  const meeting = (subject: string, start: number): Meeting => ({
    id: subject,
    subject,
    start,
    end: start + HOUR,
    isAllDay: false,
    isCancelled: false,
    location: 'Room 1',
    joinUrl: 'https://teams.example/join',
    organizer: null,
    isPrivate: false,
    notes: '',
  });

  test('is kept sealed, read once a day, and shows what is not over', async () => {
    world.mailboxes.meetings = [meeting('Past', START - DAY), meeting('Review', START + DAY)];
    await copyAll();
    await startEvent();
    const reading = await readMeetings(world.ports, ada);
    expect(reading.meetings.map(({ subject }) => subject)).toEqual(['Review']);
    expect(reading.asOf).toBeGreaterThanOrEqual(START);
    const kept = await world.ports.database.withinOrganisation(world.contoso.id, ({ copies }) =>
      copies.calendar(ada.userId),
    );
    expect(kept?.sealed).not.toContain('Review');
    await expect(
      Promise.resolve().then(() => world.ports.secrets.open(kept?.sealed ?? '', 'calendar:other')),
    ).rejects.toThrow();
  });

  test('is absent where it may not be read, and the mail is there all the same', async () => {
    world.mailboxes.failure = (call) =>
      call === 'meetings' ? { code: 'forbidden', detail: 'no', retryAfter: null } : null;
    put('Mail');
    await copying().round(world.contoso.id);
    await world.ingest();
    await startEvent();
    expect(await readMeetings(world.ports, ada)).toEqual({ asOf: null, meetings: [] });
    expect(await shown('inbox')).toEqual(['Mail *']);
  });
});

describe('contacts', () => {
  test('of one’s own are found behind those of the directory, and nobody else finds them', async () => {
    world.mailboxes.contacts = [
      { name: 'Zoë Plumber', addresses: ['zoe@plumber.example', 'office@plumber.example'] },
      { name: 'Ben', addresses: ['ben@contoso.example'] },
    ];
    world.mailboxes.failure = (call, mailbox) =>
      call === 'contacts' && mailbox !== MAILBOX
        ? { code: 'forbidden', detail: 'no', retryAfter: null }
        : null;
    await copying().round(world.contoso.id);
    await startEvent();
    const find = (actor: UserActor, query: string) =>
      searchPeople(world.ports, actor, { query, limit: 10 });
    expect(await find(ada, 'plumb')).toEqual([
      { name: 'Zoë Plumber', address: 'zoe@plumber.example' },
      { name: 'Zoë Plumber', address: 'office@plumber.example' },
    ]);
    expect(await find(ada, 'ben@')).toHaveLength(1);
    expect(await find(await world.user('ben'), 'plumb')).toEqual([]);
  });
});

describe('what happens in Outlook afterwards', () => {
  test('is followed: reading, flags, moves, deletions', async () => {
    const [read, moved, purged] = [put('Read'), put('Moved'), put('Purged')];
    await copyAll();
    world.mailboxes.change(MAILBOX, read, { isRead: true, isFlagged: true });
    world.mailboxes.change(MAILBOX, moved, { folder: 'archive' });
    world.mailboxes.purge(MAILBOX, purged);
    expect(await later()).toBe(0);

    expect(await shown('inbox')).toEqual(['Read']);
    expect(await shown('archive')).toEqual(['Moved *']);
    expect(await shown('deleted')).toEqual([]);
  });

  test('is found out after Microsoft has forgotten our link, without copying anything twice', async () => {
    const gone = put('Gone meanwhile');
    put('Stays');
    await copyAll();
    world.mailboxes.purge(MAILBOX, gone);
    world.mailboxes.forgetLinks();
    put('Came meanwhile');
    expect(await later()).toBe(1);

    expect([...(await shown('inbox'))].toSorted()).toEqual(['Came meanwhile *', 'Stays *']);
    expect(new Set(world.mailboxes.read).size).toBe(world.mailboxes.read.length);
  });

  test('is not made undone what was erased on request', async () => {
    const messageId = '<Secret@office.example>';
    put('Secret');
    await copyAll();
    await eraseMessage(
      { ...world.ports, erasure: { erase: async () => undefined } },
      world.contoso.actor,
      { messageId, reason: 'asked for' },
    );
    world.mailboxes.forgetLinks();
    put('Secret', { folder: 'archive' });
    expect(await later()).toBe(0);
    expect([...(await shown('inbox')), ...(await shown('archive'))]).toEqual([]);
  });
});

describe('what stands in the way', () => {
  const refuse = (code: 'forbidden' | 'throttled' | 'unavailable' | 'not-found', call = '') => {
    world.mailboxes.failure = (asked, mailbox) =>
      mailbox === MAILBOX && asked.includes(call)
        ? { code, detail: 'Access to OData is disabled.', retryAfter: 90_000 }
        : null;
  };

  test('is said: a mailbox that may not be read, while others are', async () => {
    refuse('forbidden');
    world.mailboxes.put('ext-ben', { subject: 'For Ben', receivedAt: START - DAY });
    await copyAll();
    const { progress } = await readCopyProgress(world.ports, world.contoso.actor);
    expect(progress).toMatchObject({
      current: 1,
      forbidden: 1,
      refusal: 'Access to OData is disabled.',
    });
    world.mailboxes.failure = null;
    put('Now');
    world.advance(2 * HOUR);
    expect(await copyAll()).toBe(1);
  });

  test('a busy service is left alone for as long as it asks for, and nothing is lost', async () => {
    for (let number = 0; number < 5; number += 1) put(`Message ${number}`);
    let calls = 0;
    world.mailboxes.failure = (call, mailbox) =>
      call === 'content' && mailbox === MAILBOX && (calls += 1) > 2
        ? { code: 'throttled', detail: 'slow', retryAfter: 90_000 }
        : null;
    await copying().round(world.contoso.id);
    world.mailboxes.failure = null;
    expect(await copyAll()).toBe(0);
    world.advance(90_000);
    await copyAll();
    expect(await shown('inbox')).toHaveLength(5);
    expect(world.mailboxes.read).toHaveLength(5);
  });

  test('a mailbox that is gone is not asked for again at once', async () => {
    refuse('not-found', 'folders');
    await copyAll();
    expect(await state()).toMatchObject({ state: 'gone' });
  });

  test('what nobody means to permit is not asked for', async () => {
    await world.ports.database.withinOrganisation(world.contoso.id, async ({ connection }) => {
      const known = await connection.get();
      if (known !== null) await connection.save({ ...known, tiers: ['read'] });
    });
    put('Private');
    expect(await copyAll()).toBe(0);
    expect(await state()).toBeNull();
    expect(await readCopyProgress(world.ports, world.contoso.actor)).toMatchObject({
      isPermitted: false,
    });
  });

  test('during an event nothing is copied, and what people did here outlives what Office 365 says', async () => {
    const itemId = put('Important');
    await copyAll();
    await startEvent();
    const { items } = await listMailbox(world.ports, ada, {
      folder: 'inbox',
      limit: 10,
      before: null,
    });
    const important = items.find(({ subject }) => subject === 'Important');
    await readMessage(world.ports, ada, { itemId: important?.id ?? '' });
    put('During the event');
    expect(await later()).toBe(0);
    expect(await shown('inbox')).toContain('Important');
    world.mailboxes.change(MAILBOX, itemId, { isFlagged: true });
    expect(await shown('inbox')).not.toContain('During the event *');
  });

  test('an event that begins in the midst of a turn ends it, and copying goes on where it was afterwards', async () => {
    for (let number = 0; number < 12; number += 1) put(`Message ${number}`);
    const { mailboxReading } = world.ports;
    let read = 0;
    const interrupted: MailboxReading = {
      ...mailboxReading,
      content: async (...call) => {
        read += 1;
        if (read === 2) await startEvent();
        return mailboxReading.content(...call);
      },
    };
    const running = createMailboxCopying(
      { ...world.ports, mailboxReading: interrupted },
      DEFAULT_COPY_POLICY,
    );
    const { messages } = await running.round(world.contoso.id);
    await world.ingest();
    expect(messages).toBe(world.mailboxes.pageSize);
    expect(await state()).toMatchObject({ state: 'copying', completedAt: null });

    await world.contoso.console.event.end({ typed: 'end anyway' });
    await settleEvent(world.ports, world.contoso.id);
    world.advance(HOUR);
    expect(await copyAll()).toBe(12 - messages);
    expect(new Set(world.mailboxes.read).size).toBe(12);
  });

  test('while Office 365 is suspect nothing is believed of it', async () => {
    const gone = put('Gone?');
    await copyAll();
    await world.ports.database.withinOrganisation(world.contoso.id, ({ health }) =>
      health.save({ ...initialHealth(START), state: 'suspect' }, true),
    );
    world.mailboxes.purge(MAILBOX, gone);
    await later();
    expect(await shown('inbox')).toEqual(['Gone? *']);
  });
});
