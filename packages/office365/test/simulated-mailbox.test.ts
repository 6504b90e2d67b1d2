import { placeFolders } from '@holdfast/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMailboxReading } from '../src/mailbox/mailbox-reading.ts';
import { createMailboxRecovery } from '../src/mailbox/mailbox-recovery.ts';
import { createTenantMailbox } from '../src/mailbox/tenant-mailbox.ts';
import { failure } from './contoso.ts';
import { startSimulatedTenant, type SimulatedTenant } from './simulated-tenant.ts';

/** Reading and putting right one mailbox, against the simulator, every call held to the contract. */
let tenant: SimulatedTenant;
beforeAll(async () => {
  tenant = await startSimulatedTenant();
});
beforeEach(() => tenant.awkward());
afterAll(async () => {
  const faults = await tenant.faults();
  await tenant[Symbol.asyncDispose]();
  expect(faults).toEqual([]);
});

const ADELE = 'adele.vance@contoso.example';
const DAY = 86_400_000;

/** Mail of a known id in Sent Items, from where it is moved to where it is wanted. */
async function put(messageId: string): Promise<void> {
  await createTenantMailbox(tenant.options).putSentItem(tenant.credentials, ADELE, {
    messageId,
    sentAt: Date.now() - DAY,
    from: { name: 'Kai', address: 'kai.carter@fabrikam.example' },
    to: [{ name: 'Adele', address: ADELE }],
    cc: [],
    bcc: [],
    subject: `About ${messageId}`,
    text: 'Grüße',
    html: null,
    inReplyTo: null,
    references: [],
    attachments: [],
    transportHeaders: `Message-ID: ${messageId}\r\n`,
    marker: messageId,
  });
}

async function folderNamed(place: string): Promise<string> {
  const folders = await createMailboxReading(tenant.options).folders(tenant.credentials, ADELE);
  const placed = placeFolders(folders);
  return folders.find(({ id }) => placed.get(id) === place)?.id ?? '';
}

/** Every page of a round. */
async function round(folderId: string, link: string | null) {
  const reading = createMailboxReading(tenant.options);
  const messages = [];
  const removed = [];
  let from = link === null ? { receivedSince: Date.now() - 30 * DAY } : { link };
  for (;;) {
    const page = await reading.changes(tenant.credentials, ADELE, folderId, from);
    if (page === null) return null;
    messages.push(...page.messages);
    removed.push(...page.removed);
    from = { link: page.link };
    if (page.isWhole) return { messages, removed, link: page.link };
  }
}

describe('a mailbox', () => {
  it('is read folder by folder, followed, and each message comes as it is', async () => {
    const reading = createMailboxReading(tenant.options);
    const recovery = createMailboxRecovery(tenant.options);
    const ids = ['<one@x>', '<two@x>', '<three@x>'];
    for (const id of ids) await put(id);
    const sent = await folderNamed('sent');
    const first = await round(sent, null);
    const found = first?.messages.filter(({ messageId }) => ids.includes(messageId ?? '')) ?? [];
    expect(found).toHaveLength(3);
    const [one] = found;
    const mime = await reading.content(tenant.credentials, ADELE, one?.externalId ?? '', 1_000_000);
    expect(Buffer.from(mime).toString()).toContain('Subject: About');

    const moved = found.find(({ messageId }) => messageId === '<two@x>')?.externalId ?? '';
    await recovery.move(tenant.credentials, ADELE, moved, 'inbox');
    const next = await round(sent, first?.link ?? '');
    expect(next?.removed).toEqual([moved]);
    const inbox = await round(await folderNamed('inbox'), null);
    expect(inbox?.messages.map(({ externalId }) => externalId)).toContain(moved);
  });

  it('is put right by Message-ID, and what was sent is left alone', async () => {
    const recovery = createMailboxRecovery(tenant.options);
    await put('<state@x>');
    expect(await recovery.findReceived(tenant.credentials, ADELE, '<state@x>')).toEqual([]);
    const sent = await round(await folderNamed('sent'), null);
    const id = sent?.messages.find(({ messageId }) => messageId === '<state@x>')?.externalId ?? '';
    await recovery.move(tenant.credentials, ADELE, id, 'inbox');
    await recovery.mark(tenant.credentials, ADELE, id, { isRead: false, isFlagged: true });
    await recovery.move(tenant.credentials, ADELE, id, 'deleteditems');
    const [found] = await recovery.findReceived(tenant.credentials, ADELE, '<state@x>');
    expect(found).toMatchObject({
      externalId: id,
      isRead: false,
      isFlagged: true,
      folder: 'deleteditems',
    });
  });

  it('has meetings with every recurrence by itself, and contacts', async () => {
    const reading = createMailboxReading(tenant.options);
    const now = Date.now();
    const meetings = await reading.meetings(tenant.credentials, ADELE, now, now + 30 * DAY);
    const standUps = meetings.filter(({ subject }) => subject === 'Daily stand-up');
    expect(standUps.length).toBeGreaterThan(18);
    expect(standUps.every(({ joinUrl }) => joinUrl?.startsWith('https://'))).toBe(true);
    expect(meetings.map(({ start }) => start)).toEqual(
      meetings.map(({ start }) => start).toSorted((a, b) => a - b),
    );
    const contacts = await reading.contacts(tenant.credentials, ADELE);
    expect(contacts.map(({ name }) => name)).toEqual(['Kai Carter', 'Mona Kane', 'Tom Brandt']);
  });
});

describe('in bad weather', () => {
  const graph = { service: 'graph', path: '/users/*/mailFolders/*/messages/delta' } as const;

  it('a forgotten link is told, a busy service is not waited for, a foreign link not followed', async () => {
    const inbox = await folderNamed('inbox');
    const first = await round(inbox, null);
    await tenant.awkward({ ...graph, fault: { kind: 'gone' } });
    expect(await round(inbox, first?.link ?? '')).toBeNull();
    await tenant.awkward({ ...graph, fault: { kind: 'busy', retryAfterSeconds: 42 } });
    expect(await failure(round(inbox, null))).toMatchObject({
      code: 'throttled',
      retryAfter: 42_000,
    });
    expect(tenant.pauses).toEqual([]);
  });

  it('pages that come late, empty or twice lose nothing', async () => {
    await put('<weather@x>');
    const sent = await folderNamed('sent');
    await tenant.awkward(
      { ...graph, fault: { kind: 'empty-pages', pages: 2 } },
      { ...graph, calls: [2, 3], fault: { kind: 'duplicates' } },
    );
    const found = await round(sent, null);
    expect(found?.messages.map(({ messageId }) => messageId)).toContain('<weather@x>');
  });

  it('a message that is cut off is a failure, not a shorter message', async () => {
    await put('<cut@x>');
    const sent = await round(await folderNamed('sent'), null);
    const id = sent?.messages.find(({ messageId }) => messageId === '<cut@x>')?.externalId ?? '';
    await tenant.awkward({
      service: 'graph',
      path: '/users/*/messages/*/$value',
      fault: { kind: 'cut', when: 'in-body' },
    });
    const reading = createMailboxReading(tenant.options);
    const cut = await failure(reading.content(tenant.credentials, ADELE, id, 1_000_000));
    expect(cut.code).toBe('unreachable');
  });

  it('a mailbox that is not there, and one that may not be read', async () => {
    const reading = createMailboxReading(tenant.options);
    const gone = await failure(reading.folders(tenant.credentials, 'nobody@contoso.example'));
    expect(gone.code).toBe('not-found');
    await tenant.awkward({
      service: 'graph',
      path: '/users/*/mailFolders*',
      fault: { kind: 'refused', status: 403, code: 'ErrorAccessDenied' },
    });
    const refused = await failure(reading.folders(tenant.credentials, ADELE));
    expect(refused.code).toBe('forbidden');
  });
});
