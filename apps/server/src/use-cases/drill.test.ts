import {
  checkWatchers,
  endDrill,
  endDueDrills,
  listMailbox,
  moveItems,
  previewDrill,
  readAll,
  readDrillReport,
  readDrills,
  readMessage,
  readPortalState,
  sendMessage,
  setFlagged,
  setRead,
  signInUser,
  startDrill,
  undoDrill,
  undoSend,
  type SendMessageInput,
  type UserActor,
} from '@holdfast/application';
import { DAY, HOUR, MINUTE, SECOND } from '@holdfast/domain';
import { createNoticeTemplates } from '@holdfast/notifications';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMailWorld, type MailWorld } from './testing/mail-world.ts';
import { actorOf } from './testing/portal-user.ts';
import { createOutside, giveChannel, type Outside } from './testing/reach.ts';
import { refusalCode } from './testing/refusal-code.ts';

const ADAS_PHONE = '+4915112345678';
const BENS_ADDRESS = 'ben@private.example';

let world: MailWorld;
let outside: Outside;
let ada: UserActor;
let ben: UserActor;
beforeEach(async () => {
  outside = createOutside();
  world = await createMailWorld({}, { ...outside.ports, templates: createNoticeTemplates });
  ada = await world.user('ada');
  ben = await world.user('ben');
  await giveChannel(world, world.contoso, ada.userId, { kind: 'sms', value: ADAS_PHONE });
  await giveChannel(world, world.contoso, ben.userId, { kind: 'email', value: BENS_ADDRESS });
  // What the installation sends is out of the way, and in the inboxes.
  await world.relay();
  world.handed.length = 0;
});
afterEach(() => world.close());

async function start(users: readonly UserActor[] = [ada, ben], hours = 2): Promise<string> {
  const drill = await startDrill(world.ports, world.contoso.actor, {
    userIds: users.map(({ userId }) => userId),
    reason: 'First drill',
    endsAt: world.ports.clock.now() + hours * HOUR,
  });
  return drill.id;
}

/** The notices leave, with what they cause. */
async function tell(): Promise<void> {
  world.advance(20 * SECOND);
  for (let round = 0; round < 3; round += 1) await world.runJobs();
}

function passwordIn(text: string | undefined): string {
  return /assword: (\S+)/.exec(text ?? '')?.[1] ?? '';
}

async function signIn(login: string, password: string): Promise<UserActor> {
  const visitor = { ip: '192.0.2.7', userAgent: null };
  return actorOf(world, await signInUser(world.ports, { login, password, ...visitor }));
}

function message(change: Partial<SendMessageInput> = {}): SendMessageInput {
  return {
    key: randomUUID(),
    to: ['lee@fabrikam.example', 'ben@contoso.example'],
    cc: [],
    subject: 'Does this leave',
    text: 'Hello',
    about: null,
    uploadIds: [],
    ...change,
  };
}

const list = async (actor: UserActor, folder: 'inbox' | 'sent') =>
  (await listMailbox(world.ports, actor, { folder, limit: 50, before: null })).items;

const subjects = async (actor: UserActor, folder: 'inbox' | 'sent') =>
  (await list(actor, folder)).map(({ subject }) => subject);

async function accessOf(actor: UserActor): Promise<string> {
  return (await readPortalState(world.ports, actor)).access;
}

describe('the start of a drill', () => {
  test('opens the mailboxes of the chosen and of nobody else', async () => {
    await start([ada]);
    expect(await accessOf(ada)).toBe('drill');
    expect(await accessOf(ben)).toBe('closed');
    expect(await refusalCode(list(ben, 'inbox'))).toBe('mailbox.closed');
  });

  test('tells them after the delay, DRILL first, by the channels of an event', async () => {
    await start();
    await world.runJobs();
    await tell();
    const [sms] = outside.to(ADAS_PHONE);
    const [email] = outside.to(BENS_ADDRESS);
    for (const text of [sms, email]) {
      expect(text).toMatch(/^DRILL\b/);
      expect(passwordIn(text)).not.toBe('');
    }
  });

  test('undone in time nobody hears of it', async () => {
    const id = await start();
    world.advance(19 * SECOND);
    await undoDrill(world.ports, world.contoso.actor, { drillId: id });
    await tell();
    expect(outside.told).toEqual([]);
    expect(await accessOf(ada)).toBe('closed');
    expect((await readPortalState(world.ports, ada)).drill).toBeNull();
  });

  test('is refused to who takes part in another, and while an event is open', async () => {
    await start([ada]);
    expect(await refusalCode(start([ada, ben]))).toBe('drill.busy');
    await start([ben]);
    await world.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'real' });
    expect(await refusalCode(start())).toBe('drill.event-open');
    await world.contoso.console.event.end({ typed: 'end anyway' });
    expect(await refusalCode(start())).toBe('drill.event-open');
  });

  test('is previewed with who could not be reached', async () => {
    await start([ben]);
    const preview = await previewDrill(world.ports, world.contoso.actor, {
      userIds: [ada.userId, ben.userId],
    });
    expect(preview).toMatchObject({ covered: 2, isEventOpen: false, noticeDelay: 20 * SECOND });
    expect(preview.busy.map(({ id }) => id)).toEqual([ben.userId]);
    expect(preview.reachableBy).toEqual({ sms: 1, email: 1 });
  });
});

describe('in a drill', () => {
  test('the login of the notice lets in once, and the users table says that it was a drill', async () => {
    const id = await start();
    await tell();
    const password = passwordIn(outside.to(ADAS_PHONE)[0]);
    await signIn('ada@contoso.example', password);
    const again = signInUser(world.ports, {
      login: 'ada@contoso.example',
      password,
      ip: '192.0.2.7',
      userAgent: null,
    });
    expect(await refusalCode(again)).toBe('session.wrong-credentials');
    const { rows } = await world.contoso.console.users.list({ search: 'ada@', limit: 5 });
    expect(rows[0]).toMatchObject({ lastSignInDrill: true });
    const report = await readDrillReport(world.ports, world.contoso.actor, { drillId: id });
    expect(report.evidence.figures).toMatchObject({ participants: 2, reached: 2, signedIn: 1 });
  });

  test('real mail can be read, and nothing of it is changed', async () => {
    await start([ada]);
    const before = await list(ada, 'inbox');
    const [first] = before;
    if (first === undefined) throw new Error('there is mail from the installation');
    await readMessage(world.ports, ada, { itemId: first.id });
    await setRead(world.ports, ada, { itemIds: [first.id], isRead: true });
    expect(await readAll(world.ports, ada, { folder: 'inbox', undoOf: null })).toMatchObject({
      count: 0,
    });
    const change = { itemIds: [first.id] };
    expect(await refusalCode(setFlagged(world.ports, ada, { ...change, isFlagged: true }))).toBe(
      'mailbox.drill',
    );
    expect(await refusalCode(moveItems(world.ports, ada, { ...change, folder: 'deleted' }))).toBe(
      'mailbox.drill',
    );
    expect(await list(ada, 'inbox')).toEqual(before);
    const touched = await world.ports.database.withinOrganisation(world.contoso.id, ({ putBack }) =>
      putBack.touched(randomUUID(), 0),
    );
    expect(touched).toEqual([]);
  });

  test('what is written reaches other participants here, and leaves for nowhere', async () => {
    await start();
    await sendMessage(world.ports, ada, message());
    world.advance(MINUTE);
    await world.relay();
    world.advance(HOUR);
    await world.relay();
    expect(world.handed).toEqual([]);
    expect(world.kept.at(-1)?.head).toMatchObject({
      origin: 'drill',
      envelope: { recipients: [] },
    });
  });

  test('it is in Sent and in the other’s Inbox with DRILL before the subject', async () => {
    const id = await start();
    await sendMessage(world.ports, ada, message());
    world.advance(MINUTE);
    await world.relay();
    expect(await subjects(ada, 'sent')).toEqual(['[DRILL] Does this leave']);
    expect((await subjects(ben, 'inbox'))[0]).toBe('[DRILL] Does this leave');
    await endDrill(world.ports, world.contoso.actor, { drillId: id });
    await world.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'real' });
    expect(await subjects(ada, 'sent')).toEqual([]);
    expect(await subjects(ben, 'inbox')).not.toContain('[DRILL] Does this leave');
  });

  test('a message is taken back as ever', async () => {
    await start();
    const sent = message({ to: ['lee@fabrikam.example'] });
    await sendMessage(world.ports, ada, sent);
    await world.ingest();
    const undone = await undoSend(world.ports, ada, { key: sent.key });
    expect(undone).toMatchObject({ subject: 'Does this leave', text: 'Hello\n' });
    expect(await subjects(ada, 'sent')).toEqual([]);
  });

  test('pages that are open are told of start and end', async () => {
    await start([ben]);
    const session = await signInWithDrill();
    const watcher = {
      organisationId: world.contoso.id,
      userId: ben.userId,
      tokenHash: world.ports.secrets.hashToken(session.token),
    };
    const word = async () => (await checkWatchers(world.ports, [watcher])).get(watcher);
    const during = await word();
    const [drill] = await readDrills(world.ports, world.contoso.actor);
    await endDrill(world.ports, world.contoso.actor, { drillId: drill?.drill.id ?? '' });
    expect(during).not.toBe(await word());
  });
});

async function signInWithDrill() {
  await tell();
  const password = passwordIn(outside.to(BENS_ADDRESS)[0]);
  return signInUser(world.ports, {
    login: 'ben@contoso.example',
    password,
    ip: '192.0.2.7',
    userAgent: null,
  });
}

describe('the end of a drill', () => {
  test('by its time closes the mailboxes, whether or not a timer has come by', async () => {
    await start();
    await tell();
    world.advance(2 * HOUR);
    expect(await accessOf(ada)).toBe('closed');
    await endDueDrills(world.ports, world.contoso.id);
    for (let round = 0; round < 3; round += 1) await world.runJobs();
    expect(outside.to(ADAS_PHONE).at(-1)).toMatch(/^DRILL .*is over/);
    expect((await readPortalState(world.ports, ada)).drill).toMatchObject({ because: 'time' });
    world.advance(DAY);
    expect((await readPortalState(world.ports, ada)).drill).toBeNull();
  });

  test('what comes from an outbox after it is refused, and in the event after it as well', async () => {
    const id = await start();
    const writtenAt = world.ports.clock.now() + MINUTE;
    world.advance(HOUR);
    await world.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'real' });
    for (const said of [{ drill: id }, {}]) {
      const late = sendMessage(world.ports, ada, message({ writtenAt, ...said }));
      expect(await refusalCode(late)).toBe('mailbox.drill-over');
    }
    await world.relay();
    expect(world.handed).toEqual([]);
    await sendMessage(world.ports, ada, message({ drill: null }));
    world.advance(MINUTE);
    await world.relay();
    expect(world.handed).not.toEqual([]);
  });

  test('by an event: who is covered goes on there, the others are told', async () => {
    const id = await start();
    await tell();
    await world.contoso.console.event.start({
      scope: { kind: 'users', userIds: [ada.userId] },
      reason: 'real',
    });
    expect(await accessOf(ada)).toBe('open');
    expect(await accessOf(ben)).toBe('closed');
    for (let round = 0; round < 3; round += 1) await world.runJobs();
    expect(outside.to(ADAS_PHONE).filter((text) => /drill is over/.test(text))).toEqual([]);
    expect(outside.to(BENS_ADDRESS).at(-1)).toContain('a real emergency has begun');
    const { drill } = await readDrillReport(world.ports, world.contoso.actor, { drillId: id });
    expect(drill).toMatchObject({ phase: 'over', because: 'event' });
  });

  test('what was on its way to the database is shown to nobody', async () => {
    const id = await start();
    await sendMessage(world.ports, ada, message());
    await endDrill(world.ports, world.contoso.actor, { drillId: id });
    world.advance(MINUTE);
    await world.ingest();
    await world.runJobs();
    await world.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'real' });
    expect(await subjects(ada, 'sent')).toEqual([]);
    expect(await subjects(ben, 'inbox')).not.toContain('[DRILL] Does this leave');
  });

  test('leaves evidence: how far everybody came, and the log', async () => {
    const id = await start();
    await tell();
    await signIn('ada@contoso.example', passwordIn(outside.to(ADAS_PHONE)[0]));
    await sendMessage(world.ports, ada, message());
    await world.ingest();
    await endDrill(world.ports, world.contoso.actor, { drillId: id });
    const report = await readDrillReport(world.ports, world.contoso.actor, { drillId: id });
    const stages = report.participants.map(({ user, stage }) => [user.id, stage]);
    expect(Object.fromEntries(stages)).toEqual({
      [ada.userId]: 'wrote',
      [ben.userId]: 'reached',
    });
    expect(report.log.map(({ fact }) => fact.type)).toEqual(['started', 'ended']);
  });
});
