import {
  exportSent,
  listMailbox,
  readMessage,
  readPortalState,
  moveItems,
  registerJobs,
  retryPutBack,
  sendMessage,
  settleEvent,
  TenantError,
  type JobRunner,
  type Ports,
  type SentItem,
  type TenantFailure,
  type UserActor,
} from '@holdfast/application';
import { HOUR, MINUTE, SECOND } from '@holdfast/domain';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMailWorld, type MailWorld } from './testing/mail-world.ts';

const MAILBOX = 'ada@contoso.example';

let world: MailWorld;
let ports: Ports;
let ada: UserActor;
let ben: UserActor;
let sentBack: SentItem[];
let refusal: TenantFailure | null;
beforeEach(async () => {
  world = await createMailWorld();
  ada = await world.user('ada');
  ben = await world.user('ben');
  sentBack = [];
  refusal = null;
  ports = {
    ...world.ports,
    tenantMailbox: {
      ...world.ports.tenantMailbox,
      putSentItem: async (_credentials, _mailbox, item) => {
        if (refusal !== null) throw new TenantError(refusal);
        sentBack.push(item);
        return { created: true };
      },
    },
  };
  await world.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'a test' });
  await world.relay();
});
afterEach(() => world.close());

/** Ben writes to Ada in his emergency mailbox, and Office 365 gets it when it is back. */
async function mail(subject: string, arrives = true): Promise<string> {
  const { messageId } = await sendMessage(world.ports, ben, {
    key: randomUUID(),
    to: [MAILBOX],
    cc: [],
    subject,
    text: 'Hello',
    about: null,
    uploadIds: [],
  });
  world.advance(30 * SECOND);
  await world.relay();
  if (arrives) arrive(messageId);
  return messageId;
}
function arrive(messageId: string): string {
  const at = world.ports.clock.now();
  return world.mailboxes.put(MAILBOX, { subject: messageId, receivedAt: at, messageId });
}
async function itemOf(subject: string): Promise<string> {
  const { items } = await listMailbox(world.ports, ada, {
    folder: 'inbox',
    limit: 50,
    before: null,
  });
  return items.find((item) => item.subject === subject)?.id ?? 'none';
}
const open = async (subject: string) =>
  readMessage(world.ports, ada, { itemId: await itemOf(subject) });

const done = new Set<string>();
/** What is due of the jobs that put back, each once. */
async function runPutBack(): Promise<number> {
  const handlers = new Map<string, (job: { id: string; payload: unknown }) => Promise<void>>();
  const runner: JobRunner = {
    work: async (name, handler) => {
      handlers.set(name, (job) => handler(job as Parameters<typeof handler>[0]));
    },
    stop: async () => undefined,
  };
  await registerJobs(ports, runner);
  let ran = 0;
  for (const job of world.jobs.slice()) {
    const isDue = (job.startAfter ?? 0) <= world.ports.clock.now();
    const puts = ['event.put-back-item', 'event.carry-back'].includes(job.name);
    if (!puts || !isDue || done.has(job.id)) continue;
    done.add(job.id);
    await handlers.get(job.name)?.({ id: job.id, payload: job.payload });
    ran += 1;
  }
  return ran;
}
async function end(): Promise<void> {
  await world.contoso.console.event.end({ typed: 'end anyway' });
  await settleEvent(ports, world.contoso.id);
}
async function text(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString();
}
/** Rounds of the event's timer, a minute apart. */
async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await runPutBack();
    world.advance(MINUTE);
    await settleEvent(ports, world.contoso.id);
  }
}
const view = async () => (await world.contoso.console.event.state()).current;
const there = () =>
  world.mailboxes
    .items(MAILBOX)
    .map(({ folder, isRead, isFlagged }) => ({ folder, isRead, isFlagged }));

describe('what was done with received mail', () => {
  test('is done in Office 365 after the event: read, flagged, deleted', async () => {
    await mail('Read me');
    await mail('Flag me');
    await mail('Delete me');
    await mail('Left alone');
    await open('Read me');
    const flagged = await itemOf('Flag me');
    await world.ports.database.withinOrganisation(world.contoso.id, ({ mailbox }) =>
      mailbox.setFlagged(ada.userId, [flagged], true, world.ports.clock.now()),
    );
    await moveItems(world.ports, ada, { itemIds: [await itemOf('Delete me')], folder: 'deleted' });
    await end();
    await pass(2);

    expect(there()).toEqual([
      { folder: 'inbox', isRead: true, isFlagged: false },
      { folder: 'inbox', isRead: false, isFlagged: true },
      { folder: 'deleteditems', isRead: false, isFlagged: false },
      { folder: 'inbox', isRead: false, isFlagged: false },
    ]);
    const event = await view();
    expect(event?.carriedBack).toMatchObject({ all: 3, done: 3, waiting: 0 });
    expect(event?.settledAt).not.toBeNull();
  });

  test('is done once, however often it is asked for', async () => {
    await mail('Read me');
    await open('Read me');
    await end();
    await pass(1);
    const changedAt = world.mailboxes.items(MAILBOX)[0]?.changedAt;
    done.clear();
    await pass(1);
    expect(world.mailboxes.items(MAILBOX)[0]?.changedAt).toBe(changedAt);
    expect((await view())?.carriedBack).toMatchObject({ all: 1, done: 1 });
  });

  test('gives way to what was changed in Outlook later', async () => {
    const messageId = await mail('Both', false);
    const externalId = arrive(messageId);
    await open('Both');
    world.advance(HOUR);
    world.mailboxes.change(MAILBOX, externalId, { isFlagged: true });
    await end();
    await pass(1);
    expect(there()).toEqual([{ folder: 'inbox', isRead: false, isFlagged: true }]);
    expect((await view())?.carriedBack).toMatchObject({ all: 1, done: 0, theirs: 1 });
  });

  test('is looked for again while the index may be late: after 30 s, 2 min and 10 min', async () => {
    const messageId = await mail('Late', false);
    await open('Late');
    await end();
    await pass(4);
    expect((await view())?.settledAt).toBeNull();
    arrive(messageId);
    await pass(12);
    expect(there()).toMatchObject([{ isRead: true }]);
    expect((await view())?.settledAt).not.toBeNull();
  });

  test('is not looked for while it is still on its way', async () => {
    world.refused.add(MAILBOX);
    await mail('Held', false);
    await open('Held');
    await end();
    await pass(2);
    expect(world.jobs.filter(({ name }) => name === 'event.carry-back')).toEqual([]);
  });

  test('is named when its message is nowhere, and does not keep the event from settling', async () => {
    await mail('Nowhere', false);
    await open('Nowhere');
    await end();
    await pass(16);
    const event = await view();
    expect(event?.carriedBack).toMatchObject({ all: 1, done: 0, notFound: 1 });
    expect(event?.leftOver).toMatchObject([
      { address: MAILBOX, subject: 'Nowhere', kind: 'state', outcome: 'not-found' },
    ]);
    expect(event?.settledAt).not.toBeNull();
  });

  test('is said to have no mailbox where that is gone', async () => {
    await mail('Gone');
    await open('Gone');
    world.mailboxes.failure = () => ({
      code: 'not-found',
      detail: 'MailboxNotEnabledForRESTAPI',
      retryAfter: null,
    });
    await end();
    await pass(2);
    expect((await view())?.leftOver).toMatchObject([{ outcome: 'no-mailbox' }]);
  });
});

describe('what was written', () => {
  const write = (html: string | null = null, bcc: readonly string[] = []) =>
    sendMessage(world.ports, ada, {
      key: randomUUID(),
      to: ['lee@fabrikam.example'],
      cc: [],
      bcc,
      subject: 'Figures',
      text: 'Hello Lee\n\nFrom the lakes\n',
      html,
      about: null,
      uploadIds: [],
    });

  test('goes back with its formatting', async () => {
    await write('<div>Hello <b>Lee</b></div>');
    world.advance(30 * SECOND);
    await world.relay();
    await end();
    await pass(1);
    expect(sentBack).toMatchObject([{ html: '<div>Hello <b>Lee</b></div>' }]);
  });

  test('goes back with those in Bcc, whom no field of it named; its file has them as well', async () => {
    await write(null, ['boss@fabrikam.example', 'jürgen@fabrikam.example', 'ben@contoso.example']);
    world.advance(30 * SECOND);
    await world.relay();
    await end();
    await pass(1);
    const hidden = ['ben@contoso.example', 'boss@fabrikam.example', 'jürgen@fabrikam.example'];
    expect(sentBack[0]?.to).toMatchObject([{ address: 'lee@fabrikam.example' }]);
    expect(sentBack[0]?.bcc.map(({ address }) => address)).toEqual(hidden);
    expect(sentBack[0]?.transportHeaders).not.toMatch(/^bcc:/im);
    const file = await text(await exportSent(ports, ada));
    expect(file).toContain(
      '\nBcc: ben@contoso.example,\n boss@fabrikam.example,\n jürgen@fabrikam.example\n',
    );
  });

  test('goes back with its header as it left and a mark of ours', async () => {
    const { messageId } = await write();
    world.advance(30 * SECOND);
    await world.relay();
    await end();
    await pass(1);
    expect(sentBack).toHaveLength(1);
    expect(sentBack[0]).toMatchObject({ messageId, subject: 'Figures' });
    expect(sentBack[0]?.transportHeaders).toContain(`Message-ID: ${messageId}`);
    expect(sentBack[0]?.marker).toMatch(/^[0-9a-f-]{36}$/);
    expect(await view()).toMatchObject({ sent: 1, putBack: 1, leftOver: [] });
  });

  test('is left to be downloaded where it may not be put back, until somebody permits it', async () => {
    await write();
    world.advance(30 * SECOND);
    await world.relay();
    refusal = { code: 'forbidden', detail: 'Access to OData is disabled.', retryAfter: null };
    await end();
    await pass(2);
    const refused = await view();
    expect(refused).toMatchObject({ sent: 1, putBack: 0 });
    expect(refused?.settledAt).not.toBeNull();
    const nothing = { written: 0, putBack: 0 };
    const one = { written: 1, putBack: 0 };
    expect(await readPortalState(ports, ada)).toMatchObject({ leftSent: 1, sent: one });
    expect(await readPortalState(ports, ben)).toMatchObject({ leftSent: 0, sent: nothing });
    const file = await text(await exportSent(ports, ada));
    expect(file).toMatch(/^From ada@contoso\.example .+\n/);
    expect(file).toContain('\n>From the lakes\n');
    expect(file).not.toContain('\r');
    expect(refused?.leftOver).toMatchObject([
      { kind: 'sent', outcome: 'forbidden', detail: 'Access to OData is disabled.' },
    ]);

    refusal = null;
    const { tried } = await retryPutBack(ports, world.contoso.actor);
    expect(tried).toBe(1);
    await runPutBack();
    expect(await view()).toMatchObject({ putBack: 1, leftOver: [] });
  });
});
