import type { MessageStore, SpoolKeys, StoreReference } from '@holdfast/application';
import { MessageDamagedError, MessageGoneError, MessageTooBigError } from '@holdfast/application';
import { join } from 'node:path';
import { decodeRecord, isRecordLength, type DecodedRecord } from './record.ts';
import { createBodyOpener, orGone } from './record-body.ts';
import { createSegmentHandles, type SegmentHandles } from './segment-handles.ts';
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
  const segments = createSegmentHandles();

  async function openMessage(reference: StoreReference): ReturnType<MessageStore['open']> {
    const record = await recordOf(directory, reference, segments);
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
  segments: SegmentHandles = createSegmentHandles(),
): Promise<DecodedRecord> {
  const segment = parseSegmentName(reference.segment);
  const { instance, segment: name, offset, length } = reference;
  if (segment === null || !isPlainName(instance) || !isRecordLength(length))
    throw new MessageGoneError(reference);
  const bytes = await orGone(reference, () =>
    segments.read(join(directory, instance, name), offset, length),
  );
  const result = decodeRecord(segment.nonce, bytes);
  switch (result.kind) {
    case 'record':
      return result.record;
    case 'short':
      throw new MessageDamagedError(reference, `cut off after ${bytes.length} bytes`);
    case 'bad':
      throw new MessageDamagedError(reference, result.detail);
  }
}
