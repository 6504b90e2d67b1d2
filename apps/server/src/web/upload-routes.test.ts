import { createFakeLog } from '@holdfast/testkit';
import { createConnection } from 'node:net';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idOf, installEveryone } from '../use-cases/testing/set-up.ts';
import { createWorld, type World } from '../use-cases/testing/world.ts';
import { createPortalSite } from './portal-site.ts';
import { cookieOf, serve, type ServedSite } from './testing/serve.ts';

const PIECE = 256 * 1024;
const PASSWORD = 'correct horse battery';

let world: World;
let site: ServedSite;
let ada: string;
let ben: string;
let organisationId: string;
let adaId: string;

beforeAll(async () => {
  world = await createWorld();
  const contoso = await world.organisation('Contoso');
  organisationId = contoso.id;
  await installEveryone(world, contoso);
  adaId = await idOf(contoso, 'ada');
  const hash = await world.ports.secrets.hashPassword(PASSWORD);
  for (const local of ['ada', 'ben']) {
    const userId = await idOf(contoso, local);
    await world.ports.database.withinOrganisation(contoso.id, ({ accounts }) =>
      accounts.savePortalPassword(userId, hash),
    );
  }
  await contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'test' });
  const configuration = { portalUrl: 'http://localhost:3001', trustedProxies: [] };
  const log = createFakeLog();
  site = await serve(createPortalSite({ ports: world.ports, configuration, log }));
  const signIn = async (local: string): Promise<string> => {
    const login = `${local}@contoso.example`;
    return cookieOf((await site.mutate('session.signIn', { login, password: PASSWORD })).response);
  };
  ada = await signIn('ada');
  ben = await signIn('ben');
});
afterAll(async () => {
  await site.close();
  await world.close();
});

/** Bytes that tell where they are from. */
function bytes(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
}

async function begin(size: number, change: { id?: string; name?: string; cookie?: string } = {}) {
  const { id = randomUUID(), name = 'photo.jpg', cookie = ada } = change;
  const response = await site.request('/uploads', {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ id, name, size, type: 'image/jpeg' }),
  });
  const body = (await response.json()) as { code?: string; fileName?: string };
  return { id, status: response.status, code: body.code, fileName: body.fileName };
}

async function patch(id: string, offset: number, piece: Uint8Array<ArrayBuffer>, cookie = ada) {
  const response = await site.request(`/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      cookie,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(offset),
    },
    body: piece,
  });
  return { status: response.status, offset: response.headers.get('upload-offset') };
}

async function offsetOf(id: string, cookie = ada): Promise<string | null> {
  const response = await site.request(`/uploads/${id}`, { method: 'HEAD', headers: { cookie } });
  return response.status === 200 ? response.headers.get('upload-offset') : String(response.status);
}

async function contentOf(id: string): Promise<Uint8Array | null> {
  const [found] = await world.ports.database.withinOrganisation(organisationId, ({ uploads }) =>
    uploads.read(adaId, [id]),
  );
  return found?.content ?? null;
}

/** Sends the head of a piece and only the beginning of its body, and then the connection breaks. */
async function cutPiece(id: string, offset: number, length: number, sent: number): Promise<void> {
  const { port, host } = new URL(site.url);
  await new Promise<void>((resolve) => {
    const socket = createConnection({ port: Number(port), host: '127.0.0.1' }, () => {
      const head = [
        `PATCH /uploads/${id} HTTP/1.1`,
        `Host: ${host}`,
        `Origin: ${site.url}`,
        `Cookie: ${ada}`,
        `Content-Length: ${length}`,
        `Upload-Offset: ${offset}`,
        'Content-Type: application/offset+octet-stream',
        '',
        '',
      ].join('\r\n');
      socket.write(head);
      socket.write(bytes(length).subarray(0, sent), () => socket.destroy());
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
}

describe('a file in pieces', () => {
  test.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7])(
    'arrives as it was, with %i bytes',
    async (size) => {
      const file = bytes(size);
      const { id, status } = await begin(size);
      expect(status).toBe(200);
      for (let offset = 0; offset < size; offset += PIECE) {
        const piece = file.slice(offset, offset + PIECE);
        const answer = await patch(id, offset, piece);
        expect(answer).toEqual({ status: 200, offset: String(offset + piece.length) });
      }
      expect(await contentOf(id)).toEqual(file);
    },
  );

  test('goes on where it was cut, wherever that is, and nothing of the cut piece counts', async () => {
    const file = bytes(2 * PIECE + 5);
    const { id } = await begin(file.length);
    for (const sent of [0, 1, PIECE / 2, PIECE - 1]) {
      await cutPiece(id, 0, PIECE, sent);
      expect(await offsetOf(id)).toBe('0');
    }
    await patch(id, 0, file.slice(0, PIECE));
    await cutPiece(id, PIECE, PIECE, 100);
    expect(await offsetOf(id)).toBe(String(PIECE));
    await patch(id, PIECE, file.slice(PIECE, 2 * PIECE));
    await cutPiece(id, 2 * PIECE, 5, 4);
    expect(await contentOf(id)).toBeNull();
    await patch(id, 2 * PIECE, file.slice(2 * PIECE));
    expect(await contentOf(id)).toEqual(file);
  });

  test('is not spoilt by pieces that come again, too early or overlapping, and says where to go on', async () => {
    const file = bytes(2 * PIECE);
    const { id } = await begin(file.length);
    expect(await patch(id, PIECE, file.slice(PIECE))).toEqual({ status: 409, offset: '0' });
    await patch(id, 0, file.slice(0, PIECE));
    for (const offset of [0, PIECE - 1, PIECE + 1])
      expect(await patch(id, offset, bytes(10))).toEqual({ status: 409, offset: String(PIECE) });
    // Two that race for the same place: one is taken.
    const raced = await Promise.all([
      patch(id, PIECE, file.slice(PIECE)),
      patch(id, PIECE, file.slice(PIECE)),
    ]);
    expect(new Set(raced.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect(await contentOf(id)).toEqual(file);
  });

  test('never grows beyond what was announced, nor by more than a piece at once', async () => {
    const { id } = await begin(10);
    expect((await patch(id, 0, bytes(11))).status).toBe(400);
    const large = await begin(3 * PIECE);
    expect((await patch(large.id, 0, bytes(PIECE + 1))).status).toBe(400);
    expect(await offsetOf(large.id)).toBe('0');
    expect((await patch(large.id, -1, bytes(1))).status).toBe(400);
  });

  test('is announced once: after a lost answer it goes on, and another size is refused', async () => {
    const { id } = await begin(PIECE + 1);
    await patch(id, 0, bytes(PIECE));
    expect((await begin(PIECE + 1, { id })).status).toBe(200);
    expect(await offsetOf(id)).toBe(String(PIECE));
    expect((await begin(5, { id })).code).toBe('input.invalid');
  });

  test('keeps a name without paths and control characters', async () => {
    expect((await begin(1, { name: '../Größe & co\u0000\u202e.pdf' })).fileName).toBe(
      'Größe & co.pdf',
    );
  });
});

describe('limits', () => {
  test('a file that no message can hold is refused before a byte is sent', async () => {
    expect((await begin(25 * 1024 * 1024 + 1)).code).toBe('mailbox.too-big');
    expect((await begin(-1)).code).toBe('input.invalid');
  });

  test('what one person keeps together is bounded, and taking away makes room', async () => {
    const cookie = ben;
    const size = 25 * 1024 * 1024;
    const ids: string[] = [];
    for (let turn = 0; turn < 7; turn += 1) ids.push((await begin(size, { cookie })).id);
    // For the last place there is one at a time.
    const raced = await Promise.all([begin(size, { cookie }), begin(size, { cookie })]);
    expect(raced.map(({ code }) => code ?? 'taken').toSorted()).toEqual(['taken', 'uploads.full']);
    expect((await begin(1, { cookie })).code).toBe('uploads.full');
    await site.request(`/uploads/${ids[0]}`, { method: 'DELETE', headers: { cookie } });
    expect((await begin(1, { cookie })).status).toBe(200);
  });
});

test('a file is nobody else’s: not to see, not to add to, not to take away', async () => {
  const { id } = await begin(5);
  expect(await offsetOf(id, ben)).toBe('404');
  expect((await patch(id, 0, bytes(5), ben)).status).toBe(404);
  await site.request(`/uploads/${id}`, { method: 'DELETE', headers: { cookie: ben } });
  expect(await offsetOf(id)).toBe('0');
  expect((await patch(id, 0, bytes(5), '')).status).toBe(401);
  expect(await offsetOf('not-an-id')).toBe('404');
});
