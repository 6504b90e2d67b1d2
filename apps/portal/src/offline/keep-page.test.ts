import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepPage } from './keep-page.ts';
import { newerPage, setNewerPage } from './newer-page.ts';

const shown = vi.hoisted(() => [] as { readonly action?: { readonly run: () => void } }[]);
vi.mock('../parts/snackbar.tsx', () => ({ showSnack: (snack: object) => shown.push(snack) }));
vi.mock('../drafts/draft-store.ts', () => ({ draftsWritten: () => Promise.resolve() }));

/** A worker that waits, made of these files. */
class WaitingWorker {
  state = 'installed';
  readonly told: unknown[] = [];
  readonly #files: readonly string[];

  constructor(files: readonly string[]) {
    this.#files = files;
  }

  postMessage(message: unknown, ports: readonly MessagePort[] = []): void {
    this.told.push(message);
    if (message === 'files') ports[0]?.postMessage(this.#files);
  }
}

let active: object | null;
let waiting: WaitingWorker;
let changed: (() => void) | undefined;
let reloads: number;

beforeEach(() => {
  shown.length = 0;
  setNewerPage(() => undefined);
  active = {};
  changed = undefined;
  reloads = 0;
  vi.useFakeTimers({ toFake: ['setInterval', 'setTimeout'] });
  vi.stubGlobal('__SERVICE_WORKER__', '/service-worker.js');
  vi.stubGlobal('document', {
    querySelectorAll: () => [{ src: 'https://mail.example/assets/first-1.js' }],
  });
  vi.stubGlobal('location', { reload: () => (reloads += 1) });
  vi.stubGlobal('navigator', {
    serviceWorker: {
      register: async () => ({ active, waiting, addEventListener: () => undefined }),
      addEventListener: (_name: string, listener: () => void) => (changed = listener),
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a newer version is offered, and takes over when it is asked for: the page is loaded anew after that', async () => {
  waiting = new WaitingWorker(['/assets/first-2.js']);
  await keepPage();
  await vi.waitFor(() => expect(shown).toHaveLength(1));
  expect(waiting.told).toEqual(['files']);
  newerPage()?.();
  await vi.waitFor(() => expect(waiting.told).toEqual(['files', 'take-over']));
  expect(reloads).toBe(0);
  changed?.();
  expect(reloads).toBe(1);
});

test('a page that is of the newer version already is asked nothing', async () => {
  waiting = new WaitingWorker(['/assets/first-1.js', '/assets/other-1.js']);
  await keepPage();
  await vi.waitFor(() => expect(waiting.told).toEqual(['files', 'take-over']));
  expect(shown).toEqual([]);
});

test('what another tab has asked for already only needs this page to be loaded anew', async () => {
  waiting = new WaitingWorker(['/assets/first-2.js']);
  await keepPage();
  await vi.waitFor(() => expect(shown).toHaveLength(1));
  waiting.state = 'activated';
  shown[0]?.action?.run();
  await vi.waitFor(() => expect(reloads).toBe(1));
  expect(waiting.told).toEqual(['files']);
});

test('the very first version has nothing to say', async () => {
  active = null;
  waiting = new WaitingWorker(['/assets/first-2.js']);
  await keepPage();
  expect([waiting.told, shown]).toEqual([[], []]);
});
