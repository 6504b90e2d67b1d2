import { expect, onTestFinished, test } from 'vitest';
import { mimeCorpus } from '../testing/mime-corpus.ts';
import { createIsolatedFormat, type IsolatedFormatOptions } from './isolated-format.ts';
import { createMessageFormat } from './message-format.ts';

const AUTHSERV = { authservId: 'mx.holdfast.example' };

function isolated(options: Partial<IsolatedFormatOptions> = {}) {
  const format = createIsolatedFormat({ ...AUTHSERV, ...options });
  onTestFinished(() => format.close());
  return format;
}

test('reads and summarises as the parser does in process', async () => {
  const format = isolated();
  const inProcess = createMessageFormat(AUTHSERV);
  for (const { bytes } of mimeCorpus().filter((_message, index) => index % 5 === 0)) {
    expect(await format.summarise(bytes)).toEqual(await inProcess.summarise(bytes));
    expect(await format.read(bytes)).toEqual(await inProcess.read(bytes));
  }
  const [mixed] = mimeCorpus().filter(({ name }) => name === 'mixed with an attachment');
  const found = await format.attachment(mixed?.bytes ?? Buffer.alloc(0), 0);
  expect(Buffer.from(found?.content ?? []).toString()).toBe('not a document');
});

test.each(['loop', 'hoard'])(
  'a message that makes the parser %s costs itself and no other',
  async (evil) => {
    const thread = new URL('../testing/stuck-parser.ts', import.meta.url);
    const format = isolated({ thread, limits: { time: 3000 } });
    const ask = (text: string) => format.read(Buffer.from(text));
    const [before, stuck, after] = await Promise.allSettled([
      ask('before'),
      ask(evil),
      ask('after'),
    ]);
    expect(before).toEqual({ status: 'fulfilled', value: 'before' });
    expect(stuck.status).toBe('rejected');
    expect(after).toEqual({ status: 'fulfilled', value: 'after' });
  },
);

test('with several threads, a message that keeps one busy holds up nobody who asks after it', async () => {
  const thread = new URL('../testing/stuck-parser.ts', import.meta.url);
  const format = isolated({ thread, threads: 2, limits: { time: 3000 } });
  const order: string[] = [];
  const ask = (text: string) =>
    format.read(Buffer.from(text)).then(
      () => order.push(text),
      () => order.push(`${text}, ended`),
    );
  const stuck = ask('loop');
  for (const text of ['first', 'second', 'third']) await ask(text);
  await stuck;
  expect(order).toEqual(['first', 'second', 'third', 'loop, ended']);
});
