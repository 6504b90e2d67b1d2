import { expect, test } from 'vitest';
import { decideDraftSaving, type KeptDraft } from './draft-revision.ts';

const open: KeptDraft = { revision: 3, state: 'open', isSame: false, isOwn: false };

test('the first save, and one that follows the latest revision, are kept', () => {
  expect(decideDraftSaving(null, 0)).toEqual({ kind: 'replace', revision: 1 });
  expect(decideDraftSaving(open, 3)).toEqual({ kind: 'replace', revision: 4 });
});

test('what is kept already is not written twice, whatever the device saw before', () => {
  for (const base of [0, 2, 3])
    expect(decideDraftSaving({ ...open, isSame: true }, base)).toEqual({
      kind: 'same',
      revision: 3,
    });
});

test('who did not see the latest revision gets a draft of their own', () => {
  for (const base of [0, 2, 7])
    expect(decideDraftSaving(open, base)).toEqual({
      kind: 'branch',
      because: 'written-elsewhere',
    });
});

test('a device that goes on writing after an answer was lost does not split its own draft', () => {
  expect(decideDraftSaving({ ...open, isOwn: true }, 2)).toEqual({ kind: 'replace', revision: 4 });
});

test('a message that was sent elsewhere stays as it was sent; what was written since is kept', () => {
  const sent: KeptDraft = { ...open, state: 'sent' };
  expect(decideDraftSaving({ ...sent, isSame: true }, 2)).toEqual({ kind: 'over', as: 'sent' });
  expect(decideDraftSaving(sent, 3)).toEqual({ kind: 'branch', because: 'sent-elsewhere' });
});

test('what was discarded elsewhere stays so, unless something was written since', () => {
  const discarded: KeptDraft = { ...open, state: 'discarded' };
  expect(decideDraftSaving({ ...discarded, isSame: true }, 3)).toEqual({
    kind: 'over',
    as: 'discarded',
  });
  expect(decideDraftSaving(discarded, 1)).toEqual({ kind: 'replace', revision: 4 });
});

test('a draft whose row is long gone comes back', () => {
  expect(decideDraftSaving(null, 9)).toEqual({ kind: 'replace', revision: 10 });
});
