import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fixedClock, silent, temporaryDirectory, testKeys } from '../testing/fixtures.ts';
import { messageStoreContract, type StoreOnTrial } from '../testing/message-store-contract.ts';
import { createMessageErasure } from './message-erasure.ts';
import { createLocalMessageStore, recordOf } from './message-store.ts';
import { createSpoolWriter } from './writer.ts';

messageStoreContract('the spool', async (): Promise<StoreOnTrial> => {
  const place = await temporaryDirectory();
  const directory = place.path;
  const writer = createSpoolWriter({
    directory,
    diskReserveBytes: 0,
    segmentBytes: 64 * 1024 * 1024,
    inlineBodyLimit: 4000,
    keys: testKeys,
    clock: fixedClock,
    log: silent,
  });
  return {
    store: createLocalMessageStore({ directory, keys: testKeys }),
    erasure: createMessageErasure({ directory }),
    put: (head, body) => writer.append(head, body),
    async damage(reference) {
      const { body, payloadAt } = await recordOf(directory, reference);
      const path = join(directory, reference.instance);
      if (body.kind === 'file')
        await flip(join(path, body.name), (await stat(join(path, body.name))).size - 1);
      else await flip(join(path, reference.segment), reference.offset + payloadAt);
    },
    async lose(reference) {
      const { body } = await recordOf(directory, reference);
      const name = body.kind === 'file' ? body.name : reference.segment;
      await rm(join(directory, reference.instance, name));
    },
    async [Symbol.asyncDispose]() {
      await writer.close();
      await place[Symbol.asyncDispose]();
    },
  };
});

async function flip(path: string, offset: number): Promise<void> {
  const handle = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, offset);
  byte.writeUInt8(byte.readUInt8(0) ^ 1);
  await handle.write(byte, 0, 1, offset);
  await handle.close();
}
