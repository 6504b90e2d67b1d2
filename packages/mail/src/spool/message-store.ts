import type { MessageStore, SpoolKeys, StoreReference } from '@holdfast/application';
import { MessageDamagedError, MessageGoneError, MessageTooBigError } from '@holdfast/application';
import { join } from 'node:path';
import type { DecodedRecord } from './record.ts';
import { createBodyOpener, openOrGone } from './record-body.ts';
import { openWindow, recordAt } from './segment-scan.ts';
import { isPlainName, parseSegmentName } from './segment-name.ts';

export interface LocalMessageStoreOptions {
  /** The spool; it is the store as well. */
  readonly directory: string;
  readonly keys: SpoolKeys;
}

/** Reads the spool itself: a reference says where the record lies, no database is asked. */
export function createLocalMessageStore({
  directory,
  keys,
}: LocalMessageStoreOptions): MessageStore {
  const openBody = createBodyOpener(keys);

  async function openMessage(reference: StoreReference): ReturnType<MessageStore['open']> {
    const record = await recordOf(directory, reference);
    const traceHeaders = Buffer.from(record.head.traceHeaders, 'utf8');
    const body = await openBody(join(directory, reference.instance), record, reference);
    return {
      size: traceHeaders.length + body.length,
      async *stream() {
        if (traceHeaders.length > 0) yield traceHeaders;
        yield* body.stream();
      },
    };
  }

  return {
    open: openMessage,
    async read(reference, limit) {
      const message = await openMessage(reference);
      if (message.size > limit) throw new MessageTooBigError(message.size, limit);
      const chunks: Uint8Array[] = [];
      for await (const chunk of message.stream()) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
  };
}

/** The record that a reference names. */
export async function recordOf(
  directory: string,
  reference: StoreReference,
): Promise<DecodedRecord> {
  const segment = parseSegmentName(reference.segment);
  if (segment === null || !isPlainName(reference.instance)) throw new MessageGoneError(reference);
  const path = join(directory, reference.instance, reference.segment);
  const handle = await openOrGone(path, reference);
  try {
    const end = Math.min((await handle.stat()).size, reference.offset + reference.length);
    const result = await recordAt(openWindow(handle, end), segment.nonce, reference.offset);
    if (result.kind === 'bad') throw new MessageDamagedError(reference, result.detail);
    return result.record;
  } finally {
    await handle.close();
  }
}
