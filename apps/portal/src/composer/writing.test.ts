import { describe, expect, test } from 'vitest';
import { newDraft, type Draft } from '../drafts/draft.ts';
import { listDrafts } from '../drafts/listed-drafts.ts';
import { composer as words } from '../messages/en/composer.ts';
import { doubtsOf } from './doubts.ts';
import { obstacle } from './obstacle.ts';
import { replyText } from './quoting.ts';
import { isOutside } from './recipients.ts';
import { hasSignature, withoutSignature, withSignature } from './signature.ts';

const lee = { name: 'Lee Gu', address: 'lee@fabrikam.example' };

function draft(change: Partial<Draft> = {}): Draft {
  const content = { to: [lee], cc: [], bcc: [], about: null, carried: [] };
  return { ...newDraft({ ...content, subject: 'Figures', text: 'Hello' }), ...change };
}

describe('what may have been forgotten', () => {
  test('a subject, also when only marks of an answer are there', () => {
    for (const subject of ['', '  ', 'Re:', 'Fwd: Re: '])
      expect(doubtsOf(draft({ subject }))).toEqual(['subject']);
    expect(doubtsOf(draft())).toEqual([]);
  });

  test.each([
    'The figures are attached.',
    'See attachment',
    'Anbei die Zahlen',
    'im Anhang',
    'Ci-joint le contrat',
    '添付します',
  ])('an attachment that the text announces: %s', (text) => {
    expect(doubtsOf(draft({ text }))).toEqual(['attachment']);
    const uploads = [{ id: '1', fileName: 'a.pdf', size: 1, isHere: true }];
    expect(doubtsOf(draft({ text, uploads }))).toEqual([]);
  });

  test('what others wrote announces nothing', () => {
    const text = `Thanks.${replyText('Lee wrote:', 'The figures are attached.')}`;
    expect(doubtsOf(draft({ text }))).toEqual([]);
    expect(doubtsOf(draft({ text: 'Look\n\n----- Forwarded message -----\nattached' }))).toEqual(
      [],
    );
    expect(doubtsOf(draft({ text: 'I am unattachedly happy' }))).toEqual([]);
  });

  test('a forwarded attachment is one', () => {
    const about = { itemId: 'x', mode: 'forward', parts: [1] } as const;
    expect(doubtsOf(draft({ text: 'attached', about }))).toEqual([]);
  });
});

describe('what stands in the way of sending', () => {
  const ready = { isChoosing: false, mayWrite: true, isUnderWay: () => false };
  test('is said in words, one thing at a time', () => {
    expect(obstacle(draft(), ready)).toBeNull();
    expect(obstacle(draft(), { ...ready, mayWrite: false })).toBe(words.readOnly);
    expect(obstacle(draft({ to: [] }), ready)).toBe(words.nobody);
    expect(obstacle(draft({ to: [], bcc: [lee] }), ready)).toBeNull();
    const half = { name: '', address: 'lee' };
    expect(obstacle(draft({ bcc: [half] }), ready)).toBe(words.badAddress('lee'));
    expect(obstacle(draft(), { ...ready, isChoosing: true })).toBe(words.choosePhotos);
    const uploads = [{ id: '1', fileName: 'a.pdf', size: 1, isHere: false }];
    expect(obstacle(draft({ uploads }), ready)).toBe(words.waitUploads);
    // What goes up by itself is waited for in the outbox.
    expect(obstacle(draft({ uploads }), { ...ready, isUnderWay: () => true })).toBeNull();
  });
});

describe('a signature', () => {
  const signature = 'Megan Bowen\n+49 $1';
  test('ends a new message, and goes again as it came', () => {
    const signed = withSignature('Hello', signature);
    expect(signed).toBe('Hello\n\nMegan Bowen\n+49 $1');
    expect(withoutSignature(signed, signature)).toBe('Hello');
  });

  test('stands above what is quoted or forwarded', () => {
    const text = replyText('On Monday, Lee wrote:', 'Yes');
    expect(withSignature(text, signature)).toBe(`\n\n${signature}${text}`);
    const forwarded = '\n\n---------- Forwarded message ----------\nFrom: Lee';
    expect(withSignature(`Look${forwarded}`, signature)).toBe(`Look\n\n${signature}${forwarded}`);
  });

  test('is put in once, and an empty one never', () => {
    const signed = withSignature('Hello', signature);
    expect(withSignature(signed, signature)).toBe(signed);
    expect(withSignature('Hello', ' ')).toBe('Hello');
    expect(hasSignature('Hello', '')).toBe(false);
  });
});

test('recipients outside the organisation are told by their domain', () => {
  expect(isOutside('lee@fabrikam.example', ['contoso.example'])).toBe(true);
  expect(isOutside('Ann@CONTOSO.example', ['contoso.example'])).toBe(false);
  expect(isOutside('lee', ['contoso.example'])).toBe(false);
  // Not known yet: nobody is marked by mistake.
  expect(isOutside('lee@fabrikam.example', [])).toBe(false);
});

test('the list shows a draft once: as this device has it, or as the server says', () => {
  const local = draft({ key: 'a', savedAt: '2026-11-26T02:00:00Z', isDirty: true });
  const row = {
    id: 'a',
    revision: 1,
    to: [lee],
    subject: 'Old',
    preview: '',
    attachments: 0,
    because: null,
    writtenAt: '2026-11-26T01:00:00Z',
  };
  const other = { ...row, id: 'b', subject: 'Elsewhere', writtenAt: '2026-11-26T03:00:00Z' };
  expect(
    listDrafts([local], [row, other]).map(({ subject, isSaved }) => [subject, isSaved]),
  ).toEqual([
    ['Elsewhere', true],
    ['Figures', false],
  ]);
});
