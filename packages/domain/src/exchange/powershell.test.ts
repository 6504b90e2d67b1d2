import { describe, expect, it } from 'vitest';
import { cmdletLine, comment, containing, literal, quoted, say } from './powershell.ts';

describe('a value in a script is only ever a value', () => {
  it.each([
    ["O'Brien", "'O''Brien'"],
    // PowerShell ends a string at typographic quotation marks as well.
    ['O’Brien ‘x‛ ‚y', '\u0027O’’Brien ‘‘x‛‛ ‚‚y\u0027'],
    ['$(Remove-Mailbox *)', "'$(Remove-Mailbox *)'"],
    ['a\r\nRemove-Mailbox\u2028b', "'a Remove-Mailbox b'"],
    ['`n "x"', '\'`n "x"\''],
  ])('%j', (text, expected) => {
    expect(quoted(text)).toBe(expected);
  });

  it('in a comment it stays on its line, in a pattern it is no wildcard', () => {
    expect(comment('a\nRemove-Mailbox')).toBe('# a Remove-Mailbox');
    expect(containing('a*[b]?`')).toBe("'*a`*`[b`]`?``*'");
    expect(say('“It’s here” – not −1')).toBe("Write-Host '\"It''s here\" - not -1'");
  });

  it('of any kind', () => {
    expect([null, true, false, 6, 'x', [], ['a', 'b']].map(literal)).toEqual([
      '$null',
      '$true',
      '$false',
      '6',
      "'x'",
      '@()',
      "@('a', 'b')",
    ]);
    expect(literal({ add: ['a'], remove: [] })).toBe("@{ Add = @('a') }");
    expect(
      cmdletLine({ name: 'Remove-X', parameters: { Identity: "O'Brien", Confirm: false } }),
    ).toBe("Remove-X -Identity 'O''Brien' -Confirm:$false");
  });
});
