import express from 'express';
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createLanguageCookie } from './language-cookie.ts';

/** As written, where `fetch` would tidy it up. */
async function ask(path: string): Promise<string> {
  const server = express()
    .use(createLanguageCookie({ https: false }).choose)
    .listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume();
      resolve(`${response.statusCode} ${response.headers.location}`);
    })
      .on('error', reject)
      .end();
  });
}

test.each([
  ['/info/x?language=de&sent=sms', '/info/x?sent=sms'],
  ['//evil.example/x?language=de', '/evil.example/x'],
  ['/\\evil.example/x?language=de', '/evil.example/x'],
  ['/\\:x?language=de', '/:x'],
  ['/.//evil.example?language=de', '/evil.example'],
])(
  'choosing a language leads to our own page again, however it is written: %s',
  async (path, to) => {
    expect(await ask(path)).toBe(`303 ${to}`);
  },
);
