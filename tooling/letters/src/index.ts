/** Mail as it really comes: made anew in the shape of what programs and senders write, always the same. */
import { AWKWARD_LETTERS } from './awkward-letters.ts';
import { CHARSETS } from './charsets.ts';
import { HTML_LETTERS, HUGE_LETTER } from './html-letters.ts';
import type { RealMail } from './letter.ts';
import { PROTECTED } from './protected.ts';
import { STRUCTURES } from './structures.ts';

export { HUGE_LETTER, PROTECTED };
export type { RealMail };

export const REAL_MAIL: readonly RealMail[] = [
  ...CHARSETS,
  ...STRUCTURES,
  ...PROTECTED,
  ...HTML_LETTERS,
  ...AWKWARD_LETTERS,
];
