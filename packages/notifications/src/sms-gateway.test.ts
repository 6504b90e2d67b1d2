import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSmsGateway } from './sms-gateway.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function gateway(status: number, body: string, seen: unknown[] = []): Promise<string> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      seen.push({
        url: request.url,
        authorization: request.headers.authorization,
        body: JSON.parse(text),
      });
      if (status !== 0) response.writeHead(status).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms/`;
}
const message = { to: '+14255550109', text: 'Hello', reference: 'notice-1' };

describe('handing an SMS to the gateway', () => {
  it('sends number, text and reference, and keeps the gateway’s id', async () => {
    const seen: unknown[] = [];
    const url = await gateway(202, '{"id":"sms-7"}', seen);
    const outcome = await createSmsGateway({ url, token: 't', timeoutMs: 5000 }).send(message);
    expect(outcome).toEqual({ ok: true, reference: 'sms-7' });
    expect(seen).toEqual([{ url: '/sms/messages', authorization: 'Bearer t', body: message }]);
  });

  it.each([
    [400, true],
    [404, true],
    [422, true],
    [401, false],
    [403, false],
    [408, false],
    [429, false],
    [500, false],
    [503, false],
  ])('%i: permanent %s', async (status, permanent) => {
    const url = await gateway(status, 'said so');
    const outcome = await createSmsGateway({ url, token: 't', timeoutMs: 5000 }).send(message);
    expect(outcome).toEqual({
      ok: false,
      permanent,
      detail: `The SMS gateway answered ${status}: said so`,
    });
  });

  it('a silent or absent gateway is temporary, and its token stays out of the words', async () => {
    const silent = await gateway(0, '');
    for (const url of [silent, 'http://127.0.0.1:1']) {
      const outcome = await createSmsGateway({ url, token: 'secret-token', timeoutMs: 100 }).send(
        message,
      );
      expect(outcome).toMatchObject({ ok: false, permanent: false });
      expect(JSON.stringify(outcome)).not.toContain('secret-token');
    }
  });
});
