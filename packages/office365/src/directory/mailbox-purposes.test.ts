import type { DirectoryFact } from '@holdfast/application';
import { afterEach, describe, expect, it } from 'vitest';
import { batchOf, tenant } from '../../test/contoso.ts';
import {
  credentials,
  startMicrosoft,
  type ScriptedMicrosoft,
} from '../../test/scripted-microsoft.ts';
import { createTenantDirectory } from './tenant-directory.ts';

const open: ScriptedMicrosoft[] = [];
afterEach(async () => {
  for (const microsoft of open.splice(0)) await microsoft[Symbol.asyncDispose]();
});

interface Part {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

async function ask(ids: readonly string[], part: (id: string, turn: number) => Part) {
  let turn = 0;
  const started = await startMicrosoft(
    tenant((asked) => {
      if (asked.path !== '/$batch') return undefined;
      turn += 1;
      const responses = batchOf(asked).map(({ id, url }) => {
        const user = /users\/([^/]+)\//.exec(url)?.[1] ?? '';
        return { id, body: {}, ...part(user, turn) };
      });
      return { json: { responses: responses.toReversed() } };
    }),
  );
  open.push(started);
  const facts: DirectoryFact[] = [];
  const permitted = await createTenantDirectory(started.options).purposes(
    credentials,
    ids,
    async (some) => void facts.push(...some),
  );
  return { started, permitted, facts };
}

const purpose = (userPurpose: string): Part => ({ status: 200, body: { userPurpose } });

describe('what mailboxes are for', () => {
  it('is read 20 at a time, and again for those that were throttled inside the batch', async () => {
    const ids = Array.from({ length: 45 }, (_none, at) => `m${at}`);
    const { started, facts } = await ask(ids, (id, turn) =>
      turn === 1 && id === 'm3'
        ? { status: 429, headers: { 'Retry-After': '7' } }
        : purpose('user'),
    );
    const sizes = started.asked
      .filter(({ path }) => path === '/$batch')
      .map((asked) => batchOf(asked).length);
    expect(sizes).toEqual([20, 1, 20, 5]);
    expect(started.pauses).toEqual([7000]);
    expect(facts).toHaveLength(45);
  });

  it.each([
    ['User', 'user'],
    ['linked', 'user'],
    ['shared', 'shared-mailbox'],
    ['room', 'room'],
    ['equipment', 'equipment'],
    ['others', 'shared-mailbox'],
  ])('%s is a mailbox of kind %s', async (word, kind) => {
    const { facts } = await ask(['a'], () => purpose(word));
    expect(facts).toMatchObject([{ fact: 'purpose', externalId: 'a', kind, hasMailbox: true }]);
  });

  it('is nothing where there is no mailbox, and not known where the store is down', async () => {
    const { permitted, facts } = await ask(['none', 'down', 'mine'], (id) =>
      id === 'none' ? { status: 404 } : id === 'down' ? { status: 500 } : purpose('user'),
    );
    expect(permitted).toBe(true);
    expect(facts).toMatchObject([
      { externalId: 'none', kind: 'user', hasMailbox: false },
      { externalId: 'mine', kind: 'user', hasMailbox: true },
    ]);
  });

  it('is nobody’s business without the permission', async () => {
    expect(await ask(['a', 'b'], () => ({ status: 403 }))).toMatchObject({
      permitted: false,
      facts: [],
    });
  });
});
