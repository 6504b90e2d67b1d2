import type { StoreName } from './open-database.ts';

const CHANNEL = 'holdfast-storage';
type Listener = () => void;

const listeners = new Map<StoreName, Set<Listener>>();
let channel: BroadcastChannel | null = null;

function channelOfTabs(): BroadcastChannel | null {
  if (channel !== null || typeof BroadcastChannel === 'undefined') return channel;
  channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    for (const [store, each] of listeners) if (data === store) run(each);
  });
  return channel;
}

function run(each: ReadonlySet<Listener>): void {
  for (const listener of each) listener();
}

/** Said after every write: other parts of this page and other tabs look again. */
export function announceChange(store: StoreName): void {
  run(listeners.get(store) ?? new Set());
  channelOfTabs()?.postMessage(store);
}

/** Returns how to stop listening. */
export function onChange(store: StoreName, listener: Listener): () => void {
  channelOfTabs();
  const all = listeners.get(store) ?? new Set<Listener>();
  listeners.set(store, all);
  all.add(listener);
  return () => all.delete(listener);
}
