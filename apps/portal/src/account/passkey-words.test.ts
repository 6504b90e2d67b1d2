import { expect, test } from 'vitest';
import { passkeyWords } from './passkey-words.ts';

const refusal = (name: string): Error =>
  Object.assign(new Error('in the words of a browser'), { name });

test.each([
  'NotAllowedError',
  'AbortError',
  'InvalidStateError',
  'SecurityError',
  'NotSupportedError',
])('%s is told in our words, not in those of the browser', (name) => {
  expect(passkeyWords(refusal(name))).not.toContain('browser');
});

test('a failure of the server is told by the server', () => {
  expect(passkeyWords(refusal('TRPCClientError'))).toBeNull();
  expect(passkeyWords('anything')).toBeNull();
});
