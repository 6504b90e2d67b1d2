import { expect, test } from 'vitest';
import { presentWarning } from './portal-warnings.ts';

test('each warning names what is odd, and the dangerous ones say what to do', () => {
  const own = presentWarning({ kind: 'own-domain-unproved', domain: 'contoso.example' });
  expect(own.level).toBe('problem');
  expect(own.words).toMatch(/contoso\.example.*nothing proves it.*Ask the sender/);
  const alike = presentWarning({
    kind: 'look-alike-domain',
    domain: 'c0ntoso.example',
    own: 'contoso.example',
  });
  expect(alike.words).toMatch(/^c0ntoso\.example looks like contoso\.example and is not\./);
  const name = presentWarning({
    kind: 'colleague-name',
    name: 'Megan Bowen',
    address: 'megan@contoso.example',
  });
  expect(name.words).toContain('Megan Bowen (megan@contoso.example)');
  expect(presentWarning({ kind: 'address-in-name', shown: 'a@b.example' }).words).toContain(
    'a@b.example',
  );
  const reply = presentWarning({ kind: 'reply-elsewhere', address: 'x@y.example' });
  expect(reply).toMatchObject({
    level: 'attention',
    words: expect.stringContaining('x@y.example'),
  });
  const first = presentWarning({ kind: 'first-time', address: 'x@y.example' });
  expect(first.words).toBe('The first message from x@y.example in the last 30 days.');
});
