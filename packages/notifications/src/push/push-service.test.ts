import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { urgencyOf } from '@holdfast/domain';
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { createPushService, type PushServiceOptions } from './push-service.ts';

const NOW = Date.UTC(2026, 10, 26, 3);
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function service(change: Partial<PushServiceOptions> = {}) {
  return createPushService({
    contact: 'mailto:operator@holdfast.example',
    trustedOrigin: null,
    addresses: () => Promise.reject(new Error('nobody asks')),
    clock: { now: () => NOW },
    timeoutMs: 2_000,
    ...change,
  });
}

async function send(trustedOrigin: string, timeoutMs = 2_000) {
  const push = service({ trustedOrigin, timeoutMs });
  const keys = await push.createKeys();
  const endpoint = `${trustedOrigin}/push/phone`;
  return { keys, outcome: await push.send({ endpoint, keys, urgency: urgencyOf('mail') }) };
}

describe('a push message', () => {
  it('has no content, says how long and how urgent, and proves who we are to this service alone', async () => {
    const seen: IncomingMessage[] = [];
    let body = '';
    const origin = await listen((request, response) => {
      seen.push(request);
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => response.writeHead(201).end());
    });
    const { keys, outcome } = await send(origin);
    expect(outcome).toEqual({ kind: 'taken' });
    const [request] = seen;
    expect(request).toMatchObject({ method: 'POST', url: '/push/phone' });
    expect(request?.headers).toMatchObject({
      ttl: '43200',
      urgency: 'normal',
      topic: 'mail',
      'content-length': '0',
    });
    expect(request?.headers).not.toHaveProperty('content-encoding');
    expect(body).toBe('');
    const [, token = '', key = ''] =
      /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(request?.headers.authorization ?? '') ?? [];
    expect(key).toBe(keys.publicKey);
    const point = Buffer.from(key, 'base64url');
    expect([point.length, point[0]]).toEqual([65, 4]);
    const publicKey = await importJWK({
      kty: 'EC',
      alg: 'ES256',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    });
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'JWT' });
    const { payload } = await jwtVerify(token, publicKey, { currentDate: new Date(NOW) });
    expect(payload).toEqual({
      aud: origin,
      exp: NOW / 1000 + 12 * 3_600,
      sub: 'mailto:operator@holdfast.example',
    });
  });

  it.each([
    [410, {}, { kind: 'gone' }],
    [404, {}, { kind: 'gone' }],
    [429, { 'retry-after': '90' }, { kind: 'later', retryAfter: 90_000 }],
    [503, {}, { kind: 'later', retryAfter: null }],
  ])('answered with %i', async (status, headers, expected) => {
    const origin = await listen((_request, response) => response.writeHead(status, headers).end());
    expect((await send(origin)).outcome).toMatchObject(expected);
  });

  it('is not sent on to where the service points', async () => {
    let followed = false;
    const inner = await listen((_request, response) => {
      followed = true;
      response.end();
    });
    const origin = await listen((_request, response) =>
      response.writeHead(307, { location: `${inner}/secret` }).end(),
    );
    expect((await send(origin)).outcome).toMatchObject({ kind: 'later' });
    expect(followed).toBe(false);
  });

  it('to a service that is silent, absent or never stops talking is tried again later', async () => {
    const silent = await listen(() => undefined);
    expect((await send(silent, 50)).outcome).toMatchObject({ kind: 'later' });
    expect((await send('http://127.0.0.1:1')).outcome).toMatchObject({ kind: 'later' });
    const endless = await listen((_request, response) => {
      response.writeHead(500);
      response.write('x'.repeat(1_000_000));
    });
    expect((await send(endless)).outcome).toMatchObject({ kind: 'later' });
  });
});

describe('an endpoint that a stranger has named', () => {
  const to = async (endpoint: string, addresses: readonly string[]) => {
    const asked: string[] = [];
    const push = service({
      addresses: async (host) => {
        asked.push(host);
        return addresses;
      },
    });
    const keys = await push.createKeys();
    return { asked, outcome: await push.send({ endpoint, keys, urgency: urgencyOf('mail') }) };
  };

  it.each([
    [['127.0.0.1']],
    [['10.0.0.7']],
    [['169.254.169.254']],
    [['::1']],
    [['::ffff:10.0.0.7']],
    [['1.1.1.1', '192.168.0.1']],
  ])('whose name stands for %s is let go without a connection', async (addresses) => {
    const { asked, outcome } = await to('https://push.example/a', addresses);
    expect(asked).toEqual(['push.example']);
    expect(outcome).toMatchObject({ kind: 'gone' });
  });

  it('that could not be taken now is not looked up either', async () => {
    const { asked, outcome } = await to('http://127.0.0.1:8080/a', []);
    expect(asked).toEqual([]);
    expect(outcome).toMatchObject({ kind: 'gone' });
  });

  it('whose name cannot be looked up is tried again later', async () => {
    expect((await to('https://push.example/a', [])).outcome).toMatchObject({ kind: 'later' });
  });
});
