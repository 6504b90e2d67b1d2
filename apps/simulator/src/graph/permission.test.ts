import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../start-simulator.ts';
import { CLIENT_ID } from '../tenant/identity.ts';
import { answer, Client } from '../testing.ts';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ sampleDays: 0 });
});
afterAll(async () => {
  const { faults } = simulator.contract;
  await simulator.stop();
  expect(faults).toEqual([]);
});

/** A client whose tokens carry these permissions and no others. */
async function withOnly(...graph: readonly string[]): Promise<Client> {
  const client = new Client(simulator);
  await client.control(`/applications/${CLIENT_ID}/grant`, { granted: { graph, exchange: [] } });
  await client.token('https://graph.microsoft.com/.default');
  return client;
}

const ADELE = '/users/adele.vance@contoso.example';

describe('Graph gives what the permissions allow', () => {
  test.each([
    ['User.Read.All', '/users', '/groups', 'Authorization_RequestDenied'],
    ['GroupMember.Read.All', '/groups/delta', '/contacts', 'Authorization_RequestDenied'],
    ['Domain.Read.All', '/domains', '/organization', 'Authorization_RequestDenied'],
    [
      'MailboxSettings.Read',
      `${ADELE}/mailboxSettings`,
      `${ADELE}/mailFolders`,
      'ErrorAccessDenied',
    ],
    ['Mail.ReadWrite', `${ADELE}/mailFolders`, `${ADELE}/mailboxSettings`, 'ErrorAccessDenied'],
  ])('%s: %s, not %s', async (role, allowed, refused, code) => {
    const client = await withOnly(role);
    expect((await client.graph(allowed)).status).toBe(200);
    const refusal = await client.graph(refused);
    expect(refusal.status).toBe(403);
    expect((await answer(refusal)).error.code).toBe(code);
  });

  test('nothing without any, though there is a token', async () => {
    const client = await withOnly();
    for (const path of ['/users', '/domains', `${ADELE}/mailFolders`])
      expect((await client.graph(path)).status).toBe(403);
  });

  test('each request of a batch by itself', async () => {
    const client = await withOnly('User.Read.All');
    const requests = [
      { id: '1', method: 'GET', url: ADELE },
      { id: '2', method: 'GET', url: `${ADELE}/mailboxSettings` },
    ];
    const { responses } = await answer(
      client.graph('/$batch', { method: 'POST', body: JSON.stringify({ requests }) }),
    );
    expect(responses.map(({ status }) => status)).toEqual([200, 403]);
  });
});
