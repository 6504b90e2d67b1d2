import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** Between two collections: each stops the process for as long as it takes. Unit: milliseconds. */
const EVERY = 250;

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize?: number;
}

export interface LiveHeap {
  /** Most that was still in use right after a collection: objects and buffers. Unit: bytes. */
  peak(): number;
  stop(): Promise<void>;
}

/**
 * What a Node process really needs of its heap: garbage is collected again and again from outside, and what is left is
 * counted. Resident memory cannot tell, since V8 lets a heap grow for as long as nobody stops it. The process must run
 * with `--inspect` at this port.
 */
export async function watchLiveHeap(inspectorPort: number): Promise<LiveHeap> {
  const targets = (await (await fetch(`http://127.0.0.1:${inspectorPort}/json/list`)).json()) as [
    { readonly webSocketDebuggerUrl: string },
  ];
  const socket = new WebSocket(targets[0].webSocketDebuggerUrl);
  await once(socket, 'open');
  let last = 0;
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id?: number; result?: unknown };
    if (id === undefined) return;
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  socket.addEventListener('close', () => {
    for (const settle of waiting.values()) settle(null);
  });
  const ask = (method: string): Promise<unknown> =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      socket.send(JSON.stringify({ id: last, method }));
    });
  let peak = 0;
  let stopped = false;
  const watching = (async () => {
    while (!stopped && socket.readyState === WebSocket.OPEN) {
      await ask('HeapProfiler.collectGarbage');
      const usage = (await ask('Runtime.getHeapUsage')) as HeapUsage | null;
      if (usage !== null) peak = Math.max(peak, usage.usedSize + (usage.backingStorageSize ?? 0));
      await wait(EVERY);
    }
  })();
  return {
    peak: () => peak,
    async stop() {
      stopped = true;
      await watching;
      socket.close();
    },
  };
}
