import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const HERE = join(import.meta.dirname, 'src/messages');
const areas = (language: string): string[] => readdirSync(join(HERE, language)).toSorted();
type Entry = readonly [key: string, value: unknown];

function leavesOf(value: unknown, path: string): readonly Entry[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, `${path}.${key}`));
}

/** A text that is filled in, with values that can be found again; counts are more than one. */
function filledIn(text: unknown, count: number): string {
  if (typeof text !== 'function') return String(text);
  const values = Array.from({ length: text.length }, (_each, index) => PLACES[index] ?? '');
  const ofNumbers = Array.from({ length: text.length }, (_each, index) => count + index);
  try {
    return String(Reflect.apply(text, null, values));
  } catch {
    return String(Reflect.apply(text, null, [['⟦one⟧', '⟦two⟧'], ...ofNumbers]));
  }
}
const PLACES = ['⟦one⟧', '⟦two⟧', '⟦three⟧'];
const placesIn = (text: string): readonly string[] =>
  [...new Set(text.match(/⟦\w+⟧/g) ?? [])].toSorted();

describe('German', () => {
  it('has every file that English has', () => {
    expect(areas('de')).toEqual(areas('en'));
  });

  it.each(areas('en'))('says all of %s, with the same values in it', async (file) => {
    const leaves = async (language: string): Promise<ReadonlyMap<string, unknown>> => {
      const words: unknown = await import(join(HERE, language, file));
      return new Map(leavesOf(words, ''));
    };
    const english = await leaves('en');
    const german = await leaves('de');
    expect([...german.keys()]).toEqual([...english.keys()]);
    for (const [key, text] of english) {
      const here = filledIn(german.get(key), 7);
      expect(placesIn(here), key).toEqual(placesIn(filledIn(text, 7)));
      // Two spaces, an English quotation mark, and an exclamation are slips; one key of the keyboard is an exclamation mark.
      expect(here.length > 1 && /“\w|!|  /.test(here), `${key}: ${here}`).toBe(false);
    }
  });
});
