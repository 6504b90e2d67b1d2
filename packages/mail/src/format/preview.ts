import { htmlText } from './html-text.ts';
import { withoutArmour } from './pgp-armour.ts';
import { oneLine } from './shown-text.ts';

/** Characters. */
const PREVIEW_LENGTH = 200;
const PREVIEW_SOURCE = 4000;
const SEARCHED_LENGTH = 64 * 1024;
/** Enough for nearly every preview; the rest of the source is looked at only when it is not. */
const FIRST_LOOK = 600;

/** The beginning of the text, or of the HTML where the text says nothing. */
export function previewOf(text: string, html: string | null): string {
  const preview = beginning(withoutArmour(text));
  return preview === '' && html !== null ? beginning(htmlText(html, PREVIEW_SOURCE)) : preview;
}

/** What of the text is searched. */
export function searchedText(text: string, html: string | null): string {
  const plain = text.slice(0, SEARCHED_LENGTH);
  return plain.trim() === '' && html !== null ? htmlText(html, SEARCHED_LENGTH) : plain;
}

function beginning(text: string): string {
  const first = oneLine(text.slice(0, FIRST_LOOK), PREVIEW_LENGTH + 1);
  // Longer than what is shown, so that whatever follows cannot change it.
  if (first.length > PREVIEW_LENGTH) return oneLine(first, PREVIEW_LENGTH);
  return oneLine(text.slice(0, PREVIEW_SOURCE), PREVIEW_LENGTH);
}
