import {
  MessageDamagedError,
  MessageErasedError,
  MessageGoneError,
  MessageTooBigError,
  type MessageErasure,
  type MessageStore,
  type SpoolRecordHead,
  type StoreReference,
} from '@holdfast/application';
import { describe, expect, test } from 'vitest';
import { recordHead } from './fixtures.ts';

/** A store under test, and a hand on what it stands on. */
export interface StoreOnTrial extends AsyncDisposable {
  readonly store: MessageStore;
  readonly erasure: MessageErasure;
  /** Accepts a message as the product does; resolves once it is durable. */
  put(head: SpoolRecordHead, body: Uint8Array): Promise<StoreReference>;
  /** Changes one byte of the stored body. */
  damage(reference: StoreReference): Promise<void>;
  /** Takes the stored bytes away. */
  lose(reference: StoreReference): Promise<void>;
}

/** Bodies that lie in the record, in a file of one chunk, and in one of several. Unit: bytes. */
const SIZES = [0, 1, 5000, 3_000_000];

/** What every message store must do, whatever it stands on: `messageStoreContract('S3', makeS3Store)`. */
export function messageStoreContract(name: string, makeStore: () => Promise<StoreOnTrial>): void {
  describe(`${name}, as a message store`, () => {
    test.each(SIZES)(
      'gives back %i bytes as they were accepted, trace headers on top',
      async (size) => {
        await using trial = await makeStore();
        const body = bodyOf(size);
        const reference = await trial.put(recordHead(), body);
        const expected = Buffer.concat([Buffer.from(recordHead().traceHeaders), body]);
        const message = await trial.store.open(reference);
        expect(message.size).toBe(expected.length);
        const chunks: Uint8Array[] = [];
        for await (const chunk of message.stream()) chunks.push(chunk);
        expect(Buffer.concat(chunks).equals(expected)).toBe(true);
        expect(expected.equals(await trial.store.read(reference, expected.length))).toBe(true);
      },
    );

    test('can be streamed again: an attempt that failed is made once more', async () => {
      await using trial = await makeStore();
      const message = await trial.store.open(await trial.put(recordHead(), bodyOf(3_000_000)));
      for (let time = 0; time < 2; time += 1) {
        let length = 0;
        for await (const chunk of message.stream()) length += chunk.length;
        expect(length).toBe(message.size);
      }
    });

    test('refuses to hold more than asked for', async () => {
      await using trial = await makeStore();
      const reference = await trial.put(recordHead(), bodyOf(5000));
      await expect(trial.store.read(reference, 5000)).rejects.toBeInstanceOf(MessageTooBigError);
    });

    test.each(SIZES.slice(1))(
      'never ends the stream of a body of %i bytes that is not the one accepted',
      async (size) => {
        await using trial = await makeStore();
        const reference = await trial.put(recordHead(), bodyOf(size));
        await trial.damage(reference);
        const read = trial.store.read(reference, 10_000_000);
        await expect(read).rejects.toBeInstanceOf(MessageDamagedError);
      },
    );

    test.each(SIZES)('says that %i bytes are gone when they are', async (size) => {
      await using trial = await makeStore();
      const reference = await trial.put(recordHead(), bodyOf(size));
      await trial.lose(reference);
      const opened = trial.store.read(reference, 10_000_000);
      await expect(opened).rejects.toBeInstanceOf(MessageGoneError);
    });

    test('gives nothing for a reference that names what is not its own', async () => {
      await using trial = await makeStore();
      const reference = await trial.put(recordHead(), bodyOf(10));
      for (const instance of ['..', '../..', '/etc', 'a/../..', 'no-such-instance']) {
        const opened = trial.store.open({ ...reference, instance });
        await expect(opened).rejects.toBeInstanceOf(MessageGoneError);
      }
    });

    test.each(SIZES)('erases %i bytes for good, says so, and can be asked twice', async (size) => {
      await using trial = await makeStore();
      const head = recordHead();
      const reference = await trial.put(head, bodyOf(size));
      const other = await trial.put(recordHead(), bodyOf(size));
      for (let time = 0; time < 2; time += 1) {
        await trial.erasure.erase(reference, head.organisationId);
        const opened = trial.store.open(reference);
        await expect(opened).rejects.toBeInstanceOf(MessageErasedError);
      }
      await expect(trial.store.read(other, 10_000_000)).resolves.toBeDefined();
    });

    test('erases for one organisation and leaves the message to the other', async () => {
      await using trial = await makeStore();
      const head = recordHead();
      const recipients = ['organisation-1', 'organisation-2'].flatMap((organisationId) =>
        head.envelope.recipients.map((recipient) => ({ ...recipient, organisationId })),
      );
      const shared = { ...head, envelope: { ...head.envelope, recipients } };
      const reference = await trial.put(shared, bodyOf(5000));
      await trial.erasure.erase(reference, 'organisation-1');
      await expect(trial.store.read(reference, 10_000)).resolves.toBeDefined();
      await trial.erasure.erase(reference, 'organisation-2');
      await expect(trial.store.open(reference)).rejects.toBeInstanceOf(MessageErasedError);
    });
  });
}

function bodyOf(size: number): Buffer {
  return Buffer.alloc(size, 'Subject: a\r\n\r\nsome text\r\n');
}
