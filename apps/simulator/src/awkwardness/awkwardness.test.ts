import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../start-simulator.ts';
import { TENANT_ID } from '../tenant/identity.ts';
import { answer, type Answer, Client } from '../testing.ts';
import type { AwkwardnessInput } from './awkwardness.ts';
import type { RuleInput } from './rule.ts';

let simulator: Simulator;
let client: Client;

beforeAll(async () => {
  simulator = await startSimulator({ sampleDays: 0 });
  client = new Client(simulator);
  await client.graph('/organization');
});
afterEach(() => simulator.awkwardness.reset());
afterAll(async () => {
  const ours = simulator.contract.faults.filter(({ side }) => side === 'response');
  await simulator.stop();
  expect(ours).toEqual([]);
});

const happens = (fault: RuleInput['fault'], rule: Omit<RuleInput, 'fault'> = {}) =>
  simulator.awkwardness.set({ rules: [{ service: 'graph', ...rule, fault }] });

/** Every page from here on, links followed. */
async function pages(path: string): Promise<Answer[]> {
  const found: Answer[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const page: Answer = await answer(client.graph(next));
    found.push(page);
    next = page['@odata.nextLink'];
  }
  return found;
}
const ids = (all: readonly Answer[]) => all.flatMap(({ value }) => value.map(({ id }) => id));

describe('a rule', () => {
  test('hits the calls it names: by path, method, cmdlet and number', async () => {
    happens({ kind: 'busy' }, { path: '/users/*/mailFolders', calls: [2] });
    const folders = '/users/adele.vance@contoso.example/mailFolders';
    const statuses = [];
    for (const path of [folders, '/users', folders, folders])
      statuses.push((await client.graph(path)).status);
    expect(statuses).toEqual([200, 200, 429, 200]);
    expect(simulator.awkwardness.given).toMatchObject([
      { call: 3, service: 'graph', method: 'GET', path: folders, fault: { kind: 'busy' } },
    ]);

    const cmdlet = { service: 'exchange', cmdlet: 'Get-AcceptedDomain' } as const;
    happens({ kind: 'busy', status: 503 }, cmdlet);
    expect((await client.cmdlet('Get-OrganizationConfig')).status).toBe(200);
    expect((await client.cmdlet('get-accepteddomain')).status).toBe(503);
  });

  test('hits every n-th call, or each with a probability that a seed repeats', async () => {
    happens({ kind: 'busy' }, { every: 3 });
    const statuses = async (count: number) => {
      const found: number[] = [];
      for (let at = 0; at < count; at += 1)
        found.push((await client.graph('/organization')).status);
      return found;
    };
    expect(await statuses(6)).toEqual([200, 200, 429, 200, 200, 429]);
    const run = async () => {
      happens({ kind: 'busy' }, { probability: 0.5 });
      return statuses(20);
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([200, 429]));
    expect(await run()).toEqual(first);
  });

  test('reaches the requests inside a batch: a part is throttled, what depends on it fails, one is left out', async () => {
    const settings = (user: string) => `/users/${user}@contoso.example/mailboxSettings`;
    const requests = [
      { id: '1', method: 'GET', url: settings('adele.vance') },
      { id: '2', method: 'GET', url: settings('megan.bowen') },
      { id: '3', method: 'GET', url: settings('sales'), dependsOn: ['2'] },
    ];
    const batch = async (): Promise<Answer & { responses: object[] }> =>
      answer(client.graph('/$batch', { method: 'POST', body: JSON.stringify({ requests }) }));
    const path = '/users/*/mailboxSettings';
    happens({ kind: 'busy', retryAfterSeconds: 7 }, { path, calls: [2] });
    expect((await batch()).responses).toMatchObject([
      { id: '1', status: 200 },
      { id: '2', status: 429, headers: { 'Retry-After': '7' } },
      { id: '3', status: 424 },
    ]);
    happens({ kind: 'cut', when: 'before' }, { path, calls: [1] });
    expect((await batch()).responses).toMatchObject([{ status: 504 }, { status: 200 }, {}]);
    happens({ kind: 'missing-part', position: 1 }, { path: '/$batch' });
    expect((await batch()).responses).toMatchObject([{ id: '1' }, { id: '3' }]);
  });
});

describe('instead of the service', () => {
  test.each([
    [{ kind: 'busy', retryAfterSeconds: 3 }, 429, /^3$/],
    [{ kind: 'busy', status: 503, retryAfterSeconds: 3, retryAfterAs: 'date' }, 503, /GMT$/],
    [{ kind: 'busy', status: 504 }, 504, /^$/],
    [{ kind: 'token-refused' }, 401, /^$/],
    [{ kind: 'refused', status: 403, code: 'ErrorAccessDenied' }, 403, /^$/],
  ] as const)('%o', async (fault, status, retryAfter) => {
    happens(fault);
    const response = await client.graph('/users');
    expect(response.headers.get('retry-after') ?? '').toMatch(retryAfter);
    const said = await answer(response);
    expect([response.status, typeof said.error.code]).toEqual([status, 'string']);
  });

  test.each([
    [true, /\/graph\/v1\.0\/users\/delta$/],
    [false, /^$/],
  ])('410 for an old delta token; with a place to start again: %s', async (location, place) => {
    happens({ kind: 'gone', location });
    const response = await client.graph('/users/delta?$deltatoken=old');
    expect(response.status).toBe(410);
    expect((await answer(response)).error.code).toBe('syncStateNotFound');
    expect(response.headers.get('location') ?? '').toMatch(place);
  });

  test('a page of HTML, and a refusal padded with NUL', async () => {
    happens({ kind: 'html', status: 200 });
    const page = await client.graph('/users');
    expect(page.headers.get('content-type')).toMatch(/html/);
    happens({ kind: 'refused', status: 403, padded: true }, { service: 'exchange' });
    const refusal = await (await client.cmdlet('Get-AcceptedDomain')).text();
    expect(refusal).toMatch(/^\0+\{.*\}\0+$/s);
  });

  test('the connection ends before, after and in the middle', async () => {
    const path = '/users/adele.vance@contoso.example/mailFolders/drafts/messages';
    const count = async () => (await answer(client.graph(path))).value.length;
    const create = () =>
      client
        .graph(path, { method: 'POST', body: JSON.stringify({ subject: 'Cut' }) })
        .then((response) => response.text());
    const outcomes: number[] = [];
    for (const when of ['before', 'after', 'in-body'] as const) {
      happens({ kind: 'cut', when }, { method: 'POST' });
      await expect(create()).rejects.toThrow();
      simulator.awkwardness.reset();
      outcomes.push(await count());
    }
    expect(outcomes).toEqual([0, 1, 2]);
  });

  test('the sign-in can be busy like everything else', async () => {
    happens({ kind: 'busy', status: 503 }, { service: 'login', path: `/${TENANT_ID}/**` });
    const response = await client.requestToken();
    expect(response.status).toBe(503);
    expect((await answer(response)).error_description).toMatch(/^AADSTS90033/);
  });
});

describe('the answer itself', () => {
  test.each(['/users', '/users/delta'])(
    '%s: empty pages, duplicates and disorder lose nothing and add nothing',
    async (path) => {
      const orderly = await pages(path);
      simulator.awkwardness.set({
        rules: [
          { fault: { kind: 'empty-pages', pages: 2 }, every: 2 },
          { fault: { kind: 'duplicates' } },
          { fault: { kind: 'out-of-order' } },
        ],
      });
      const awkward = await pages(path);
      expect(awkward.some(({ value }) => value.length === 0)).toBe(true);
      expect(ids(awkward).length).toBeGreaterThan(ids(orderly).length);
      expect(ids(awkward)).not.toEqual(ids(orderly));
      expect(new Set(ids(awkward))).toEqual(new Set(ids(orderly)));
      const names = (all: readonly Answer[]) =>
        new Map(all.flatMap(({ value }) => value.map(({ id, displayName }) => [id, displayName])));
      // The last state of an object is its newest.
      expect(names(awkward)).toEqual(names(orderly));
    },
  );

  test.each(['/users', '/users/delta'])(
    '%s: what has moved to a page that is cut is there when the page is asked for again',
    async (path) => {
      const orderly = await pages(path);
      happens({ kind: 'out-of-order' });
      const found = [await answer(client.graph(path))];
      let cuts = 0;
      for (let next = found[0]?.['@odata.nextLink']; next !== undefined;) {
        simulator.awkwardness.set({ rules: [{ fault: { kind: 'cut', when: 'in-body' } }] });
        const text = await client.graph(next).then((cut) => cut.text().catch(() => null));
        if (text === null) cuts += 1;
        happens({ kind: 'out-of-order' });
        const page: Answer = await answer(client.graph(next));
        found.push(page);
        next = page['@odata.nextLink'];
      }
      expect(cuts).toBe(found.length - 1);
      expect(found.length).toBeGreaterThan(1);
      expect(new Set(ids(found))).toEqual(new Set(ids(orderly)));
    },
  );

  test('removals of what was never there', async () => {
    happens({ kind: 'phantom-removals' }, { path: '/users/delta', calls: [1] });
    const [first] = await pages('/users/delta');
    expect(first?.value.at(0)).toMatchObject({ '@removed': { reason: 'changed' } });
    expect(first?.value.at(-1)).toMatchObject({ '@removed': { reason: 'deleted' } });
  });

  test('links to another host, and in a circle', async () => {
    happens({ kind: 'foreign-link' });
    const foreign = await answer(client.graph('/users'));
    expect(foreign['@odata.nextLink']).toMatch(/^https:\/\/graph\.attacker\.example\//);
    happens({ kind: 'circular-link' });
    const circular = await answer(client.graph('/users'));
    expect(circular['@odata.nextLink']).toBe(`${simulator.graphBase}/users`);
  });

  test('words in PascalCase, lists of other types, and the headers of a limit that is near', async () => {
    happens({ kind: 'pascal-case' });
    const settings = '/users/adele.vance@contoso.example/mailboxSettings?$select=userPurpose';
    expect(await answer(client.graph(settings))).toMatchObject({ userPurpose: 'User' });
    happens({ kind: 'wrong-types' }, { service: 'exchange' });
    const policies = await answer(client.cmdlet('Get-HostedContentFilterPolicy'));
    expect(policies.value[0]).toMatchObject({
      AllowedSenders: ['newsletter@northwind.example', 'invoices@fabrikam.example'],
      AllowedSenderDomains: 'fabrikam.example',
    });
    happens({ kind: 'near-limit', percentage: 0.85 });
    const response = await client.graph('/users');
    expect(response.headers.get('x-ms-throttle-limit-percentage')).toBe('0.85');
    expect(response.headers.get('x-ms-throttle-scope')).not.toBeNull();
  });

  test('late, behind an answer that was asked for afterwards', async () => {
    happens({ kind: 'late', milliseconds: 150 }, { path: '/users' });
    const order: string[] = [];
    await Promise.all(
      ['/users', '/organization'].map(async (path) => {
        await client.graph(path);
        order.push(path);
      }),
    );
    expect(order).toEqual(['/organization', '/users']);
  });
});

describe('chaos', () => {
  const settings: AwkwardnessInput = { chaos: { probability: 0.5, services: ['graph'] } };
  const outcomes = async () => {
    simulator.awkwardness.set(settings);
    for (let at = 0; at < 60; at += 1) {
      await client.graph('/users/delta').then(
        (response) => response.text().catch(() => ''),
        () => '',
      );
    }
    return simulator.awkwardness.given.map(({ call, fault }) => ({ call, fault }));
  };

  test('does everything to everybody, and the same again with the same seed', async () => {
    const first = await outcomes();
    expect(new Set(first.map(({ fault }) => fault.kind)).size).toBeGreaterThan(7);
    expect(await outcomes()).toEqual(first);
  });
});

test('is set over the control API, and forgotten with everything else', async () => {
  const rules = [{ path: '/users', fault: { kind: 'busy' } }];
  expect(await client.control('/awkwardness', { rules })).toMatchObject({ rules, calls: 0 });
  expect((await client.graph('/users')).status).toBe(429);
  expect(await client.control('/awkwardness')).toMatchObject({ calls: 1, given: [{ call: 1 }] });
  expect(
    await client.control('/awkwardness', { rules: [{ fault: { kind: 'no' } }] }),
  ).toMatchObject({ error: { code: 'invalid_request' } });
  await client.control('/reset', {});
  expect((await client.graph('/users')).status).toBe(200);
});
