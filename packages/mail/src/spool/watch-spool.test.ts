import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory, until } from '../testing/fixtures.ts';
import { watchSpool } from './watch-spool.ts';

test('tells of what is written to an instance that is followed, and of new instances', async () => {
  await using place = await temporaryDirectory();
  const heard = { written: 0, changed: 0 };
  const watching = watchSpool({
    directory: place.path,
    onWritten: () => (heard.written += 1),
    onChanged: () => (heard.changed += 1),
  });
  watching.follow(['mx-1', '../elsewhere']);
  await mkdir(join(place.path, 'mx-1'));
  await until(() => heard.changed > 0);
  watching.follow(['mx-1']);
  const before = heard.written;
  await writeFile(join(place.path, 'mx-1', 'a.seg'), 'bytes');
  await until(() => heard.written > before);
  watching.close();
  expect(heard.changed).toBeGreaterThan(0);
});

test('is quiet where there is nothing to watch', () => {
  const watching = watchSpool({
    directory: '/nowhere/at/all',
    onWritten: () => undefined,
    onChanged: () => undefined,
  });
  expect(() => watching.follow(['mx-1'])).not.toThrow();
  watching.close();
});
