import { expect, test } from 'vitest';
import { hiddenRecipients } from './hidden-recipients.ts';

test('whoever is of the envelope and in no field was in Bcc, whatever the case of the letters', () => {
  const named = [
    { name: 'Lee Gu', address: 'Lee@Fabrikam.example' },
    { name: '', address: 'mona@fabrikam.example' },
  ];
  const envelope = ['lee@fabrikam.example', 'mona@fabrikam.example', 'boss@contoso.example'];
  expect(hiddenRecipients(named, envelope)).toEqual([
    { name: '', address: 'boss@contoso.example' },
  ]);
  expect(hiddenRecipients(named, [])).toEqual([]);
});
