import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comment, property, resultsHeader } from './results-header.ts';

test('a value that came from outside begins no line or field of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (value) => {
      const method = `spf=pass${comment(value)}${property('smtp.mailfrom', value)}`;
      const lines = resultsHeader('mx.example', [method]).split('\r\n');
      expect(lines).toHaveLength(2);
      for (const line of lines) expect(line).toMatch(/^[\t\x20-\x7e]{0,997}$/);
      const bare = method.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/\((?:[^()\\]|\\.)*\)/g, '');
      expect(bare).toMatch(/^spf=pass *(?: smtp\.mailfrom=\S*)?$/);
    }),
  );
});
