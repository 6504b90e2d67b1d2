import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import { createCachingResolver } from '../dns/caching-resolver.ts';
import { createResolver } from '../dns/dns-lookup.ts';
import { describeError } from '../spool/file-system.ts';
import { reportOf, type DkimReport } from './dkim-report.ts';

/** What the thread is started with. */
export interface DkimWorkerOptions {
  readonly servers: readonly string[];
  /** Milliseconds for one question; it is asked twice. */
  readonly timeoutMs: number;
}

/** What it is told; `job` is a number that the asker chose. */
export type DkimOrder =
  | { readonly kind: 'whole'; readonly job: number; readonly bytes: Uint8Array }
  | { readonly kind: 'piece'; readonly job: number; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly job: number }
  | { readonly kind: 'abandon'; readonly job: number }
  | { readonly kind: 'ping' };

export type DkimAnswer =
  /** So many bytes were worked off. */
  | { readonly kind: 'taken'; readonly job: number; readonly bytes: number }
  | { readonly kind: 'report'; readonly job: number; readonly report: DkimReport }
  | { readonly kind: 'failed'; readonly job: number; readonly detail: string }
  | { readonly kind: 'pong' };

/**
 * Verifies signatures off the event loop that accepts mail (invariant 9): parsing hostile headers, hashing bodies and
 * the key operation, 0.4 ms for an ordinary message.
 */
function serve(port: NonNullable<typeof parentPort>, options: DkimWorkerOptions): void {
  const resolver = createCachingResolver({
    resolver: createResolver(options.servers, options.timeoutMs),
  });
  const streams = new Map<number, PassThrough>();
  const answer = (message: DkimAnswer): void => port.postMessage(message);

  async function verify(job: number, input: Buffer | PassThrough): Promise<void> {
    try {
      answer({ kind: 'report', job, report: reportOf(await dkimVerify(input, { resolver })) });
    } catch (error) {
      answer({ kind: 'failed', job, detail: describeError(error) });
    } finally {
      streams.delete(job);
    }
  }

  async function takePiece(job: number, bytes: Uint8Array): Promise<void> {
    let stream = streams.get(job);
    if (stream === undefined) {
      stream = new PassThrough();
      streams.set(job, stream);
      void verify(job, stream);
    }
    if (!stream.write(bytes)) await once(stream, 'drain');
    answer({ kind: 'taken', job, bytes: bytes.length });
  }

  port.on('message', (order: DkimOrder) => {
    switch (order.kind) {
      case 'whole':
        return void verify(order.job, Buffer.from(order.bytes.buffer));
      case 'piece':
        // A stream that was destroyed never drains; its job is over.
        return void takePiece(order.job, order.bytes).catch(() => undefined);
      case 'end':
        return void streams.get(order.job)?.end();
      case 'abandon':
        streams.get(order.job)?.destroy(new Error('given up'));
        return void streams.delete(order.job);
      case 'ping':
        return answer({ kind: 'pong' });
    }
  });
}

if (parentPort !== null) serve(parentPort, workerData as DkimWorkerOptions);
