import type { UndoneDraft } from '@holdfast/contracts';
import { expect, test } from 'vitest';
import { newDraft } from '../drafts/draft.ts';
import { undoneDraft } from './undone-draft.ts';

const lee = { name: 'Lee Gu', address: 'lee@fabrikam.example' };
const html = '<div>Look <b>here</b></div>';
const back: UndoneDraft = {
  to: [lee],
  cc: [],
  bcc: [],
  subject: 'Fwd: Gate',
  text: 'Look here\nGate 4.',
  html,
  isQuoting: true,
  about: null,
  uploads: [{ id: 'file', fileName: 'plan.pdf', size: 9 }],
};
const forwarded = { itemId: 'x', mode: 'forward', parts: [2], quote: true } as const;
const known = newDraft({ ...back, about: forwarded, carried: [] });

test('a forwarded message comes back with its formatting, quotes what it quoted, and has its attachments as files', () => {
  expect(undoneDraft(back, known, 'spare')).toMatchObject({
    key: 'spare',
    html,
    text: back.text,
    about: { itemId: 'x', mode: 'forward', parts: [], quote: true },
    uploads: [{ id: 'file', isHere: true }],
    isTouched: true,
    isDirty: true,
    base: 0,
  });
});

test('an answer comes back to the message that the server names', () => {
  const about = { itemId: 'y', mode: 'reply' } as const;
  expect(undoneDraft({ ...back, about }, known, 'spare').about).toMatchObject({ itemId: 'y' });
});

test('what quoted nothing as it looks, quotes nothing so now', () => {
  const plain = { ...back, html: null, isQuoting: false };
  expect(undoneDraft(plain, known, 'spare').about).toBeNull();
  const about = { itemId: 'y', mode: 'reply' } as const;
  expect(undoneDraft({ ...plain, about }, known, 'spare').about).toMatchObject({ quote: false });
});
