import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { pinnedLookup } from './pinned-lookup.ts';

test('a connection goes to the address that was judged, whatever the name stands for', async () => {
  const server = createServer((asked, response) => response.end(asked.headers.host));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const lookup = pinnedLookup(['127.0.0.1']);
  const body = await new Promise<string>((resolve, reject) => {
    request({ host: 'push.invalid', port, lookup, agent: false }, (response) => {
      let text = '';
      response.on('data', (piece: Buffer) => (text += piece.toString()));
      response.on('end', () => resolve(text));
    })
      .on('error', reject)
      .end();
  });
  await new Promise((resolve) => server.close(resolve));
  expect(body).toBe(`push.invalid:${port}`);
});
