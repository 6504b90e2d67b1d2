import {
  MessageGoneError,
  type MessageStore,
  type SpooledRecord,
  type SpoolReader,
  type SpoolRecordHead,
  type SpoolWriter,
  type StoreReference,
} from '@holdfast/application';

export interface MemorySpool {
  readonly spool: SpoolWriter;
  readonly reader: SpoolReader;
  readonly store: MessageStore;
  /** Everything that was appended, as it leaves. */
  readonly kept: { readonly head: SpoolRecordHead; readonly message: Buffer }[];
}

const SEGMENT = { instance: 'memory', segment: 'copy-0' };

/** Spool, reader and store that share a list; offsets are positions in it. */
export function createMemorySpool(): MemorySpool {
  const kept: MemorySpool['kept'] = [];
  const referenceOf = (offset: number): StoreReference => ({ ...SEGMENT, offset, length: 1 });
  const find = (reference: StoreReference): Buffer => {
    const found = kept[reference.offset];
    if (found === undefined) throw new MessageGoneError(reference);
    return found.message;
  };
  return {
    kept,
    spool: {
      instance: SEGMENT.instance,
      append: async (head, body) => {
        if (!(body instanceof Uint8Array)) throw new Error('nothing big is sent here');
        kept.push({ head, message: Buffer.concat([Buffer.from(head.traceHeaders), body]) });
        return referenceOf(kept.length - 1);
      },
      stage: () => Promise.reject(new Error('nothing big is sent here')),
      discard: async () => undefined,
      close: async () => undefined,
    },
    reader: {
      segments: async () => [{ ...SEGMENT, class: 'copy', closed: false, finished: false }],
      read: async (from) => ({
        records: kept.slice(from.offset).map(({ head, message }, position): SpooledRecord => ({
          ...head,
          reference: referenceOf(from.offset + position),
          size: message.byteLength,
          erased: false,
          body: async () => message.subarray(Buffer.byteLength(head.traceHeaders)),
        })),
        next: { ...SEGMENT, offset: kept.length },
        waiting: 0,
        alarms: [],
      }),
    },
    store: {
      read: async (reference) => find(reference),
      open: async (reference) => {
        const message = find(reference);
        return {
          size: message.byteLength,
          async *stream() {
            yield message;
          },
        };
      },
    },
  };
}
