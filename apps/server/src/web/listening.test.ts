import { request } from 'node:http';
import { expect, test } from 'vitest';
import { listenOn } from './listening.ts';

test('a taken port is named together with the setting that changes it', async () => {
  const first = await listenOn(() => undefined, { host: '127.0.0.1', port: 0, setting: 'X' });
  const second = listenOn(() => undefined, {
    host: '127.0.0.1',
    port: first.port,
    setting: 'HOLDFAST_ADMIN_PORT',
  });
  await expect(second).rejects.toMatchObject({
    code: 'EADDRINUSE',
    message: `Port ${first.port} is in use by another program. Stop it, or set HOLDFAST_ADMIN_PORT to another port.`,
  });
  await first.stop();
});

test('stopping lets the request under way finish', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const { promise: goOn, resolve: release } = Promise.withResolvers<void>();
  const site = await listenOn(
    (_request, response) => {
      arrive();
      void goOn.then(() => response.end('finished'));
    },
    { host: '127.0.0.1', port: 0, setting: 'X' },
  );
  const answer = new Promise<string>((resolve, reject) => {
    request({ port: site.port, host: '127.0.0.1', agent: false }, (response) => {
      response.setEncoding('utf8').on('data', resolve);
    })
      .on('error', reject)
      .end();
  });
  await arrived;
  const stopped = site.stop();
  release();
  expect(await answer).toBe('finished');
  await stopped;
});
