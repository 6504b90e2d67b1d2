import { afterEach, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../start-simulator.ts';
import { Client } from '../testing.ts';

let simulator: Simulator | undefined;

afterEach(async () => {
  await simulator?.stop();
  simulator = undefined;
});

/** What is written down after one request. */
async function faultsOf(path: string, init: RequestInit = {}): Promise<readonly string[]> {
  simulator = await startSimulator({ sampleDays: 0 });
  await new Client(simulator).graph(path, init);
  return simulator.contract.faults.map(
    ({ side, operation, fault }) => `${side} ${operation}: ${fault}`,
  );
}

const USER = '/users/adele.vance@contoso.example';
const MESSAGES = `${USER}/mailFolders/sentitems/messages`;
const post = (body: object): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });

describe('a request that fits the description is not mentioned', () => {
  test.each([
    ['/users?$select=id,mail&$top=10', {}],
    ['/users/delta?$select=id', { headers: { prefer: 'return=minimal' } }],
    ['/users?$count=true', { headers: { consistencylevel: 'eventual' } }],
    [`${USER}/mailFolders/inbox`, {}],
    [MESSAGES, post({ subject: 'Hello', body: { contentType: 'text', content: 'Hello' } })],
    ['/$batch', post({ requests: [{ id: '1', method: 'GET', url: USER }] })],
  ])('%s', async (path, init) => {
    expect(await faultsOf(path, init)).toEqual([]);
  });
});

describe('what does not fit is written down', () => {
  const WHERE = 'POST /users/{user-id}/mailFolders/{mailFolder-id}/messages';
  test.each([
    ['/people', {}, 'request GET /people: is not described'],
    ['/users?$skip=3', {}, 'request GET /users: there is no query parameter $skip'],
    ['/users?$top=ten', {}, 'request GET /users: $top is "ten"'],
    ['/users/delta?$top=3', {}, 'request GET /users/delta: there is no query parameter $top'],
    [
      '/domains',
      { headers: { prefer: 'odata.maxpagesize=2' } },
      'request GET /domains: the header prefer means nothing here',
    ],
    [
      `${USER}/calendarView`,
      {},
      'request GET /users/{user-id}/calendarView: startDateTime is missing',
    ],
    [
      MESSAGES,
      post({ subject: 'Hello', flags: 1 }),
      `request ${WHERE}:  must NOT have additional properties (flags)`,
    ],
    [
      MESSAGES,
      post({ importance: 'urgent' }),
      `request ${WHERE}: /importance must be equal to one of the allowed values`,
    ],
    [
      '/$batch',
      post({ requests: [{ id: '1', method: 'GET', url: '/users?$skip=1' }] }),
      'request GET /users: there is no query parameter $skip',
    ],
  ])('%s %o', async (path, init, fault) => {
    expect(await faultsOf(path, init)).toContain(fault);
  });
});
