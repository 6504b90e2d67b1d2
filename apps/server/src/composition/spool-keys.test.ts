import type { Database } from '@holdfast/application';
import { createLog } from './log.ts';
import { expect, test } from 'vitest';
import { createSecretKey, createSecrets } from './secrets.ts';
import { createDatabaseSpoolKeys, createHeldSpoolKeys } from './spool-keys.ts';

const log = createLog({ level: 'silent', role: 'test' });

test('a key stays the same when the secret key is changed and the one before still opens it', () => {
  const [before, after] = [createSecretKey(), createSecretKey()];
  const holder = {
    id: 'one',
    wrappedKey: createSecrets(before, null).createOrganisationKey('one'),
  };
  const old = createHeldSpoolKeys(createSecrets(before, null), log);
  const rotated = createHeldSpoolKeys(createSecrets(after, before), log);
  old.hold([holder]);
  rotated.hold([holder]);
  expect(rotated.keyOf('one')).toEqual(old.keyOf('one'));
  expect(rotated.keyOf('one')).toHaveLength(32);
});

test('a key that does not open is none: the mail of its organisation waits, that of others does not', () => {
  const secrets = createSecrets(createSecretKey(), null);
  const keys = createHeldSpoolKeys(secrets, log);
  keys.hold([
    { id: 'one', wrappedKey: secrets.createOrganisationKey('one') },
    { id: 'two', wrappedKey: secrets.createOrganisationKey('one') },
  ]);
  expect(keys.keyOf('one')).not.toBeNull();
  expect(keys.keyOf('two')).toBeNull();
});

test('after a miss the database is asked once, however many wait', async () => {
  const secrets = createSecrets(createSecretKey(), null);
  const organisation = { id: 'one', wrappedKey: secrets.createOrganisationKey('one') };
  let asked = 0;
  const database = {
    acrossOrganisations() {
      asked += 1;
      return Promise.resolve([organisation]);
    },
  } as unknown as Database;
  const keys = createDatabaseSpoolKeys(database, secrets, log);
  expect(keys.keyOf('one')).toBeNull();
  await Promise.all([keys.refresh(), keys.refresh()]);
  expect(keys.keyOf('one')).toHaveLength(32);
  await keys.refresh();
  expect(asked).toBe(1);
});
