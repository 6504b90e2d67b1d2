import { describe, expect, test } from 'vitest';
import { HUGE_LETTER, PROTECTED, REAL_MAIL } from '@holdfast/letters';
import { createMessageFormat } from './message-format.ts';

const format = createMessageFormat({ authservId: 'mx.holdfast.example' });

describe('mail as it really comes', () => {
  test.each(REAL_MAIL.map((mail) => [mail.name, mail] as const))('%s', async (_name, mail) => {
    const read = await format.read(mail.raw);
    const shown = `${read.html ?? read.text}`;
    for (const words of mail.shows) expect(shown).toContain(words);
    const { subject = read.subject, attachments } = mail;
    expect(read.subject).toBe(subject);
    const listed = read.parts.filter((part) => !part.inline).length;
    expect(listed).toBe(attachments ?? listed);
    expect(shown).not.toContain('\ufffd');
  });
});

test('files are named as their senders name them, without a path, and as what they are where nobody does', async () => {
  const namesOf = async (name: string): Promise<readonly string[]> => {
    const mail = REAL_MAIL.find((each) => each.name === name);
    return (await format.read(mail?.raw ?? Buffer.alloc(0))).parts.map(({ fileName }) => fileName);
  };
  expect(await namesOf('file names in three ways')).toEqual([
    'Übersicht 2027.xlsx',
    'Übersicht.docx',
    'boot.ini',
  ]);
  expect(await namesOf('files without a name')).toEqual(['attachment-1.pdf', 'message-2.eml']);
  expect(await namesOf('PGP/MIME, encrypted')).toEqual(['pgp-version.txt', 'encrypted.asc']);
});

test('5 MB of HTML are cut, said to be, and read in bounded time', async () => {
  const began = performance.now();
  const read = await format.read(HUGE_LETTER.raw);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(HUGE_LETTER.raw.length).toBeGreaterThan(5_000_000);
  for (const words of HUGE_LETTER.shows) expect(read.html).toContain(words);
  expect(read.isCut).toBe(true);
});

test('an invitation is read with its message', async () => {
  const mail = REAL_MAIL.find(({ name }) => name === 'an invitation from Outlook');
  const { invitation } = await format.read(mail?.raw ?? Buffer.alloc(0));
  expect(invitation).toMatchObject({
    method: 'request',
    zone: 'America/New_York',
    joinUrl: expect.stringMatching(/^https:\/\/teams\.microsoft\.com\//),
  });
});

test.each(PROTECTED.map((mail) => [mail.name, mail] as const))(
  'how it is signed or encrypted is seen: %s',
  async (_name, mail) => {
    expect((await format.read(mail.raw)).protection).toEqual(mail.protection);
  },
);
