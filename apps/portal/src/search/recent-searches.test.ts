import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { openDatabase } from '../storage/open-database.ts';
import { forgetSearches, rememberSearch, withSearch } from './recent-searches.ts';

const kept = async (user: string): Promise<unknown> =>
  (await (await openDatabase())?.get('settings', [user, 'recent-searches']))?.value;

test('what was searched for lately comes first, once, and eight are kept', () => {
  const many = Array.from({ length: 12 }, (_, at) => `word ${at}`);
  expect(many.reduce<readonly string[]>(withSearch, [])).toEqual(many.toReversed().slice(0, 8));
  expect(withSearch(['a', 'b'], ' b ')).toEqual(['b', 'a']);
  expect(withSearch(['a'], '  ')).toEqual(['a']);
});

test('each user of a device has their own, and can have them forgotten', async () => {
  await rememberSearch('Ann@contoso.example', 'salary');
  await rememberSearch('bo@contoso.example', 'lunch');
  expect(await kept('ann@contoso.example')).toEqual(['salary']);
  await forgetSearches('Ann@contoso.example');
  expect(await kept('ann@contoso.example')).toEqual([]);
  expect(await kept('bo@contoso.example')).toEqual(['lunch']);
});
