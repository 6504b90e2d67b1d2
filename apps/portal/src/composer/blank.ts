import type { Party } from '@holdfast/contracts';
import type { DraftContent } from '../drafts/draft.ts';
import { isFormattingChosen } from './rich/formatting-choice.ts';

/** By itself: what answers and forwards is loaded with the reader. */
export function blank(to: readonly Party[]): DraftContent {
  const html = isFormattingChosen() ? '<div><br></div>' : null;
  return { to, cc: [], bcc: [], subject: '', text: '', html, about: null, carried: [] };
}
