import {
  discardDraft,
  listDrafts,
  readDraft,
  removeOldWriting,
  restoreDraft,
  saveDraft,
  sendMessage,
  type DraftContent,
  type SavedDraft,
  type UserActor,
} from '@holdfast/application';
import { DAY } from '@holdfast/domain';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMailWorld, type MailWorld } from './testing/mail-world.ts';
import { uploadWhole } from './testing/upload-whole.ts';

const LEE = { name: 'Lee Gu', address: 'lee@fabrikam.example' };

let world: MailWorld;
let ada: UserActor;
let ben: UserActor;
beforeAll(async () => {
  world = await createMailWorld();
  ada = await world.user('ada');
  ben = await world.user('ben');
  await world.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'a test' });
  await world.relay();
});
beforeEach(async () => {
  world.advance(60_000);
  await world.relay();
  world.handed.length = 0;
  for (const actor of [ada, ben])
    for (const { id, revision } of await listDrafts(world.ports, actor))
      await discardDraft(world.ports, actor, { id, base: revision, device: 'another' });
});
afterAll(() => world.close());

async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'not refused',
    (error: unknown) =>
      error instanceof Error && 'code' in error ? String(error.code) : String(error),
  );
}

function saying(text: string, change: Partial<DraftContent> = {}): DraftContent {
  const nobody = { to: [LEE], cc: [], bcc: [] };
  return { ...nobody, subject: 'Figures', text, about: null, uploadIds: [], ...change };
}

/** A device remembers which revision it saw last, and writes with or without a connection. */
function device(actor: UserActor, id: string) {
  const device = randomUUID();
  let known = { id, revision: 0 };
  return {
    device,
    get id() {
      return known.id;
    },
    get revision() {
      return known.revision;
    },
    async save(content: DraftContent, writtenAt = world.ports.clock.now()): Promise<SavedDraft> {
      const base = known.revision;
      const input = { id: known.id, base, device, writtenAt, content };
      const saved = await saveDraft(world.ports, actor, input);
      if (saved.kind === 'saved') known = { id: saved.id, revision: saved.revision };
      return saved;
    },
    async open(): Promise<string> {
      const draft = await readDraft(world.ports, actor, { id: known.id });
      known = { id: known.id, revision: draft.revision };
      return draft.content.text;
    },
    send: (content: DraftContent) =>
      sendMessage(world.ports, actor, {
        key: known.id,
        to: content.to.map(({ address }) => address),
        cc: [],
        bcc: [],
        subject: content.subject,
        text: content.text,
        about: null,
        uploadIds: content.uploadIds,
        base: known.revision,
        device,
      }),
  };
}

async function texts(actor = ada): Promise<readonly string[]> {
  const rows = await listDrafts(world.ports, actor);
  const drafts = await Promise.all(rows.map(({ id }) => readDraft(world.ports, actor, { id })));
  return drafts.map(({ content }) => content.text).toSorted();
}

describe('a draft', () => {
  test('is written on one device and gone on with on another', async () => {
    const phone = device(ada, randomUUID());
    await phone.save(saying('Hello'));
    await phone.save(saying('Hello Lee'));
    const [row] = await listDrafts(world.ports, ada);
    expect(row).toMatchObject({ subject: 'Figures', preview: 'Hello Lee', to: [LEE], revision: 2 });
    const desk = device(ada, phone.id);
    expect(await desk.open()).toBe('Hello Lee');
    await desk.save(saying('Hello Lee, here they are'));
    expect(await texts()).toEqual(['Hello Lee, here they are']);
  });

  test('goes on after an answer that was lost, without splitting', async () => {
    const id = randomUUID();
    const input = { id, base: 0, device: 'phone', writtenAt: world.ports.clock.now() };
    await saveDraft(world.ports, ada, { ...input, content: saying('one') });
    await saveDraft(world.ports, ada, { ...input, content: saying('one two') });
    expect(await texts()).toEqual(['one two']);
  });

  test('belongs to one person', async () => {
    const phone = device(ada, randomUUID());
    await phone.save(saying('secret'));
    expect(await listDrafts(world.ports, ben)).toEqual([]);
    const read = readDraft(world.ports, ben, { id: phone.id });
    expect(await refusalOf(read)).toBe('drafts.unknown');
    // The same id is another draft of another person.
    await device(ben, phone.id).save(saying('mine'));
    expect(await texts()).toEqual(['secret']);
  });

  test('does not lie in the database in clear', async () => {
    const phone = device(ada, randomUUID());
    await phone.save(saying('a merger nobody knows of'));
    const kept = await world.ports.database.withinOrganisation(world.contoso.id, ({ drafts }) =>
      drafts.get(ada.userId, phone.id),
    );
    expect(JSON.stringify(kept)).not.toContain('merger');
  });

  test('is saved once, however often an answer is lost', async () => {
    const id = randomUUID();
    const input = {
      id,
      base: 0,
      device: 'phone',
      writtenAt: world.ports.clock.now(),
      content: saying('once'),
    };
    for (let turn = 0; turn < 3; turn += 1)
      expect(await saveDraft(world.ports, ada, input)).toMatchObject({ id, revision: 1 });
    expect(await texts()).toEqual(['once']);
  });
});

describe('two devices that write the same draft', () => {
  test('keep both texts, and each goes on with its own without splitting again', async () => {
    const phone = device(ada, randomUUID());
    await phone.save(saying('begun'));
    const desk = device(ada, phone.id);
    await desk.open();
    await desk.save(saying('begun, desk'));
    expect(await phone.save(saying('begun, phone'))).toMatchObject({
      kind: 'saved',
      revision: 1,
      because: 'written-elsewhere',
    });
    expect(phone.id).not.toBe(desk.id);
    for (const turn of [1, 2, 3]) {
      await phone.save(saying(`phone ${turn}`));
      await desk.save(saying(`desk ${turn}`));
    }
    expect(await texts()).toEqual(['desk 3', 'phone 3']);
    const rows = await listDrafts(world.ports, ada);
    expect(new Set(rows.map(({ because }) => because))).toEqual(
      new Set([null, 'written-elsewhere']),
    );
  });

  test('an edit without a connection that comes late is kept beside the newer one, once', async () => {
    const desk = device(ada, randomUUID());
    await desk.save(saying('begun'));
    const late = {
      id: desk.id,
      base: 1,
      device: 'phone',
      writtenAt: world.ports.clock.now(),
      content: saying('in the tunnel'),
    };
    world.advance(3_600_000);
    await desk.save(saying('at the desk'));
    await saveDraft(world.ports, ada, late);
    await saveDraft(world.ports, ada, late);
    expect(await texts()).toEqual(['at the desk', 'in the tunnel']);
    expect((await listDrafts(world.ports, ada)).map(({ preview }) => preview)).toEqual([
      'at the desk',
      'in the tunnel',
    ]);
  });

  test('the same words on both are one draft', async () => {
    const phone = device(ada, randomUUID());
    const desk = device(ada, phone.id);
    await phone.save(saying('the same'));
    expect(await desk.save(saying('the same'))).toMatchObject({ because: null, revision: 1 });
    expect(await texts()).toEqual(['the same']);
  });

  test('attachments stay as long as one of the two needs them', async () => {
    const file = { name: 'a.txt', type: 'text/plain', content: Buffer.from('attached') };
    const { id } = await uploadWhole(world.ports, ada, file);
    const phone = device(ada, randomUUID());
    await phone.save(saying('begun', { uploadIds: [id] }));
    const desk = device(ada, phone.id);
    await desk.open();
    await desk.save(saying('desk', { uploadIds: [id] }));
    await phone.save(saying('phone', { uploadIds: [id] }));
    await desk.send(saying('desk', { uploadIds: [id] }));
    await phone.send(saying('phone', { uploadIds: [id] }));
    world.advance(20_000);
    await world.relay();
    const sent = world.handed.map(({ message }) => message.toString());
    expect(sent).toHaveLength(2);
    for (const message of sent) expect(message).toContain('a.txt');
  });
});

describe('a draft that was sent on one device while it was open on another', () => {
  test('is over there when nothing was written since', async () => {
    const phone = device(ada, randomUUID());
    await phone.save(saying('done'));
    const desk = device(ada, phone.id);
    await desk.open();
    await phone.send(saying('done'));
    expect(await desk.save(saying('done'))).toEqual({ kind: 'sent' });
    expect(await listDrafts(world.ports, ada)).toEqual([]);
  });

  test('leaves what was written since as a draft of its own', async () => {
    const phone = device(ada, randomUUID());
    await phone.save(saying('done'));
    const desk = device(ada, phone.id);
    await desk.open();
    await phone.send(saying('done'));
    expect(await desk.save(saying('done, and one more thing'))).toMatchObject({
      because: 'sent-elsewhere',
    });
    expect(await texts()).toEqual(['done, and one more thing']);
  });

  test('keeps what the other saved just before', async () => {
    const phone = device(ada, randomUUID());
    await phone.save(saying('begun'));
    const desk = device(ada, phone.id);
    await desk.open();
    await desk.save(saying('a page written at the desk'));
    await phone.send(saying('begun, sent'));
    expect(await texts()).toEqual(['a page written at the desk']);
  });

  test('does not swallow what the other sends: it says so and keeps it', async () => {
    const phone = device(ada, randomUUID());
    await phone.save(saying('begun'));
    const desk = device(ada, phone.id);
    await desk.open();
    await phone.send(saying('sent by the phone'));
    const refused = desk.send(saying('sent by the desk'));
    expect(await refusalOf(refused)).toBe('mailbox.sent-elsewhere');
    await desk.save(saying('sent by the desk'));
    await desk.send(saying('sent by the desk'));
    world.advance(20_000);
    await world.relay();
    expect(world.handed).toHaveLength(2);
  });

  test('is known to a device that was away for weeks', async () => {
    const phone = device(ada, randomUUID());
    const desk = device(ada, phone.id);
    await phone.send(saying('never saved, sent at once'));
    world.advance(14 * DAY);
    await removeOldWriting(world.ports, world.contoso.id);
    expect(await desk.save(saying('never saved, sent at once'))).toEqual({ kind: 'sent' });
  });
});

describe('discarding', () => {
  test('can be undone', async () => {
    const phone = device(ada, randomUUID());
    await phone.save(saying('hasty'));
    const base = phone.revision;
    expect(await discardDraft(world.ports, ada, { id: phone.id, base, device: 'x' })).toEqual({
      kind: 'discarded',
    });
    expect(await listDrafts(world.ports, ada)).toEqual([]);
    const back = await restoreDraft(world.ports, ada, { id: phone.id });
    expect(back).toEqual({ revision: base + 1, wasDiscarded: true });
    expect(await texts()).toEqual(['hasty']);
    expect(await restoreDraft(world.ports, ada, { id: phone.id })).toEqual({
      revision: base + 1,
      wasDiscarded: false,
    });
  });

  test('reaches one whose saving was answered to nobody', async () => {
    const phone = device(ada, randomUUID());
    await phone.save(saying('begun'));
    const untold = { id: phone.id, base: 0, device: phone.device };
    expect(await discardDraft(world.ports, ada, untold)).toEqual({ kind: 'discarded' });
    expect(await texts()).toEqual([]);
  });

  test('takes away only what was seen', async () => {
    const phone = device(ada, randomUUID());
    await phone.save(saying('begun'));
    const desk = device(ada, phone.id);
    await desk.open();
    await desk.save(saying('a page more'));
    expect(await discardDraft(world.ports, ada, { id: phone.id, base: 1, device: 'x' })).toEqual({
      kind: 'changed',
    });
    expect(await texts()).toEqual(['a page more']);
  });

  test('on one device does not take away what the other writes afterwards', async () => {
    const phone = device(ada, randomUUID());
    await phone.save(saying('begun'));
    const desk = device(ada, phone.id);
    await desk.open();
    await discardDraft(world.ports, ada, { id: phone.id, base: 1, device: 'x' });
    expect(await desk.save(saying('begun'))).toEqual({ kind: 'discarded' });
    await desk.save(saying('begun, and more'));
    expect(await texts()).toEqual(['begun, and more']);
  });
});

describe('what is over', () => {
  test('goes: drafts that nobody wrote at for long, and files that no draft names', async () => {
    const content = Buffer.from('x');
    const file = { name: 'a.txt', type: 'text/plain', content };
    const named = await uploadWhole(world.ports, ada, file);
    const other = await uploadWhole(world.ports, ada, file);
    const phone = device(ada, randomUUID());
    await phone.save(saying('kept', { uploadIds: [named.id] }));
    world.advance(8 * DAY);
    const round = () => removeOldWriting(world.ports, world.contoso.id);
    const names = async () => {
      const found = await world.ports.database.withinOrganisation(world.contoso.id, (r) =>
        r.uploads.find(ada.userId, [named.id, other.id]),
      );
      return found.map(({ id }) => id);
    };
    await round();
    expect(await names()).toEqual([named.id]);
    world.advance(83 * DAY);
    await round();
    expect(await listDrafts(world.ports, ada)).toEqual([]);
    expect(await names()).toEqual([]);
  });
});

describe('after the event', () => {
  test('what was written without a connection is still taken, though nothing can be sent', async () => {
    await world.contoso.console.event.end({});
    const phone = device(ada, randomUUID());
    await phone.save(saying('late'));
    expect(await texts()).toEqual(['late']);
    expect(await refusalOf(phone.send(saying('late')))).toBe('mailbox.read-only');
  });
});
