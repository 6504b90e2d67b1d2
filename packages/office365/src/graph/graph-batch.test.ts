import { afterEach, describe, expect, it } from 'vitest';
import { batchOf } from '../../test/contoso.ts';
import {
  credentials,
  startMicrosoft,
  type ScriptedMicrosoft,
} from '../../test/scripted-microsoft.ts';
import { createGraphClient } from './graph-client.ts';
import { settle } from '../http/options.ts';
import { createTokenSource } from '../sign-in/token-source.ts';

const open: ScriptedMicrosoft[] = [];
afterEach(async () => {
  for (const started of open.splice(0)) await started[Symbol.asyncDispose]();
});

interface Part {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Three questions in a batch; `second` says what becomes of the second one in each round, undefined that it is left out. */
async function ask(second: (round: number) => Part | undefined) {
  const sizes: number[] = [];
  const microsoft = await startMicrosoft((asked) => {
    if (asked.path !== '/$batch') return undefined;
    sizes.push(batchOf(asked).length);
    const responses = batchOf(asked)
      .map(({ id }) => {
        const part = id === '1' ? second(sizes.length) : { status: 200 };
        return part === undefined ? null : { id, body: {}, ...part };
      })
      .filter((part) => part !== null)
      .toReversed();
    return { json: { responses } };
  });
  open.push(microsoft);
  const settings = settle(microsoft.options);
  const client = createGraphClient(settings, createTokenSource(settings));
  const paths = ['a', 'b', 'c'].map((user) => `/users/${user}/mailboxSettings`);
  const answers = await client.batchGet(credentials, paths);
  return {
    statuses: answers.map(({ status }) => status),
    sizes,
    pauses: microsoft.pauses,
    logins: microsoft.asked.filter(({ service }) => service === 'login').length,
  };
}

describe('a part of a batch', () => {
  it.each([
    ['throttled, with a pause named', { status: 429, headers: { 'Retry-After': '7' } }, [7000]],
    ['throttled, without', { status: 429 }, [1000]],
    ['broken', { status: 500 }, [1000]],
    ['not there for a moment', { status: 503 }, [1000]],
    ['too slow', { status: 504 }, [1000]],
    ['left out', undefined, [1000]],
  ] as const)('%s: asked for again, alone', async (_name, part, pauses) => {
    const outcome = await ask((round) => (round === 1 ? part : { status: 200 }));
    expect(outcome).toMatchObject({ statuses: [200, 200, 200], sizes: [3, 1], pauses });
  });

  it('refused once for its token: asked for again with a new one', async () => {
    const outcome = await ask((round) => ({ status: round === 1 ? 401 : 200 }));
    expect(outcome).toMatchObject({ statuses: [200, 200, 200], sizes: [3, 1], logins: 2 });
  });

  it.each([401, 403, 404, 424])('with %i for good: that is its answer', async (status) => {
    const { statuses, sizes } = await ask(() => ({ status }));
    expect(statuses).toEqual([200, status, 200]);
    expect(sizes.length).toBe(status === 401 ? 2 : 1);
  });

  it('throttled each time: given up after as many attempts as any request', async () => {
    const outcome = await ask(() => ({ status: 429 }));
    expect(outcome).toMatchObject({
      statuses: [200, 429, 200],
      sizes: [3, 1, 1, 1, 1],
      pauses: [1000, 2000, 4000, 8000],
    });
  });

  it('that asks for a longer pause than anybody waits: told to the caller', async () => {
    const outcome = await ask(() => ({ status: 429, headers: { 'retry-after': '600' } }));
    expect(outcome).toMatchObject({ statuses: [200, 429, 200], sizes: [3], pauses: [] });
  });

  it('never answered: like a broken one', async () => {
    expect((await ask(() => undefined)).statuses).toEqual([200, 502, 200]);
  });
});
