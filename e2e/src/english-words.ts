/// <reference lib="dom" />
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const MESSAGES = join(import.meta.dirname, '../../apps/portal/src/messages');
/** Shorter ones are names, keys and words that both languages have. Characters. */
const SHORTEST = 4;

/** Sentences of the portal's English catalogue that have others in German, without anything filled in. */
async function readEnglishWords(): Promise<ReadonlySet<string>> {
  const english = await readTexts('en');
  const german = new Set((await readTexts('de')).values());
  const texts = [...english.values()].filter((text) => text.length >= SHORTEST);
  return new Set(texts.filter((text) => !german.has(text)));
}

async function readTexts(language: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const file of await readdir(join(MESSAGES, language))) {
    const words: unknown = await import(join(MESSAGES, language, file));
    collect(words, file, found);
  }
  return found;
}

function collect(value: unknown, path: string, found: Map<string, string>): void {
  if (typeof value === 'string') found.set(path, value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) collect(each, `${path}.${key}`, found);
}

/** What is to be read or heard on the page, piece by piece. */
interface Piece {
  readonly text: string;
  /** Stands where the portal shows what others have named: a person, a group, a subject. */
  readonly isName: boolean;
}

/**
 * English sentences that somebody reads on a page in German. A name is no sentence of ours: the demo's directory has
 * “Suggestions”, which is also what the composer calls addresses that it offers.
 */
export async function findEnglish(
  page: Page,
  directory: ReadonlySet<string>,
): Promise<readonly string[]> {
  const english = await readEnglishWords();
  return (await readPieces(page))
    .filter(({ text, isName }) => english.has(text) && !(isName && directory.has(text)))
    .map(({ text }) => text);
}

function readPieces(page: Page): Promise<readonly Piece[]> {
  return page.evaluate(() => {
    const pieces: Piece[] = [{ text: document.title, isName: false }];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      pieces.push({
        text: node.textContent ?? '',
        isName: (node.parentElement?.closest('bdi') ?? null) !== null,
      });
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]'))
      for (const name of ['aria-label', 'placeholder', 'title'])
        pieces.push({ text: element.getAttribute(name) ?? '', isName: false });
    return pieces
      .map((piece) => ({ ...piece, text: piece.text.trim() }))
      .filter(({ text }) => text !== '');
  });
}
