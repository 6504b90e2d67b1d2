import { useEffect, useState } from 'react';
import { announceChange, onChange } from '../storage/changes.ts';
import { openDatabase } from '../storage/open-database.ts';

const KEY = 'recent-searches';
const KEPT = 8;

/** The latest first, and each once. */
export function withSearch(known: readonly string[], query: string): readonly string[] {
  const wanted = query.trim();
  if (wanted === '') return known;
  return [wanted, ...known.filter((each) => each !== wanted)].slice(0, KEPT);
}

async function read(user: string): Promise<readonly string[]> {
  const database = await openDatabase();
  const value = (await database?.get('settings', [user, KEY]))?.value;
  return Array.isArray(value)
    ? value.filter((each): each is string => typeof each === 'string')
    : [];
}

async function write(user: string, value: readonly string[]): Promise<void> {
  const database = await openDatabase();
  await database?.put('settings', { user, key: KEY, value });
  announceChange('settings');
}

/** Kept on this device alone; where the browser keeps nothing there are none. */
export async function rememberSearch(address: string, query: string): Promise<void> {
  const user = address.toLowerCase();
  await write(user, withSearch(await read(user), query));
}

export async function forgetSearches(address: string): Promise<void> {
  await write(address.toLowerCase(), []);
}

export function useRecentSearches(address: string): readonly string[] {
  const user = address.toLowerCase();
  const [searches, setSearches] = useState<readonly string[]>([]);
  useEffect(() => {
    const look = (): void => void read(user).then(setSearches);
    look();
    return onChange('settings', look);
  }, [user]);
  return searches;
}
