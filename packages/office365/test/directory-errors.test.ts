import type { DirectoryFact, GraphCollection } from '@holdfast/application';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTenantDirectory } from '../src/directory/tenant-directory.ts';
import { failure } from './contoso.ts';
import {
  startSimulatedTenant,
  type AwkwardRule,
  type SimulatedTenant,
} from './simulated-tenant.ts';

/** Delta queries and mailbox kinds on a bad day: reference 2.2 and 2.3. */
let tenant: SimulatedTenant;
beforeAll(async () => {
  tenant = await startSimulatedTenant();
});
beforeEach(() => tenant.control('/reset', {}));
afterAll(async () => {
  const faults = await tenant.faults();
  await tenant[Symbol.asyncDispose]();
  expect(faults).toEqual([]);
});

interface Round {
  /** Name by id, as the last fact about each has it. */
  readonly names: ReadonlyMap<string, string>;
  readonly gone: ReadonlySet<string>;
  readonly restarts: number;
  readonly full: boolean;
  readonly deltaLink: string;
}

async function round(collection: GraphCollection, from: string | null = null): Promise<Round> {
  const facts: DirectoryFact[] = [];
  let restarts = 0;
  const receiver = {
    page: async (some: readonly DirectoryFact[]) => void facts.push(...some),
    restart: async () => {
      restarts += 1;
      facts.length = 0;
    },
  };
  const directory = createTenantDirectory(tenant.options);
  const ended = await directory.round(tenant.credentials, collection, from, receiver);
  if (ended === null) throw new Error('not permitted');
  const names = new Map<string, string>();
  const gone = new Set<string>();
  for (const fact of facts) {
    if (fact.fact === 'object') {
      names.set(fact.object.externalId, fact.object.displayName);
      gone.delete(fact.object.externalId);
    }
    if (fact.fact === 'gone') {
      names.delete(fact.externalId);
      gone.add(fact.externalId);
    }
  }
  return { names, gone, restarts, ...ended };
}

interface Person {
  readonly id: string;
  readonly type: string;
  readonly displayName: string;
}

/** What the tenant really has. */
async function truth(type: string): Promise<ReadonlyMap<string, string>> {
  const root = new URL(tenant.options.graphBase).origin;
  const lines = (await (await fetch(`${root}/control/directory`)).text()).trim().split('\n');
  const all = lines.map((line) => JSON.parse(line) as Person);
  return new Map(
    all.filter((one) => one.type === type).map(({ id, displayName }) => [id, displayName]),
  );
}

const delta = (fault: AwkwardRule['fault'], calls?: readonly number[]): AwkwardRule => ({
  service: 'graph',
  path: '/users/delta',
  fault,
  ...(calls !== undefined && { calls }),
});

describe('a whole round ends with the truth: reference 2.2', () => {
  it.each([
    ['on a good day', [], 0],
    ['with empty pages', [delta({ kind: 'empty-pages', pages: 2 })], 0],
    ['with objects twice, an older state first', [delta({ kind: 'duplicates' })], 0],
    ['out of order', [delta({ kind: 'out-of-order' })], 0],
    ['with removals of what was never there', [delta({ kind: 'phantom-removals' })], 0],
    ['with words in PascalCase', [delta({ kind: 'pascal-case' })], 0],
    [
      'with all of that at once',
      [
        delta({ kind: 'duplicates' }),
        delta({ kind: 'out-of-order' }),
        delta({ kind: 'phantom-removals' }),
        delta({ kind: 'empty-pages' }, [1, 3]),
      ],
      0,
    ],
    ['after 410 in the middle', [delta({ kind: 'gone' }, [3])], 1],
    ['after 410 with a place to begin again', [delta({ kind: 'gone', location: true }, [2])], 1],
    ['after 410 resyncRequired', [delta({ kind: 'gone', code: 'resyncRequired' }, [2])], 1],
    [
      'after 429 and a cut connection',
      [delta({ kind: 'busy' }, [1]), delta({ kind: 'cut', when: 'in-body' }, [4])],
      0,
    ],
  ] as const)('%s', async (_name, rules, restarts) => {
    await tenant.awkward(...rules);
    const read = await round('users');
    expect(read).toMatchObject({ restarts, full: true });
    expect(read.names).toEqual(await truth('user'));
  });

  it('410 again and again is an error, and no shorter list', async () => {
    await tenant.awkward(delta({ kind: 'gone' }));
    expect(await failure(round('users'))).toMatchObject({ code: 'unexpected' });
  });

  it('a round that ends at another host is an error', async () => {
    await tenant.awkward(delta({ kind: 'foreign-link' }, [3]));
    expect(await failure(round('users'))).toMatchObject({ code: 'unexpected' });
  });
});

describe('the next round tells what happened since: reference 2.2', () => {
  it.each([
    ['on a good day', []],
    ['out of order and twice', [delta({ kind: 'out-of-order' }), delta({ kind: 'duplicates' })]],
  ])('%s', async (_name, rules) => {
    const first = await round('users');
    const shift = (body: object) =>
      tenant.control<
        Readonly<Record<'changed' | 'softDeleted' | 'deleted' | 'restored', string[]>>
      >('/tenant/shift', body);
    const gone = await shift({ changed: 0.2, softDeleted: 0.1, deleted: 0.1, seed: 'a' });
    await tenant.awkward(...rules);
    const second = await round('users', first.deltaLink);
    expect(second.full).toBe(false);
    expect(second.gone).toEqual(new Set([...gone.softDeleted, ...gone.deleted]));
    expect(new Set(second.names.keys())).toEqual(new Set(gone.changed));
    const back = await shift({ restored: 1, seed: 'b' });
    expect(back.restored.length).toBe(gone.softDeleted.length);
    const third = await round('users', second.deltaLink);
    expect(new Set(third.names.keys())).toEqual(new Set(back.restored));
  });

  it('410 for a mark that is a week old: everything comes again', async () => {
    const { deltaLink } = await round('users');
    await tenant.awkward(delta({ kind: 'gone' }, [1]));
    const again = await round('users', deltaLink);
    expect(again).toMatchObject({ restarts: 1, full: true });
    expect(again.names.size).toBe((await truth('user')).size);
  });
});

describe('what a mailbox is for: reference 2.3', () => {
  const kinds = async (...addresses: readonly string[]) => {
    const facts: DirectoryFact[] = [];
    const allowed = await createTenantDirectory(tenant.options).purposes(
      tenant.credentials,
      addresses,
      async (some) => void facts.push(...some),
    );
    return {
      allowed,
      kinds: facts.map((fact) => (fact.fact === 'purpose' ? [fact.kind, fact.hasMailbox] : [])),
    };
  };
  const settings = (fault: AwkwardRule['fault'], calls?: readonly number[]): AwkwardRule => ({
    service: 'graph',
    path: '/users/*/mailboxSettings',
    fault,
    ...(calls !== undefined && { calls }),
  });
  const SHARED = 'sales@contoso.example';
  const PERSON = 'adele.vance@contoso.example';

  it.each([
    ['a person', PERSON, 'user', true],
    ['a shared mailbox', SHARED, 'shared-mailbox', true],
    ['a room', 'room.adams@contoso.example', 'room', true],
    ['equipment', 'van.transit@contoso.example', 'equipment', true],
    ['404 MailboxNotEnabledForRESTAPI', 'delia.dennis@contoso.example', 'user', false],
  ])('%s', async (_name, address, kind, hasMailbox) => {
    expect(await kinds(address)).toEqual({ allowed: true, kinds: [[kind, hasMailbox]] });
  });

  it.each([
    ['in PascalCase', settings({ kind: 'pascal-case' })],
    ['throttled once inside the batch', settings({ kind: 'busy', retryAfterSeconds: 3 }, [2])],
    ['cut once inside the batch', settings({ kind: 'cut', when: 'before' }, [2])],
    ['refused once for the token inside the batch', settings({ kind: 'token-refused' }, [2])],
    [
      'in a batch that leaves one out',
      { service: 'graph', path: '/$batch', calls: [1], fault: { kind: 'missing-part' } } as const,
    ],
  ])('%s: known all the same', async (_name, rule) => {
    await tenant.awkward(rule);
    const read = await kinds(PERSON, SHARED);
    expect(read.kinds).toEqual([
      ['user', true],
      ['shared-mailbox', true],
    ]);
  });

  it('403 for everybody: the permission is missing, and nobody is called anything', async () => {
    await tenant.awkward(settings({ kind: 'refused', status: 403, code: 'ErrorAccessDenied' }));
    expect(await kinds(PERSON, SHARED)).toEqual({ allowed: false, kinds: [] });
  });

  it('503 for good: left out, to be asked another time', async () => {
    await tenant.awkward(settings({ kind: 'busy', status: 503 }));
    expect(await kinds(PERSON)).toEqual({ allowed: true, kinds: [] });
  });
});
