import type { Invitation } from '@holdfast/application';
import { describe, expect, test } from 'vitest';
import { presentInvitation, recurrenceWords } from './portal-invitation.ts';
import { notesOn } from './portal-notes.ts';

const ONCE: Invitation = {
  method: 'request',
  subject: 'Budget',
  location: '',
  notes: 'not for the page: the message itself says it',
  start: Date.UTC(2026, 11, 2, 8),
  end: Date.UTC(2026, 11, 2, 9),
  isAllDay: false,
  zone: 'Europe/Berlin',
  isFloating: false,
  organizer: null,
  attendees: [],
  recurrence: null,
  isOneOfSeries: false,
  sequence: 0,
  joinUrl: null,
};
const words = (change: Partial<Invitation>): string =>
  presentInvitation({ ...ONCE, ...change }, 'en').words;

describe('what an invitation is', () => {
  test('is its first line', () => {
    const tom = { name: 'Tom', address: 'tom@x.example', answer: 'declined' } as const;
    expect(words({})).toBe('Invitation');
    expect(words({ sequence: 2 })).toBe('Invitation, changed');
    expect(words({ method: 'cancel', isOneOfSeries: true })).toBe('Cancelled, one of a series');
    expect(words({ method: 'reply', attendees: [tom] })).toBe('Declined by Tom');
    expect(words({ method: 'reply' })).toBe('An answer to an invitation');
    expect(words({ method: 'publish' })).toBe('Event');
  });

  test.each([
    [{ frequency: 'daily' }, 'Every day'],
    [{ frequency: 'weekly', days: ['MO', 'TU', 'WE', 'TH', 'FR'] }, 'Every working day'],
    [
      { frequency: 'weekly', interval: 2, days: ['MO', 'WE'] },
      'Every 2 weeks on Monday and Wednesday',
    ],
    [
      { frequency: 'monthly', days: ['2TU'], count: 6 },
      'Every month on the second Tuesday, 6 times',
    ],
    [{ frequency: 'monthly', days: ['-1FR'] }, 'Every month on the last Friday'],
    [{ frequency: 'yearly', until: Date.UTC(2030, 0, 1) }, 'Every year, until 1 January 2030'],
  ] as const)('recurs in words %#', (rule, said) => {
    const none = { interval: 1, days: [], count: null, until: null };
    expect(recurrenceWords({ ...none, ...rule })).toBe(said);
  });
});

test('what cannot be shown here is named, with where it can', () => {
  const part = {
    index: 0,
    fileName: 'winmail.dat',
    contentType: 'application/ms-tnef',
    size: 1,
    contentId: null,
    inline: false,
  };
  const none = { protection: null, parts: [], isCut: false, from: null };
  expect(notesOn(none)).toEqual([]);
  expect(notesOn({ ...none, parts: [part] })[0]).toContain('winmail.dat');
  expect(
    notesOn({ ...none, protection: { by: 'pgp', how: 'encrypted', signer: null } })[0],
  ).toMatch(/^Encrypted with PGP/);
  expect(
    notesOn({ ...none, protection: { by: 'smime', how: 'signed', signer: null }, isCut: true }),
  ).toHaveLength(2);
});
