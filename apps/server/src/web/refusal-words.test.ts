import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { GERMAN, inGerman, inLanguage } from '@holdfast/api';
import { Refusal } from '@holdfast/application';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../../..');
/** Where users are refused something. */
const FOLDERS = [
  'packages/application/src/account-changes',
  'packages/application/src/alternate-info',
  'packages/application/src/mailbox',
  'packages/application/src/sign-in',
  'packages/api/src',
  'apps/server/src/web',
];
/** What only administrators ask for, and what is no refusal. */
const OF_ADMINISTRATORS = [
  'change-words.ts',
  'enter-contact.ts',
  'helpdesk-code.ts',
  'reset-info.ts',
  'admin-site.ts',
  'built-files.ts',
];
/** A literal that begins like a sentence and ends like one. */
const SENTENCE = /(['`])([“A-Z](?:(?!\1)[^\\\n])* (?:(?!\1)[^\\\n])*[.?])\1/g;

function sentencesIn(folder: string): readonly string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test)\.ts$/.test(path) && !path.startsWith('admin/'))
    .filter((path) => !OF_ADMINISTRATORS.includes(basename(path)))
    .map((path) => readFileSync(join(ROOT, folder, path), 'utf8'));
  return files
    .filter((code) => code.includes('new Refusal('))
    .flatMap((code) => [...code.matchAll(SENTENCE)].flatMap(([, , text]) => text ?? []))
    .map((text) => text.replace(/\$\{[^}]*\}/g, '7'));
}

describe('what users are refused with', () => {
  const sentences = FOLDERS.flatMap(sentencesIn);

  it('is found where it is said', () => {
    expect(sentences.length).toBeGreaterThan(60);
    expect(sentences).toContain('Name at least one recipient.');
  });

  it('is said in German too', () => {
    expect(sentences.filter((sentence) => inGerman(sentence) === null)).toEqual([]);
  });

  it('has the same values filled in', () => {
    const unknown = Object.entries(GERMAN).filter(([english, german]) =>
      (german.match(/\{\w+\}/g) ?? []).some((place) => !english.includes(place)),
    );
    expect(unknown).toEqual([]);
  });

  it('keeps its code, and says its fields as well', () => {
    const sentence = 'There is no ann@contoso.example in your organisation. Check the address.';
    const refusal = inLanguage(
      new Refusal('mailbox.bad-recipient', sentence, { to: sentence, suggestion: 'x@y.example' }),
      'de',
    );
    const german =
      'ann@contoso.example gibt es in Ihrer Organisation nicht. Prüfen Sie die Adresse.';
    expect(refusal).toMatchObject({
      code: 'mailbox.bad-recipient',
      message: german,
      fields: { to: german, suggestion: 'x@y.example' },
    });
  });
});
