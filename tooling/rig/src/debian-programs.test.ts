import { describe, expect, it } from 'vitest';
import { findProgram, missingSentence } from './debian-programs.ts';

describe('Debian programs', () => {
  it('what is there is found by its path, and nothing is said of it', () => {
    expect(findProgram('mount')).toMatch(/^\/.*\/mount$/);
    expect(missingSentence(['mount'])).toBeNull();
  });
});
