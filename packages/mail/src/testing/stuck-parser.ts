import { parentPort } from 'node:worker_threads';

/** A parser that is stuck with every message that says so, takes all memory with another, and answers the rest. */
parentPort?.on('message', ({ message }: { readonly message: Uint8Array }) => {
  const text = Buffer.from(message).toString();
  const hoard: number[][] = [];
  while (text.includes('loop')) Math.random();
  while (text.includes('hoard')) hoard.push(Array.from({ length: 100_000 }, () => Math.random()));
  parentPort?.postMessage({ ok: true, value: text });
});
