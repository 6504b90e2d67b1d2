import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, test, vi } from 'vitest';
import { forgetMail, watchForSessionEnd } from './use-session.ts';

const STATE_KEY = [['session', 'state']];
const MESSAGE_KEY = [['mailbox', 'read'], { input: { itemId: 'm' }, type: 'query' }];
const MEETINGS_KEY = [['meetings', 'list']];

const mocked = vi.hoisted(() => ({ queryClient: undefined as QueryClient | undefined }));
vi.mock('../api.ts', () => ({
  POLL_EVERY: 1,
  get queryClient() {
    return mocked.queryClient;
  },
  trpc: { session: { state: { queryKey: () => STATE_KEY } } },
}));

let client: QueryClient;

beforeEach(() => {
  client = new QueryClient();
  mocked.queryClient = client;
  watchForSessionEnd();
  client.setQueryData(STATE_KEY, { user: { name: 'Ann' } });
  client.setQueryData(MESSAGE_KEY, { subject: 'Gate plan' });
  client.setQueryData(MEETINGS_KEY, [{ subject: 'Stand-up' }]);
});

test('a session that has ended, however, leaves no mail and no meetings in memory', () => {
  client.setQueryData(STATE_KEY, { user: null });
  expect(client.getQueryData(MESSAGE_KEY)).toBeUndefined();
  expect(client.getQueryData(MEETINGS_KEY)).toBeUndefined();
  expect(client.getQueryData(STATE_KEY)).toEqual({ user: null });
});

test('while somebody is signed in, another look at the state takes nothing away', () => {
  client.setQueryData(STATE_KEY, { user: { name: 'Ann' }, access: 'read-only' });
  expect(client.getQueryData(MESSAGE_KEY)).toEqual({ subject: 'Gate plan' });
});

test('signing out forgets all but the state', () => {
  forgetMail();
  expect(client.getQueryData(MEETINGS_KEY)).toBeUndefined();
  expect(client.getQueryData(STATE_KEY)).toEqual({ user: { name: 'Ann' } });
});
