import { isRichLink } from '@holdfast/contracts/rich-text';
import { isAddress } from '../recipients.ts';

/** Where a link leads, from what was typed; null where that is no page and no address. */
export function linkAddress(typed: string): string | null {
  const text = typed.trim();
  if (isRichLink(text)) return text;
  if (isAddress(text)) return `mailto:${text}`;
  // Another scheme, and no port.
  if (/^[a-z][a-z\d+.-]*:(?!\d)/i.test(text)) return null;
  const page = `https://${text}`;
  return /^[^\s/?#]+\.[^\s/?#]/.test(text) && isRichLink(page) ? page : null;
}
