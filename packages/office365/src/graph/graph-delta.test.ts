import type { DirectoryFact, GraphCollection } from '@holdfast/application';
import { afterEach, describe, expect, it } from 'vitest';
import { failure, markOf, tenant } from '../../test/contoso.ts';
import {
  credentials,
  startMicrosoft,
  type Answer,
  type ScriptedMicrosoft,
} from '../../test/scripted-microsoft.ts';
import { createTenantDirectory } from '../directory/tenant-directory.ts';

const open: ScriptedMicrosoft[] = [];

afterEach(async () => {
  for (const microsoft of open.splice(0)) await microsoft[Symbol.asyncDispose]();
});

/** Reads a round from Contoso, with what `answer` puts in the place of the collection's pages. */
async function round(
  collection: GraphCollection,
  given: {
    readonly answer?: (page: number, base: string, url: string) => Answer | undefined;
    readonly from?: (base: string) => string;
  } = {},
) {
  let page = 0;
  const started = await startMicrosoft(
    tenant((asked, base) => {
      if (asked.path !== `/${collection}/delta`) return undefined;
      return given.answer?.((page += 1), base, asked.query.toString());
    }),
  );
  open.push(started);
  const facts: DirectoryFact[] = [];
  let restarts = 0;
  const from = given.from?.(started.base) ?? null;
  const read = createTenantDirectory(started.options).round(credentials, collection, from, {
    page: async (some) => void facts.push(...some),
    restart: async () => void ((restarts += 1), facts.splice(0)),
  });
  return { started, facts, restarts: () => restarts, read };
}

const asked = (started: ScriptedMicrosoft, collection: GraphCollection) =>
  started.asked
    .filter(({ path }) => path === `/${collection}/delta`)
    .map(({ query }) => query.toString());
const object = (id: string, displayName = id) => ({
  id,
  displayName,
  mail: `${id}@contoso.example`,
});
const objectsOf = (facts: readonly DirectoryFact[]) =>
  facts.flatMap((fact) => (fact.fact === 'object' ? [fact.object] : []));

describe('a first round', () => {
  it('is everything, page by page, and ends with a mark', async () => {
    const { started, facts, read } = await round('users');
    expect(await read).toEqual({ deltaLink: markOf(started.base, 'users'), full: true });
    const users = objectsOf(facts);
    expect(users.map(({ kind, primaryAddress }) => [primaryAddress, kind])).toEqual([
      ['megan@contoso.example', 'user'],
      // A disabled account without a plan, until somebody knows better.
      ['info@contoso.example', 'shared-mailbox'],
      ['ann@partner.example', 'guest'],
      ['new@contoso.example', 'user'],
      ['room1@contoso.example', 'shared-mailbox'],
      [null, 'user'],
    ]);
    expect(users[0]).toMatchObject({
      externalId: 'u1',
      addresses: ['megan@contoso.example', 'm.b@contoso.example'],
      hasMailbox: true,
      directoryPhone: '+1 425 555 0101',
      preferredLanguage: 'en-US',
    });
    expect(users[3]).toMatchObject({ hasMailbox: false });
  });

  it('takes empty pages, repetitions and removals as they come', async () => {
    const { facts, read } = await round('users', {
      answer: (page, base) => {
        const next = { '@odata.nextLink': `${base}/graph/v1.0/users/delta?$skiptoken=${page}` };
        if (page === 1) return { json: { value: [], ...next } };
        if (page === 2) return { json: { value: [object('a', 'old')], ...next } };
        const gone = { id: 'b', '@removed': { reason: 'changed' } };
        return {
          json: { value: [gone, object('a', 'new')], '@odata.deltaLink': markOf(base, 'users') },
        };
      },
    });
    expect(await read).toMatchObject({ full: true });
    expect(facts).toMatchObject([
      { fact: 'object', object: { externalId: 'a', displayName: 'old' } },
      { fact: 'gone', externalId: 'b' },
      { fact: 'object', object: { externalId: 'a', displayName: 'new' } },
    ]);
  });

  it('gathers the members of a group from all of its parts', async () => {
    const { facts, read } = await round('groups', {
      answer: (_page, base) => ({
        json: {
          value: [
            { ...object('g'), 'members@delta': [{ id: 'a' }, { id: 'b' }] },
            {
              id: 'g',
              'members@delta': [{ id: 'c' }, { id: 'a', '@removed': { reason: 'deleted' } }],
            },
          ],
          '@odata.deltaLink': markOf(base, 'groups'),
        },
      }),
    });
    await read;
    expect(
      facts.map((fact) => (fact.fact === 'object' ? fact.fact : Object.values(fact).join(' '))),
    ).toEqual([
      'object',
      'member g a',
      'member g b',
      // This part says nothing of the group itself, and so takes nothing of it back.
      'member g c',
      'member-gone g a',
    ]);
  });
});

describe('a round after a mark', () => {
  it('begins at the mark and is no full one', async () => {
    const { started, read } = await round('users', {
      from: (base) => markOf(base, 'users'),
      answer: (_page, base) => ({
        json: { value: [], '@odata.deltaLink': `${base}/graph/v1.0/users/delta?$deltatoken=2` },
      }),
    });
    expect(await read).toEqual({
      deltaLink: `${started.base}/graph/v1.0/users/delta?$deltatoken=2`,
      full: false,
    });
    expect(asked(started, 'users')).toEqual(['%24deltatoken=after']);
  });

  it.each([
    ['Microsoft names a place', 'here'],
    ['it names none', 'nothing'],
    ['it names another host', 'elsewhere'],
  ])('after 410 begins anew with its own selection when %s', async (_name, place) => {
    const { started, facts, restarts, read } = await round('users', {
      from: (base) => markOf(base, 'users'),
      answer: (page, base) => {
        if (page === 1) {
          const next = `${base}/graph/v1.0/users/delta?$skiptoken=1`;
          return { json: { value: [object('stale')], '@odata.nextLink': next } };
        }
        if (page === 2) {
          const location =
            place === 'here'
              ? `${base}/graph/v1.0/users/delta?$deltatoken=`
              : 'https://elsewhere.example/v1.0/users/delta';
          return { status: 410, ...(place !== 'nothing' && { headers: { location } }) };
        }
        return { json: { value: [object('a')], '@odata.deltaLink': markOf(base, 'users') } };
      },
    });
    expect(await read).toMatchObject({ full: true });
    expect(restarts()).toBe(1);
    expect(objectsOf(facts).map(({ externalId }) => externalId)).toEqual(['a']);
    expect(asked(started, 'users').at(-1)).toContain('%24select=');
  });

  it('of another host is not followed: everything is read', async () => {
    const { started, read } = await round('users', {
      from: () => 'https://elsewhere.example/v1.0/users/delta?$deltatoken=x',
    });
    expect(await read).toMatchObject({ full: true });
    expect(asked(started, 'users')[0]).toContain('%24select=');
  });
});

describe('a round that cannot be trusted fails', () => {
  it.each<[string, (base: string) => Answer]>([
    ['without an end', () => ({ json: { value: [object('a')] } })],
    ['with an unreadable page', () => ({ text: '<html>' })],
    [
      'in a circle',
      (base) => ({
        json: { value: [], '@odata.nextLink': `${base}/graph/v1.0/users/delta?$skiptoken=x` },
      }),
    ],
    [
      'on another host',
      () => ({ json: { value: [], '@odata.nextLink': 'https://elsewhere.example/' } }),
    ],
    ['that begins anew for ever', () => ({ status: 410 })],
  ])('%s', async (_name, answer) => {
    const { read } = await round('users', { answer: (_page, base) => answer(base) });
    expect(await failure(read)).toMatchObject({ code: 'unexpected' });
  });

  it('is null when the permission is missing, which is no failure', async () => {
    const { read } = await round('contacts', { answer: () => ({ status: 403 }) });
    expect(await read).toBeNull();
  });
});
