import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  credentials,
  startMicrosoft,
  type Answer,
  type Asked,
  type ScriptedMicrosoft,
} from '../../test/scripted-microsoft.ts';
import { createGraphClient, type GraphClient } from '../graph/graph-client.ts';
import { settle } from './options.ts';
import { pauseNearLimit } from './throttle.ts';
import { createTokenSource } from '../sign-in/token-source.ts';

const open: ScriptedMicrosoft[] = [];
afterEach(async () => {
  for (const started of open.splice(0)) await started[Symbol.asyncDispose]();
});

interface Far {
  readonly microsoft: ScriptedMicrosoft;
  readonly newClient: () => GraphClient;
}

/** Graph answering from a script; time passes when somebody waits. */
async function far(answer: (asked: Asked, at: number) => Answer | undefined): Promise<Far> {
  let calls = 0;
  const microsoft = await startMicrosoft((asked) =>
    asked.service === 'graph' ? answer(asked, (calls += 1)) : undefined,
  );
  open.push(microsoft);
  const settings = settle({
    ...microsoft.options,
    wait: async (milliseconds) => {
      microsoft.pauses.push(milliseconds);
      microsoft.now += milliseconds;
    },
  });
  return {
    microsoft,
    newClient: () => createGraphClient(settings, createTokenSource(settings)),
  };
}

const fine: Answer = { json: { value: [] } };
const list = (client: GraphClient, path = '/domains') =>
  client.list(credentials, path, {}, z.unknown());

describe('who was told to wait', () => {
  it('tells the others: the next request to the tenant, of whichever client, waits for what is left', async () => {
    const { microsoft, newClient } = await far((_asked, at) =>
      at === 1 ? { status: 429, headers: { 'retry-after': '30' } } : fine,
    );
    const probe = newClient().send(
      credentials,
      { method: 'GET', path: '/domains', patient: false },
      z.unknown(),
    );
    await expect(probe).rejects.toMatchObject({ failure: { code: 'throttled' } });
    microsoft.now += 10_000;
    await list(newClient());
    expect(microsoft.pauses).toEqual([20_000]);
  });

  it('does not ask at all when the rest is longer than anybody waits', async () => {
    const { microsoft, newClient } = await far(() => ({
      status: 429,
      headers: { 'retry-after': '600' },
    }));
    await expect(list(newClient())).rejects.toMatchObject({ failure: { retryAfter: 600_000 } });
    microsoft.now += 60_000;
    await expect(list(newClient())).rejects.toMatchObject({ failure: { retryAfter: 540_000 } });
    expect(microsoft.asked.filter(({ service }) => service === 'graph')).toHaveLength(1);
  });

  it('waits no longer when a later request is answered', async () => {
    const { microsoft, newClient } = await far((_asked, at) =>
      at === 1 ? { status: 429, headers: { 'retry-after': '30' } } : fine,
    );
    await list(newClient());
    await list(newClient());
    expect(microsoft.pauses).toEqual([30_000]);
  });

  it('keeps a mailbox apart from the tenant, and one mailbox from another', async () => {
    const { microsoft, newClient } = await far(({ path }) =>
      path.startsWith('/users/a/') ? { status: 429, headers: { 'retry-after': '600' } } : fine,
    );
    await expect(list(newClient(), '/users/a/messages')).rejects.toThrow(/throttled/);
    await list(newClient());
    await list(newClient(), '/users/b/messages');
    expect(microsoft.pauses).toEqual([]);
  });
});

describe('near the limit', () => {
  it.each([
    [null, 0],
    ['0.79', 0],
    ['0.8', 500],
    ['1', 1000],
    ['1.8', 2000],
    ['nonsense', 0],
  ])('%s of it used: %i ms', (percentage, pause) => {
    expect(pauseNearLimit(percentage, 1000)).toBeCloseTo(pause);
  });

  it('the next page comes a little later', async () => {
    const headers = { 'x-ms-throttle-limit-percentage': '0.9' };
    const { microsoft, newClient } = await far((asked, at) => {
      const next = `${microsoft.base}/graph/v1.0${asked.path}?$skiptoken=${at}`;
      return at < 3 ? { headers, json: { value: [], '@odata.nextLink': next } } : fine;
    });
    await list(newClient());
    expect(microsoft.pauses).toEqual([750, 750]);
  });
});

describe('limits of Outlook', () => {
  it('never has more than four requests to a mailbox on the way', async () => {
    let now = 0;
    let most = 0;
    const { newClient, microsoft } = await far(() => fine);
    const settings = settle({
      ...microsoft.options,
      fetch: async (...given) => {
        now += 1;
        most = Math.max(most, now);
        try {
          return await fetch(...given);
        } finally {
          now -= 1;
        }
      },
    });
    const tokens = createTokenSource(settings);
    await tokens.token(credentials, 'graph');
    const client = createGraphClient(settings, tokens);
    await Promise.all(Array.from({ length: 12 }, () => list(client, '/users/c/messages')));
    expect(most).toBe(4);
    await list(newClient(), '/users/c/messages');
  });

  it('sends one batch of a tenant after the other, as work that can wait', async () => {
    const responses = [{ id: '0', status: 200, body: {} }];
    const { microsoft, newClient } = await far(() => ({ json: { responses } }));
    const paths = ['/users/d/mailboxSettings'];
    await Promise.all(Array.from({ length: 3 }, () => newClient().batchGet(credentials, paths)));
    const batches = microsoft.asked.filter(({ path }) => path === '/$batch');
    expect(batches.map(({ headers }) => headers['x-ms-throttle-priority'])).toEqual(
      Array.from({ length: 3 }, () => 'low'),
    );
  });
});

describe('what Microsoft’s support asks for', () => {
  it('every request has an id of its own, which it keeps when it is repeated', async () => {
    const { microsoft, newClient } = await far((_asked, at) => (at === 1 ? { status: 503 } : fine));
    await list(newClient());
    await list(newClient());
    const ids = microsoft.asked
      .filter(({ service }) => service === 'graph')
      .map(({ headers }) => headers['client-request-id']);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });
});

describe('a token that is refused', () => {
  it('is replaced once, however many requests it was refused to', async () => {
    let revoked = '';
    const { microsoft, newClient } = await far(({ headers }) =>
      headers.authorization === revoked ? { status: 401 } : fine,
    );
    const client = newClient();
    await list(client);
    revoked = microsoft.asked.at(-1)?.headers.authorization ?? '';
    await Promise.all(Array.from({ length: 5 }, () => list(client)));
    expect(microsoft.asked.filter(({ service }) => service === 'login')).toHaveLength(2);
  });
});
