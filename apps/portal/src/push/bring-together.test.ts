import { expect, test } from 'vitest';
import { bringTogether, type PushBrowser, type PushServer } from './bring-together.ts';

const KEY = 'BPp-_w';
const OTHER = 'BAAA';
const bytes = (key: string): ArrayBuffer => {
  const text = atob(key.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer;
};

/** A browser and a server, each with what it knows, and what was done to them. */
function both(given: { readonly held: string | null; readonly known: string | null }) {
  const done: string[] = [];
  const subscription = (endpoint: string, key: string) => ({
    endpoint,
    options: { applicationServerKey: bytes(key) },
    unsubscribe: async () => done.push(`unsubscribe ${endpoint}`),
  });
  const browser: PushBrowser = {
    getSubscription: async () => (given.held === null ? null : subscription('old', given.held)),
    subscribe: async ({ applicationServerKey }) => {
      done.push(`subscribe for ${applicationServerKey}`);
      return subscription('new', applicationServerKey);
    },
  };
  const server: PushServer = {
    key: async () => ({ publicKey: KEY, endpoint: given.known }),
    subscribe: async (endpoint) => done.push(`tell ${endpoint}`),
  };
  return { browser, server, done };
}

test.each([
  ['for the first time', { held: null, known: null }, [`subscribe for ${KEY}`, 'tell new']],
  ['again in the same session', { held: KEY, known: 'old' }, []],
  ['in a new session of the same browser', { held: KEY, known: null }, ['tell old']],
  [
    'of a browser that has forgotten it',
    { held: null, known: 'old' },
    [`subscribe for ${KEY}`, 'tell new'],
  ],
  [
    'made for keys that the server has not any more',
    { held: OTHER, known: 'old' },
    ['unsubscribe old', `subscribe for ${KEY}`, 'tell new'],
  ],
])('a subscription %s', async (_what, given, expected) => {
  const { browser, server, done } = both(given);
  await bringTogether(browser, server);
  expect(done).toEqual(expected);
});

test('a browser that refuses leaves the server as it was', async () => {
  const { browser, server, done } = both({ held: null, known: null });
  const refusing = { ...browser, subscribe: () => Promise.reject(new Error('no service')) };
  await expect(bringTogether(refusing, server)).rejects.toThrow('no service');
  expect(done).toEqual([]);
});
