import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mailbox } from '../mailbox/mailbox.ts';
import { type Simulator, startSimulator } from '../start-simulator.ts';
import { Client } from '../testing.ts';
import { validatorFor } from './schema.ts';

const ADDRESS = 'adele.vance@contoso.example';
const USER = `/users/${ADDRESS}`;
const DAY = 86_400_000;

let simulator: Simulator;
let client: Client;
let box: Mailbox;

beforeAll(async () => {
  simulator = await startSimulator({ sampleDays: 0, healthDelayMs: 0 });
  client = new Client(simulator);
  box = simulator.mailbox(ADDRESS);
});
afterAll(() => simulator.stop());

interface Delta {
  readonly value: readonly {
    readonly id: string;
    readonly isRead?: boolean;
    readonly '@removed'?: object;
  }[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

async function store(folder: string, subject: string, receivedAt = Date.now()) {
  const raw = Buffer.from(
    `From: a@b.example\r\nMessage-ID: <${subject}@b.example>\r\nSubject: ${subject}\r\n\r\nHello\r\n`,
  );
  return box.store(folder, { raw, receivedAt });
}

/** All pages of a round. */
async function round(
  first: string,
): Promise<{ readonly items: Delta['value']; readonly link: string }> {
  const items: Delta['value'][number][] = [];
  let link = first;
  for (;;) {
    const response = await client.graph(link, {
      headers: { prefer: 'odata.maxpagesize=2, IdType="ImmutableId"' },
    });
    const page = (await response.json()) as Delta;
    const validate = validatorFor('/components/schemas/microsoft.graph.messageDeltaResponse');
    validate(page);
    expect(validate.errors ?? []).toEqual([]);
    items.push(...page.value);
    if (page['@odata.nextLink'] === undefined)
      return { items, link: page['@odata.deltaLink'] ?? '' };
    link = page['@odata.nextLink'];
  }
}
const since = new Date(Date.now() - 30 * DAY).toISOString();
const begin = (folder: string) =>
  round(
    `${USER}/mailFolders/${folder}/messages/delta?$select=id,isRead,receivedDateTime&$filter=${encodeURIComponent(`receivedDateTime ge ${since}`)}`,
  );

describe('following a folder', () => {
  test('gives what lies in it, page by page, and then only what happens', async () => {
    await store('inbox', 'old', Date.now() - 40 * DAY);
    const [one, two, three] = [
      await store('inbox', 'one'),
      await store('inbox', 'two'),
      await store('inbox', 'three'),
    ];
    const first = await begin('inbox');
    expect(first.items.map(({ id }) => id).toSorted()).toEqual(
      [one.id, two.id, three.id].toSorted(),
    );

    await client.graph(`${USER}/messages/${one.id}`, {
      method: 'PATCH',
      body: JSON.stringify({ isRead: true }),
    });
    const moved = await client.graph(`${USER}/messages/${two.id}/move`, {
      method: 'POST',
      headers: { prefer: 'IdType="ImmutableId"' },
      body: JSON.stringify({ destinationId: 'archive' }),
    });
    expect(moved.status).toBe(201);
    const next = await round(first.link);
    expect(next.items).toEqual([
      expect.objectContaining({ id: two.id, '@removed': { reason: 'deleted' } }),
      expect.objectContaining({ id: one.id, isRead: true }),
    ]);
    expect((await begin('archive')).items).toEqual([expect.objectContaining({ id: two.id })]);
    expect((await round(next.link)).items).toEqual([]);
  });

  test('deleting twice is for good', async () => {
    const message = await store('inbox', 'gone');
    const { link } = await begin('deleteditems');
    const drop = () =>
      client.graph(`${USER}/messages/${message.id}`, {
        method: 'DELETE',
        headers: { prefer: 'IdType="ImmutableId"' },
      });
    await drop();
    const once = await round(link);
    expect(once.items).toEqual([expect.objectContaining({ id: message.id })]);
    await drop();
    expect((await round(once.link)).items).toEqual([
      expect.objectContaining({ id: message.id, '@removed': { reason: 'deleted' } }),
    ]);
  });

  test('begins anew when the mailbox was moved: 410', async () => {
    const { link } = await begin('inbox');
    box.forgetSyncStates();
    expect((await client.graph(link)).status).toBe(410);
    await store('inbox', 'after');
    expect((await begin('inbox')).items.length).toBeGreaterThan(0);
  });

  test('takes no filter that Microsoft does not', async () => {
    const filter = encodeURIComponent("subject eq 'x'");
    const path = `${USER}/mailFolders/inbox/messages/delta?$filter=${filter}`;
    expect((await client.graph(path)).status).toBe(400);
  });

  test('shows folders in folders', async () => {
    const inbox = box.folder('inbox')?.id ?? '';
    const inner = box.addFolder('Invoices', inbox);
    const response = await client.graph(`${USER}/mailFolders/inbox/childFolders`);
    const { value } = (await response.json()) as { readonly value: readonly object[] };
    expect(value).toEqual([expect.objectContaining({ id: inner.id, parentFolderId: inbox })]);
    const top = await client.graph(`${USER}/mailFolders?$top=50`);
    expect(JSON.stringify(await top.json())).not.toContain('Invoices');
  });
});

describe('the calendar view', () => {
  const view = (from: number, to: number, more = '') =>
    client.graph(
      `${USER}/calendarView?startDateTime=${new Date(from).toISOString()}&endDateTime=${new Date(to).toISOString()}${more}`,
      { headers: { prefer: 'outlook.timezone="UTC"' } },
    );

  test('has every recurrence by itself, in the form that Microsoft describes', async () => {
    const now = Date.now();
    const response = await view(now, now + 14 * DAY, '&$top=100');
    const body: unknown = await response.json();
    const validate = validatorFor('/components/schemas/microsoft.graph.eventCollectionResponse');
    validate(body);
    expect(validate.errors ?? []).toEqual([]);
    const { value } = body as { readonly value: readonly { readonly subject: string }[] };
    const standUps = value.filter(({ subject }) => subject === 'Daily stand-up');
    expect(standUps.length).toBeGreaterThanOrEqual(9);
  });

  test('needs a window, and knows the names of properties', async () => {
    expect((await client.graph(`${USER}/calendarView`)).status).toBe(400);
    expect((await view(0, DAY, '&$select=subject,nonsense')).status).toBe(400);
  });
});

test('a folder is listed by time of receipt, the newest first, and only when it is sorted by it', async () => {
  const at = Date.UTC(2026, 0, 10);
  for (const [number, subject] of ['first', 'second', 'third'].entries())
    await store('archive', subject, at + number * DAY);
  const time = (day: number) => new Date(at + day * DAY).toISOString();
  const filter = `receivedDateTime ge ${time(0)} and receivedDateTime le ${time(1)}`;
  const list = (more: string) =>
    client.graph(
      `${USER}/mailFolders/archive/messages?$select=subject&$filter=${encodeURIComponent(filter)}${more}`,
    );
  const sorted = await list('&$orderby=receivedDateTime%20desc');
  expect(await sorted.json()).toMatchObject({
    value: [{ subject: 'second' }, { subject: 'first' }],
  });
  expect((await list('')).status).toBe(400);
});
