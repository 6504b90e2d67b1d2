import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  pauseAfter,
  sendPieces,
  UploadRefusedError,
  type UploadAnswer,
  type UploadWire,
} from './send-pieces.ts';

const PIECE = 16;
type Fate = 'answers' | 'request-lost' | 'answer-lost' | 'busy' | 'cleaned-up';
const FATES: readonly Fate[] = ['answers', 'request-lost', 'answer-lost', 'busy', 'cleaned-up'];

/** The server's rules, over a network that does to each request what the list says, and then lets everything through. */
function server(size: number, fates: readonly Fate[]) {
  let kept: Uint8Array | null = null;
  let turn = 0;
  const through = async (work: () => Promise<UploadAnswer>): Promise<UploadAnswer> => {
    const fate = fates[turn] ?? 'answers';
    turn += 1;
    if (fate === 'request-lost') throw new TypeError('Failed to fetch');
    if (fate === 'busy') return { kind: 'later' };
    if (fate === 'cleaned-up') {
      kept = null;
      return { kind: 'unknown' };
    }
    const answer = await work();
    if (fate === 'answer-lost') throw new TypeError('Failed to fetch');
    return answer;
  };
  const wire: UploadWire = {
    announce: () =>
      through(async () => {
        kept ??= new Uint8Array();
        return { kind: 'here', received: kept.length };
      }),
    send: (offset, piece) =>
      through(async () => {
        const bytes = new Uint8Array(await piece.arrayBuffer());
        if (kept === null) return { kind: 'unknown' };
        if (offset !== kept.length) return { kind: 'elsewhere', received: kept.length };
        expect(bytes.length).toBeLessThanOrEqual(PIECE);
        expect(offset + bytes.length).toBeLessThanOrEqual(size);
        kept = Uint8Array.from([...kept, ...bytes]);
        return { kind: 'here', received: kept.length };
      }),
  };
  return { wire, kept: () => kept, turns: () => turn };
}

const course = {
  onProgress: () => undefined,
  onWaiting: () => undefined,
  rest: async () => undefined,
};

function bytes(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, index) => index % 251);
}

test('whatever is cut, lost or answered twice, the file arrives as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 5 * PIECE + 1 }),
      fc.array(fc.constantFrom(...FATES), { maxLength: 20 }),
      async (size, fates) => {
        const file = bytes(size);
        const { wire, kept } = server(size, fates);
        const { signal } = new AbortController();
        await sendPieces(new Blob([file]), PIECE, wire, course, signal);
        expect(kept()).toEqual(file);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])(
  '%i bytes take no request more than they need',
  async (size) => {
    const { wire, turns } = server(size, []);
    const { signal } = new AbortController();
    await sendPieces(new Blob([bytes(size)]), PIECE, wire, course, signal);
    expect(turns()).toBe(1 + Math.ceil(size / PIECE));
  },
);

test('tells how far it is, and that it waits', async () => {
  const said: unknown[] = [];
  const { wire } = server(PIECE + 1, ['answers', 'request-lost', 'busy']);
  await sendPieces(
    new Blob([bytes(PIECE + 1)]),
    PIECE,
    wire,
    {
      onProgress: (received) => said.push(received),
      onWaiting: (waits) => said.push(waits),
      rest: async (failures) => void said.push(`rest ${failures}`),
    },
    new AbortController().signal,
  );
  expect(said).toEqual([
    false,
    0,
    true,
    'rest 1',
    true,
    'rest 2',
    false,
    0,
    false,
    PIECE,
    false,
    PIECE + 1,
  ]);
});

test('a no of the server ends it, in its words', async () => {
  const refusing: UploadWire = {
    announce: async () => ({ kind: 'refused', message: 'Too large.' }),
    send: () => Promise.reject(new Error('never')),
  };
  const { signal } = new AbortController();
  const call = sendPieces(new Blob(['x']), PIECE, refusing, course, signal);
  await expect(call).rejects.toThrow(new UploadRefusedError('Too large.'));
});

test('stops when it is cancelled, also while it rests', async () => {
  const controller = new AbortController();
  const { wire } = server(
    100,
    Array.from({ length: 50 }, (): Fate => 'request-lost'),
  );
  const call = sendPieces(
    new Blob([bytes(100)]),
    PIECE,
    wire,
    { ...course, rest: async (failures) => (failures === 3 ? controller.abort() : undefined) },
    controller.signal,
  );
  await expect(call).rejects.toThrow('aborted');
});

test('pauses grow to half a minute and differ from phone to phone', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((failures) => pauseAfter(failures, 1))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ]);
  expect(pauseAfter(1, 0)).toBe(500);
});
