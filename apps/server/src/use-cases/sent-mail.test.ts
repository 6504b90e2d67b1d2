import {
  listFolders,
  listMailbox,
  readMessage,
  readWritingSettings,
  saveWritingSettings,
  searchPeople,
  sendMessage,
  SpoolRefusedError,
  undoSend,
  type SendMessageInput,
  type UserActor,
} from '@holdfast/application';
import { initialHealth } from '@holdfast/domain';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMailWorld, type MailWorld } from './testing/mail-world.ts';
import { uploadWhole } from './testing/upload-whole.ts';

const OUTSIDER = 'lee@fabrikam.example';
const COLLEAGUE = 'ben@contoso.example';

let world: MailWorld;
let ada: UserActor;
let ben: UserActor;
beforeEach(async () => {
  world = await createMailWorld();
  ada = await world.user('ada');
  ben = await world.user('ben');
  await world.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'a test' });
  // The notices of the installation are out of the way.
  await world.relay();
  world.handed.length = 0;
});
afterEach(() => world.close());

function message(change: Partial<SendMessageInput> = {}): SendMessageInput {
  return {
    key: randomUUID(),
    to: [OUTSIDER],
    cc: [],
    subject: 'Figures',
    text: 'Hello Lee,\n\nhere they are.',
    about: null,
    uploadIds: [],
    ...change,
  };
}

async function subjects(actor: UserActor, folder: 'inbox' | 'sent'): Promise<readonly string[]> {
  const { items } = await listMailbox(world.ports, actor, { folder, limit: 50, before: null });
  const written = items.filter((item) => !item.from?.address.startsWith('no-reply@'));
  return written.map((item) => item.subject);
}

async function inboxTotal(actor: UserActor): Promise<number> {
  const folders = await listFolders(world.ports, actor);
  return folders.find(({ folder }) => folder === 'inbox')?.total ?? 0;
}

async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'not refused',
    (error: unknown) =>
      error instanceof Error && 'code' in error ? String(error.code) : String(error),
  );
}

describe('a message to a colleague and to somebody outside', () => {
  test('leaves by two ways, and the colleague’s copy never meets a server outside', async () => {
    await sendMessage(world.ports, ada, message({ cc: [COLLEAGUE] }));
    world.advance(20_000);
    await world.relay();
    expect(world.handed.map(({ route, recipients }) => ({ route, recipients }))).toEqual(
      expect.arrayContaining([
        { route: 'remote', recipients: [OUTSIDER] },
        { route: 'primary', recipients: [COLLEAGUE] },
      ]),
    );
    expect(world.handed).toHaveLength(2);
    const inside = world.handed.find(({ route }) => route === 'primary');
    expect(inside?.hosts).toEqual(['contoso-example.mail.protection.outlook.example']);
    await world.relay();
    expect(world.handed).toHaveLength(2);
  });

  test('keeps an address of ours that nobody knows inside as well, and refuses it when the list is complete', async () => {
    const unknown = 'nobody.knows@contoso.example';
    const call = sendMessage(world.ports, ada, message({ to: [unknown] }));
    expect(await refusalOf(call)).toBe('mailbox.bad-recipient');
    await world.ports.database.withinOrganisation(world.contoso.id, (r) =>
      r.domains.saveRecipientList('contoso.example', {
        complete: false,
        reason: 'not-listed',
        asOf: null,
      }),
    );
    await sendMessage(world.ports, ada, message({ to: [unknown] }));
    world.advance(20_000);
    await world.relay();
    expect(world.handed.map(({ route, recipients }) => [route, ...recipients])).toEqual([
      ['primary', unknown],
    ]);
  });

  test('shows in the colleague’s mailbox when it can no longer be taken back, whatever the tenant does', async () => {
    await sendMessage(world.ports, ada, message({ to: [COLLEAGUE] }));
    await world.ingest();
    expect(await subjects(ada, 'sent')).toEqual(['Figures']);
    expect(await subjects(ben, 'inbox')).toEqual([]);
    const before = await inboxTotal(ben);
    world.advance(20_000);
    expect(await inboxTotal(ben)).toBe(before + 1);
    expect(await subjects(ben, 'inbox')).toEqual(['Figures']);
    expect(world.handed).toEqual([]);
  });
});

describe('sending', () => {
  test('twice at the same moment makes one message, whoever is answered first', async () => {
    const sent = message();
    const calls = await Promise.allSettled([
      sendMessage(world.ports, ada, sent),
      sendMessage(world.ports, ada, sent),
      sendMessage(world.ports, ada, sent),
    ]);
    expect(calls.some(({ status }) => status === 'fulfilled')).toBe(true);
    // Nothing was taken in yet, and the answer may be lost: asked again, it says the same.
    const again = await sendMessage(world.ports, ada, sent);
    expect(again.messageId).toContain(sent.key);
    world.advance(20_000);
    await world.relay();
    expect(world.handed).toHaveLength(1);
  });

  test('after the spool refused it can be tried again with the same key, at once', async () => {
    const sent = message();
    const append = world.ports.spool.append.bind(world.ports.spool);
    const full = {
      ...world.ports,
      spool: {
        ...world.ports.spool,
        append: () => Promise.reject(new SpoolRefusedError('disk-reserve', 'no room')),
      },
    };
    expect(await refusalOf(sendMessage(full, ada, sent))).toBe('spool.refused');
    await sendMessage({ ...world.ports, spool: { ...world.ports.spool, append } }, ada, {
      ...sent,
      text: 'Changed meanwhile.',
    });
    world.advance(20_000);
    await world.relay();
    expect(world.handed).toHaveLength(1);
  });

  test('to somebody in Bcc tells the others nothing, and gives it back when it is taken back', async () => {
    const sent = message({ to: [OUTSIDER], bcc: ['hidden@fabrikam.example'] });
    await sendMessage(world.ports, ada, sent);
    await world.ingest();
    expect((await undoSend(world.ports, ada, { key: sent.key })).bcc).toEqual([
      { name: '', address: 'hidden@fabrikam.example' },
    ]);
    await sendMessage(world.ports, ada, message({ to: [], bcc: ['hidden@fabrikam.example'] }));
    world.advance(20_000);
    await world.relay();
    expect(world.handed).toHaveLength(1);
    expect(world.handed[0]?.recipients).toEqual(['hidden@fabrikam.example']);
    expect(world.handed[0]?.message.toString()).not.toContain('hidden@');
  });

  test('names those of Bcc to its writer alone', async () => {
    const sent = message({ to: [COLLEAGUE], bcc: [OUTSIDER] });
    await sendMessage(world.ports, ada, sent);
    world.advance(20_000);
    await world.relay();
    const recipients = async (actor: UserActor, folder: 'inbox' | 'sent') => {
      const { items } = await listMailbox(world.ports, actor, { folder, limit: 1, before: null });
      const opened = await readMessage(world.ports, actor, { itemId: items[0]?.id ?? '' });
      expect(opened.message.subject).toBe('Figures');
      return opened.recipients;
    };
    expect(await recipients(ada, 'sent')).toEqual([COLLEAGUE, OUTSIDER]);
    expect(await recipients(ben, 'inbox')).toEqual([]);
  });

  test('makes its recipients known to address completion, those of Bcc not', async () => {
    const find = (query: string) => searchPeople(world.ports, ada, { query, limit: 5 });
    expect(await find('lee')).toEqual([]);
    const names = { [OUTSIDER]: 'Lee Gu' };
    await sendMessage(world.ports, ada, message({ names, bcc: ['leeward@fabrikam.example'] }));
    await world.ingest();
    expect(await find('LEE')).toEqual([{ name: 'Lee Gu', address: OUTSIDER }]);
    expect(await find('Lee G')).toHaveLength(1);
    expect(await find('%')).toEqual([]);
    expect(await searchPeople(world.ports, ben, { query: 'lee', limit: 5 })).toEqual([]);
  });

  test('can be taken back as long as the person has chosen', async () => {
    const choose = (undoSeconds: number) =>
      saveWritingSettings(world.ports, ada, { undoSeconds, signature: '', signatureUsed: false });
    await choose(5);
    const { undoUntil } = await sendMessage(world.ports, ada, message());
    expect(undoUntil).toBe(world.ports.clock.now() + 5000);
    await choose(0);
    expect((await sendMessage(world.ports, ada, message())).undoUntil).toBeNull();
    expect(await readWritingSettings(world.ports, ben)).toMatchObject({
      undoSeconds: 20,
      suggestion: 'ben\nben@contoso.example',
    });
  });

  test('a forwarded message takes along the attachments that were chosen', async () => {
    const files = await Promise.all(
      ['one.txt', 'two.txt'].map((name) =>
        uploadWhole(world.ports, ada, { name, type: 'text/plain', content: Buffer.from(name) }),
      ),
    );
    const uploadIds = files.map(({ id }) => id);
    await sendMessage(world.ports, ada, message({ to: [COLLEAGUE], uploadIds }));
    world.advance(20_000);
    await world.relay();
    world.handed.length = 0;
    const { items } = await listMailbox(world.ports, ben, {
      folder: 'inbox',
      limit: 1,
      before: null,
    });
    const itemId = items[0]?.id ?? '';
    const { parts } = (await readMessage(world.ports, ben, { itemId })).message;
    const two = parts.find(({ fileName }) => fileName === 'two.txt')?.index ?? -1;
    const about = { itemId, mode: 'forward', parts: [two] } as const;
    await sendMessage(world.ports, ben, message({ about }));
    world.advance(20_000);
    await world.relay();
    const forwarded = world.handed[0]?.message.toString() ?? '';
    expect(forwarded).toContain('two.txt');
    expect(forwarded).not.toContain('one.txt');
  });
});

describe('undo', () => {
  test('takes a message back from everyone and gives what was written, attachments too', async () => {
    const upload = await uploadWhole(world.ports, ada, {
      name: 'figures.csv',
      type: 'text/csv',
      content: Buffer.from('1;2;3'),
    });
    const sent = message({ cc: [COLLEAGUE], uploadIds: [upload.id] });
    const { undoUntil } = await sendMessage(world.ports, ada, sent);
    expect(undoUntil).toBe(world.ports.clock.now() + 20_000);
    await world.ingest();
    world.advance(19_999);
    const draft = await undoSend(world.ports, ada, { key: sent.key });
    expect(draft).toMatchObject({
      to: [{ address: OUTSIDER }],
      cc: [{ address: COLLEAGUE }],
      subject: 'Figures',
      answersItem: null,
      uploads: [{ fileName: 'figures.csv', size: 5 }],
    });
    expect(draft.text.trimEnd()).toBe('Hello Lee,\n\nhere they are.');
    world.advance(60_000);
    await world.relay();
    expect(world.handed).toEqual([]);
    expect(await subjects(ada, 'sent')).toEqual([]);
    expect(await subjects(ben, 'inbox')).toEqual([]);
    const again = message({ uploadIds: draft.uploads.map(({ id }) => id) });
    await sendMessage(world.ports, ada, again);
    world.advance(20_000);
    await world.relay();
    expect(world.handed).toHaveLength(1);
    expect(world.handed[0]?.message.toString()).toContain('figures.csv');
  });

  test('is in the ledger, the trace and the audit log, and the same key sends nothing more', async () => {
    const sent = message();
    await sendMessage(world.ports, ada, sent);
    await world.ingest();
    await undoSend(world.ports, ada, { key: sent.key });
    const [row] = await world.ports.database.withinOrganisation(world.contoso.id, (r) =>
      r.mailFlow.trace({ messageId: null, recipient: OUTSIDER, limit: 5 }),
    );
    expect(row).toMatchObject({ state: 'discarded' });
    expect(row?.reply).toContain('taken back by its sender');
    const entries = await world.ports.database.withinOrganisation(world.contoso.id, (r) =>
      r.audit.recent(1),
    );
    expect(entries[0]).toMatchObject({ action: 'mail.taken-back', actor: `user:${ada.userId}` });
    expect(await refusalOf(sendMessage(world.ports, ada, sent))).toBe('mailbox.taken-back');
    // A lost answer is asked for again: the draft is given once more, and nothing is discarded twice.
    expect((await undoSend(world.ports, ada, { key: sent.key })).subject).toBe('Figures');
  });

  test('knows which message was answered', async () => {
    const first = message({ to: [COLLEAGUE] });
    await sendMessage(world.ports, ada, first);
    world.advance(20_000);
    await world.relay();
    const { items } = await listMailbox(world.ports, ben, {
      folder: 'inbox',
      limit: 1,
      before: null,
    });
    const itemId = items[0]?.id ?? '';
    const reply = message({ about: { itemId, mode: 'reply' } });
    await sendMessage(world.ports, ben, reply);
    await world.ingest();
    expect((await undoSend(world.ports, ben, { key: reply.key })).answersItem).toBe(itemId);
  });

  test('is refused before the message is taken in, once it is due, and to anybody else', async () => {
    const sent = message();
    await sendMessage(world.ports, ada, sent);
    const undo = (actor: UserActor) => refusalOf(undoSend(world.ports, actor, { key: sent.key }));
    expect(await undo(ada)).toBe('mailbox.undo-too-early');
    await world.ingest();
    expect(await undo(ben)).toBe('mailbox.undo-too-early');
    world.advance(20_000);
    expect(await undo(ada)).toBe('mailbox.undo-too-late');
    await world.relay();
    expect(await undo(ada)).toBe('mailbox.undo-too-late');
    expect(world.handed).toHaveLength(1);
  });

  test('of two at the same time, a relay that leases and a sender who takes back, exactly one wins', async () => {
    for (let round = 0; round < 10; round += 1) {
      const sent = message();
      await sendMessage(world.ports, ada, sent);
      await world.ingest();
      const now = world.ports.clock.now();
      const leasing = world.ports.database.acrossOrganisations(({ deliveries }) =>
        // A relay whose clock is ahead by more than the time to take back.
        deliveries.lease({
          route: 'remote',
          now: now + 30_000,
          until: now + 60_000,
          limit: 10,
          owner: 'relay@other',
          skipOrganisations: [],
        }),
      );
      const [leased, undone] = await Promise.all([
        leasing,
        refusalOf(undoSend(world.ports, ada, { key: sent.key })),
      ]);
      expect(leased.length === 1).toBe(undone === 'mailbox.undo-too-late');
      await world.ports.database.acrossOrganisations(({ deliveries }) =>
        deliveries.complete(
          leased.map(({ delivery }) => ({
            deliveryId: delivery.id,
            acceptedAt: delivery.acceptedAt,
            next: { state: 'delivered', reply: 'taken' },
            host: null,
            tls: null,
            at: now,
          })),
          'relay@other',
        ),
      );
    }
  });

  test('switched off, mail leaves at once', async () => {
    await world.close();
    world = await createMailWorld({ undoSend: 0 });
    ada = await world.user('ada');
    await world.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'a test' });
    await world.relay();
    world.handed.length = 0;
    expect((await sendMessage(world.ports, ada, message())).undoUntil).toBeNull();
    await world.relay();
    expect(world.handed).toHaveLength(1);
  });
});

describe('a signature', () => {
  test('is on top of what leaves once the record was seen, and not before', async () => {
    await sendMessage(world.ports, ada, message({ subject: 'Before' }));
    const name = 'holdfast1._domainkey.contoso.example';
    const view = await world.contoso.console.domains.get({ name: 'contoso.example' });
    world.txt.set(name, [view.outbound.keys[0]?.value ?? '']);
    await world.contoso.console.domains.check({ name: 'contoso.example' });
    await sendMessage(world.ports, ada, message({ subject: 'After' }));
    world.advance(20_000);
    await world.relay();
    const sent = world.handed.map((one) => one.message.toString());
    const before = sent.find((text) => text.includes('Subject: Before'));
    expect(before).not.toContain('DKIM-Signature');
    const after = sent.find((text) => text.includes('Subject: After'));
    expect(after).toMatch(/^DKIM-Signature: d=contoso\.example; s=holdfast1; by private of/);
  });
});

describe('mail that is refused outside', () => {
  test('comes back as a report in the sender’s mailbox, answering what was sent, and causes no other', async () => {
    world.refused.add(OUTSIDER);
    world.refused.add('ada@contoso.example');
    const sent = message();
    const { messageId } = await sendMessage(world.ports, ada, sent);
    world.advance(20_000);
    await world.relay();
    const { items } = await listMailbox(world.ports, ada, {
      folder: 'inbox',
      limit: 5,
      before: null,
    });
    const [report] = items.filter((item) => item.from?.address.startsWith('mailer-daemon@'));
    expect(report).toMatchObject({ folder: 'inbox', isRead: false });
    const opened = await readMessage(world.ports, ada, { itemId: report?.id ?? '' });
    expect(opened.message.text).toContain(OUTSIDER);
    expect(opened.message.text).toContain('No such mailbox here');
    expect(opened.message.inReplyTo).toBe(messageId);
    expect(opened.message.references).toContain(messageId);
    const since = world.ports.clock.now() - 7_200_000;
    // The tenant refuses the report itself, twice and in good health: nobody is told of it.
    await world.ports.database.withinOrganisation(world.contoso.id, (r) =>
      r.health.save({ ...initialHealth(since), goodSince: since }, true),
    );
    world.advance(3_600_000);
    await world.relay();
    world.advance(3_600_000);
    await world.relay();
    const reports = world.kept.filter(({ head }) => head.origin === 'bounce');
    expect(reports.map(({ head }) => head.envelope.from)).toEqual(['']);
    const trace = await world.ports.database.withinOrganisation(world.contoso.id, (r) =>
      r.mailFlow.trace({ messageId: null, recipient: 'ada@contoso.example', limit: 1 }),
    );
    expect(trace[0]?.state).toBe('bounced');
  });
});
