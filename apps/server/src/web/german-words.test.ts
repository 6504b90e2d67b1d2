import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  GERMAN_MESSAGE,
  GERMAN_REFUSALS,
  inLanguage,
  messageWordInGerman,
  refusalInGerman,
} from '@holdfast/api';
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
    expect(sentences.filter((sentence) => refusalInGerman(sentence) === null)).toEqual([]);
  });

  it('has the same values filled in', () => {
    const unknown = Object.entries({ ...GERMAN_REFUSALS, ...GERMAN_MESSAGE }).filter(
      ([english, german]) =>
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

describe('what is said of a message', () => {
  const presenters = join(ROOT, 'packages/api/src/presenters');
  /** Words with a space between them: everything that a presenter of messages fills in. */
  const WORDS = /(['`])((?:(?!\1)[^\\\n])*[a-z’}] (?:(?!\1)[^\\\n])*)\1/g;
  const words = ['authentication', 'message', 'notes', 'report', 'warnings'].flatMap((name) => {
    const code = readFileSync(join(presenters, `portal-${name}.ts`), 'utf8');
    return [...code.replaceAll(/^\s*(?:\/?\*|\/\/|import|\} from).*$/gm, '').matchAll(WORDS)].map(
      ([, , text = '']) => text.replace(/\$\{because\([^}]*\}/g, '').replace(/\$\{[^}]*\}+/g, '7'),
    );
  });

  it('is said in German too', () => {
    expect(words.length).toBeGreaterThan(40);
    // The search for literals also finds code between two of them.
    const said = words.filter((each) => !/[={|&]|return/.test(each));
    expect(said.filter((each) => messageWordInGerman(each) === null)).toEqual([]);
  });

  it('in parts, with the other side’s own words behind', () => {
    expect(
      messageWordInGerman(
        'Not delivered: the address does not exist at b.example. Check it, and send again (550 5.1.1 (no) such user)',
      ),
    ).toBe(
      'Nicht zugestellt: Die Adresse gibt es bei b.example nicht. Prüfen Sie sie, und senden Sie noch einmal (550 5.1.1 (no) such user)',
    );
    expect(
      messageWordInGerman('DKIM: the signature of its domain could not be checked (temperror)'),
    ).toBe('DKIM: die Signatur von Absender-Domain konnte nicht geprüft werden (temperror)');
  });
});
