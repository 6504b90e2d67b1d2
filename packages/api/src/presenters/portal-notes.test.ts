import type { SignatureFinding } from '@holdfast/application';
import { expect, test } from 'vitest';
import { notesOn, presentBrokenSignature } from './portal-notes.ts';

const MONA: SignatureFinding = {
  name: 'Mona Kane',
  addresses: ['mona.kane@fabrikam.example'],
  issuer: 'Fabrikam Mail CA',
  fits: 'yes',
};

function note(signer: SignatureFinding, from = 'Mona.Kane@fabrikam.example'): string | undefined {
  return notesOn({
    protection: { by: 'smime', how: 'signed', signer },
    parts: [],
    isCut: false,
    from: { name: '', address: from },
  })[0];
}

test('a signature that fits says by whom, and that its certificate is not vouched for', () => {
  expect(note(MONA)).toBe(
    'Signed with S/MIME by Mona Kane, mona.kane@fabrikam.example: the text is as it was signed. The certificate was issued by Fabrikam Mail CA; whether to trust it is not checked here.',
  );
});

test('one of somebody else’s certificate says so', () => {
  expect(note(MONA, 'megan@contoso.example')).toContain('which is not the sender’s address');
});

test('one that does not fit is warned of, and no note', () => {
  const protection = { by: 'smime', how: 'signed', signer: { ...MONA, fits: 'no' } } as const;
  expect(presentBrokenSignature({ protection, from: null })).toEqual([
    { kind: 'signature', level: 'attention', words: expect.stringContaining('does not fit') },
  ]);
  expect(note({ ...MONA, fits: 'no' })).toBeUndefined();
  expect(presentBrokenSignature({ protection: null, from: null })).toEqual([]);
});

test('one that cannot be checked is no reason to trust', () => {
  expect(note({ ...MONA, fits: 'unknown' })).toContain('cannot be checked');
  expect(note({ name: '', addresses: [], issuer: '', fits: 'yes' })).toContain(
    'somebody without a name',
  );
});
