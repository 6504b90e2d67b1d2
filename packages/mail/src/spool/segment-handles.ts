import { close, open, read } from 'node:fs';

/** Segments held open at once; a relay that drains reads from one or two. */
const MOST_OPEN = 16;
/** A segment that was not read from for this long is closed: once unlinked, it would hold its room. Unit: milliseconds. */
const IDLE = 10_000;

interface Held {
  readonly descriptor: Promise<number>;
  readers: number;
  usedAt: number;
}

export interface SegmentHandles {
  /** At most `length` bytes from `offset`; fewer only at the end of the file. Rejects with what opening rejects with. */
  read(path: string, offset: number, length: number): Promise<Buffer>;
}

/**
 * Segments stay open while messages are read from them, by bare descriptors: opening, asking, reading and closing by
 * `FileHandle` took 110 µs of a processor for a message of 4 KiB, most of a relay's share. Nothing is missed by it,
 * since a segment is only appended to and its name is never used again.
 */
export function createSegmentHandles(): SegmentHandles {
  const held = new Map<string, Held>();
  let timer: NodeJS.Timeout | null = null;

  function drop(path: string, entry: Held): void {
    held.delete(path);
    // Reading is over; how closing ends says nothing about what was read.
    entry.descriptor.then(
      (descriptor) => close(descriptor, () => undefined),
      () => undefined,
    );
  }

  function dropIdle(): void {
    const now = performance.now();
    for (const [path, entry] of held)
      if (entry.readers === 0 && now - entry.usedAt >= IDLE) drop(path, entry);
    if (held.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  }

  function makeRoom(): void {
    for (const [path, entry] of held) {
      if (held.size < MOST_OPEN) return;
      if (entry.readers === 0) drop(path, entry);
    }
  }

  function take(path: string): Held {
    const known = held.get(path);
    if (known !== undefined) return known;
    makeRoom();
    const entry = { descriptor: openForReading(path), readers: 0, usedAt: performance.now() };
    // What could not be opened is tried anew by the next.
    entry.descriptor.catch(() => held.get(path) === entry && held.delete(path));
    held.set(path, entry);
    timer ??= setInterval(dropIdle, IDLE).unref();
    return entry;
  }

  return {
    async read(path, offset, length) {
      const entry = take(path);
      entry.readers += 1;
      try {
        return await readAt(await entry.descriptor, offset, length);
      } finally {
        entry.readers -= 1;
        entry.usedAt = performance.now();
      }
    },
  };
}

function openForReading(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, 'r', (error, descriptor) => {
      if (error === null) resolve(descriptor);
      else reject(error);
    });
  });
}

function readAt(descriptor: number, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  return new Promise((resolve, reject) => {
    const more = (filled: number): void => {
      read(descriptor, buffer, filled, length - filled, offset + filled, (error, count) => {
        if (error !== null) reject(error);
        else if (count === 0 || filled + count === length)
          resolve(buffer.subarray(0, filled + count));
        else more(filled + count);
      });
    };
    more(0);
  });
}
