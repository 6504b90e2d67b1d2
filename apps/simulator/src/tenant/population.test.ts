import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../start-simulator.ts';
import { answer, type Answer, Client } from '../testing.ts';
import type { Recipient } from './recipient.ts';
import type { Shifted } from './shift.ts';

const USERS = 1000;
let simulator: Simulator;
let client: Client;

beforeAll(async () => {
  simulator = await startSimulator({ sampleDays: 1, pageSize: 300, users: USERS });
  client = new Client(simulator);
});
afterAll(async () => {
  const ours = simulator.contract.faults.filter(({ side }) => side === 'response');
  await simulator.stop();
  expect(ours).toEqual([]);
});

interface Group extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly 'members@delta'?: readonly { readonly id: string; readonly '@removed'?: object }[];
}

async function round(path: string): Promise<{ entries: Answer['value']; delta: string }> {
  const entries: Answer['value'][number][] = [];
  let page: Answer = await answer(client.graph(path));
  for (;;) {
    entries.push(...page.value);
    const next = page['@odata.nextLink'];
    if (next === undefined) return { entries, delta: page['@odata.deltaLink'] ?? '' };
    page = await answer(client.graph(next));
  }
}

async function truth(): Promise<Recipient[]> {
  const lines = await (await fetch(`${simulator.controlUrl}/control/directory`)).text();
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recipient);
}

const idsOf = (type: Recipient['type'], all: readonly Recipient[]) =>
  all.filter((one) => one.type === type).map(({ id }) => id);

describe('a generated population', () => {
  test('has every kind in the shares of an ordinary company, everybody once, with addresses of their own', async () => {
    const all = await truth();
    const generated = all.filter(({ id }) => id.endsWith('5eedc0de5eed'));
    const purposes = Map.groupBy(generated, (one) =>
      one.type === 'user' ? one.purpose : one.type,
    );
    const counts = Object.fromEntries([...purposes].map(([kind, list]) => [kind, list.length]));
    expect(counts).toEqual({
      user: 875,
      shared: 40,
      room: 10,
      equipment: 5,
      guest: 50,
      none: 20,
      group: 41,
      contact: 20,
      publicFolder: 2,
    });
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const addresses = all.flatMap((one) => one.addresses);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test('is the same in Graph, list and delta, and in Exchange; and in every run', async () => {
    const all = await truth();
    const users = new Set(idsOf('user', all));
    expect(new Set((await round('/users?$top=999')).entries.map(({ id }) => id))).toEqual(users);
    expect(new Set((await round('/users/delta')).entries.map(({ id }) => id))).toEqual(users);
    const mailboxes = await answer(
      client.cmdlet('Get-Mailbox', { RecipientTypeDetails: ['SharedMailbox'], ResultSize: 500 }),
    );
    expect(mailboxes.value.length).toBe(42);
    const other = await startSimulator({ sampleDays: 0, pageSize: 300, users: USERS });
    const elsewhere = await (await fetch(`${other.controlUrl}/control/directory`)).text();
    await other.stop();
    expect(elsewhere.split('\n').length).toBe(all.length + 1);
    expect(elsewhere).toContain(JSON.stringify(all.at(-1)));
  });

  test('answers for one of them by id, name and alias, and takes mail', async () => {
    const user = (await truth()).find(
      (one) => one.type === 'user' && one.id.endsWith('5eedc0de5eed') && one.purpose === 'user',
    );
    const name = user?.type === 'user' ? user.userPrincipalName : '';
    expect(await answer(client.graph(`/users/${name}`))).toMatchObject({ id: user?.id });
    expect(await answer(client.graph(`/users/${user?.id}`))).toMatchObject({ id: user?.id });
    expect(await client.smtp(user?.addresses[1] ?? '', 'Subject: Hello\r\n\r\nHello.\r\n')).toMatch(
      /^250/,
    );
    expect(await client.messages(user?.addresses[1] ?? '')).toMatchObject([{ subject: 'Hello' }]);
    const boxes = await client.control<{ address: string }[]>('/mailboxes');
    expect(boxes.map(({ address }) => address)).toContain(user?.addresses[0]);
    expect(boxes.length).toBeLessThan(100);
  });
});

describe('delta', () => {
  test('tells who changed, left for now, left for good and came back, and nothing else', async () => {
    const first = await round('/users/delta?$select=id,displayName,accountEnabled');
    const shift = (body: object) => client.control<Shifted>('/tenant/shift', body);
    const gone = await shift({ softDeleted: 0.02, deleted: 0.01, changed: 0.03, seed: 'a' });
    expect([gone.softDeleted.length, gone.deleted.length, gone.changed.length]).toEqual([
      20, 10, 31,
    ]);
    const second = await round(first.delta);
    const reasons = new Map(second.entries.map((entry) => [entry.id, entry['@removed']]));
    expect(reasons.size).toBe(61);
    expect(gone.softDeleted.map((id) => reasons.get(id))).toEqual(
      gone.softDeleted.map(() => ({ reason: 'changed' })),
    );
    expect(gone.deleted.map((id) => reasons.get(id))).toEqual(
      gone.deleted.map(() => ({ reason: 'deleted' })),
    );
    const back = await shift({ restored: 0.5, disabled: 0.01, seed: 'b' });
    expect(back.restored.length).toBe(10);
    const third = await round(second.delta);
    expect(new Set(third.entries.map(({ id }) => id))).toEqual(
      new Set([...back.restored, ...back.disabled]),
    );
    expect((await round(third.delta)).entries).toEqual([]);
    const users = new Set(idsOf('user', await truth()));
    expect(new Set((await round('/users/delta')).entries.map(({ id }) => id))).toEqual(users);
  });

  test('gives the members of groups when they are selected, large groups in pieces, and then who came and went', async () => {
    const path = '/groups/delta?$select=id,displayName,mail,members';
    const first = await round(path);
    const pieces = (entries: Answer['value'], id: string) =>
      (entries as unknown as readonly Group[]).filter((entry) => entry.id === id);
    const all = await truth();
    const large = all.find((one) => one.type === 'group' && one.members.length >= USERS);
    expect(
      pieces(first.entries, large?.id ?? '').map((one) => one['members@delta']?.length),
    ).toEqual([500, expect.any(Number)]);
    expect((await round('/groups/delta?$select=id')).entries[0]).not.toHaveProperty(
      'members@delta',
    );
    const group = all.find((one) => one.type === 'group' && one.displayName === 'All Hands');
    const members = ['adele.vance@contoso.example', 'lee.gu@contoso.example'];
    await fetch(
      `${simulator.controlUrl}/control/directory/groups/all-hands@contoso.example/members`,
      {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ members }),
      },
    );
    const second = await round(first.delta);
    const changes = pieces(second.entries, group?.id ?? '').flatMap(
      (one) => one['members@delta'] ?? [],
    );
    expect(changes.filter((change) => change['@removed'] !== undefined)).toHaveLength(4);
    expect(changes.filter((change) => change['@removed'] === undefined)).toHaveLength(1);
    expect(second.entries).toHaveLength(1);
  });

  test('from before a reset is gone', async () => {
    const { delta } = await round('/contacts/delta');
    await client.control('/reset', {});
    expect((await client.graph(delta)).status).toBe(410);
  });
});

test('grows once, on demand', async () => {
  const small = await startSimulator({ sampleDays: 0 });
  const grow = async () =>
    (
      await fetch(`${small.controlUrl}/control/tenant/grow`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ users: 2000 }),
      })
    ).status;
  expect([await grow(), await grow()]).toEqual([200, 409]);
  await small.stop();
});
