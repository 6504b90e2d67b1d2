import express from 'express';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compressedAnswers } from './compressed-answers.ts';
import { serve, type ServedSite } from './testing/serve.ts';

const LONG = 'The lorry is loaded. '.repeat(200);
let site: ServedSite;

beforeEach(async () => {
  const app = express();
  app.use(compressedAnswers());
  app.get('/script', (_request, response) => void response.type('js').send(LONG));
  app.get('/list', (_request, response) => void response.json({ rows: [LONG] }));
  app.get('/short', (_request, response) => void response.json({ ok: true }));
  app.get('/picture', (_request, response) => void response.type('png').send(Buffer.from(LONG)));
  app.get('/stream', (_request, response) => void response.type('text/event-stream').send(LONG));
  site = await serve(app);
});
afterEach(() => site.close());

async function encodingOf(path: string, accepted = 'gzip, deflate, br'): Promise<string | null> {
  const response = await site.request(path, { headers: { 'accept-encoding': accepted } });
  expect(response.status).toBe(200);
  await response.arrayBuffer();
  return response.headers.get('content-encoding');
}

test('scripts and lists go out compressed, in what the browser understands', async () => {
  expect(await encodingOf('/script')).toBe('br');
  expect(await encodingOf('/list')).toBe('br');
  expect(await encodingOf('/script', 'gzip')).toBe('gzip');
  expect(await encodingOf('/script', 'identity')).toBeNull();
});

test('what would not shrink, and a stream of events, go out as they are', async () => {
  expect(await encodingOf('/short')).toBeNull();
  expect(await encodingOf('/picture')).toBeNull();
  expect(await encodingOf('/stream')).toBeNull();
});
