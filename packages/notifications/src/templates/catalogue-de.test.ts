import { describe, expect, it } from 'vitest';
import { GERMAN } from './catalogue-de.ts';
import { ENGLISH } from './catalogue.ts';
import { createNoticeTemplates } from './notice-templates.ts';

const ada = { organisation: 'Contoso', login: 'ada@contoso.example', url: 'https://mail.example/' };

describe('the German catalogue', () => {
  const leaves = (value: unknown, path = ''): readonly (readonly [string, string])[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, each]) => leaves(each, `${path}.${key}`))
      : [[path, String(value)]];
  const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted();
  const german = new Map(leaves(GERMAN));

  it.each(leaves(ENGLISH))('fills in at %s what the English one does', (path, text) => {
    expect(places(german.get(path) ?? '')).toEqual(places(text));
  });

  it('writes dates as they are written there', () => {
    const german = createNoticeTemplates('de');
    expect(german.eventEnded({ ...ada, readOnlyUntil: '2026-12-07' }).sms).toContain(
      'bis 7. Dezember 2026',
    );
  });
});
