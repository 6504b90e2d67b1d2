import type { StagedBody, StagedMessage } from '@holdfast/application';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { DiskReserve } from './disk-reserve.ts';
import { type SpoolFileSystem, writeFully } from './file-system.ts';
import { bodyFileName } from './segment-name.ts';
import { asRefusal, closeQuietly } from './segment-writer.ts';

export interface BodyPlace {
  readonly fileSystem: SpoolFileSystem;
  readonly directory: string;
  readonly reserve: DiskReserve;
}

/** Body file, its fdatasync and the directory's fsync all come before the record that names it. */
export async function writeBodyFile(
  { fileSystem, directory, reserve }: BodyPlace,
  message: StagedMessage,
  chunks: AsyncIterable<{ readonly sealed: Uint8Array; readonly length: number }>,
): Promise<Pick<StagedBody, 'name' | 'length' | 'storedLength' | 'crc'>> {
  const name = bodyFileName(message.class, message.id);
  const path = join(directory, name);
  const file = await orRefuse(async () => {
    await reserve.requireRoom(0);
    return fileSystem.createFile(path);
  });
  try {
    let length = 0;
    let storedLength = 0;
    let crc = 0;
    // What the pieces reject with goes through as it is: that is the sender's doing and no doubt about the disk.
    for await (const chunk of chunks) {
      await orRefuse(async () => {
        await reserve.requireRoom(chunk.sealed.length);
        await writeFully(file, chunk.sealed);
      });
      length += chunk.length;
      storedLength += chunk.sealed.length;
      crc = crc32(chunk.sealed, crc);
    }
    await orRefuse(async () => {
      await file.dataSync();
      await file.close();
      await fileSystem.syncDirectory(directory);
    });
    return { name, length, storedLength, crc };
  } catch (error) {
    await closeQuietly(file);
    // No record names it yet, so nothing was promised for these bytes.
    await fileSystem.removeFile(path).catch(() => undefined);
    throw error;
  }
}

async function orRefuse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asRefusal(error);
  }
}
