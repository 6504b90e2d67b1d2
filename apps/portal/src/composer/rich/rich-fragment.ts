import { isRichLink, RICH_TEXT_TAGS } from '@holdfast/contracts/rich-text';
import DOMPurify from 'dompurify';
import { settleWordLists } from './word-lists.ts';

/** What pasted text is made of elsewhere; what they mean is put into our own elements. */
const BLOCKS =
  'address article aside caption center dd details dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 ' +
  'header main pre section summary table tbody tfoot thead tr';
const INLINE = 'font span td th';
const RICH: ReadonlySet<string> = new Set(RICH_TEXT_TAGS);
const BLOCK: ReadonlySet<string> = new Set(BLOCKS.split(' '));

/**
 * Nothing but light rich text, of a document that is not shown: whatever is pasted, dropped or kept as a draft goes through
 * here before the editor sees it. The server does the same again.
 */
export function richFragment(html: string): DocumentFragment {
  const clean = DOMPurify(window).sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: [...RICH_TEXT_TAGS, ...`${BLOCKS} ${INLINE} #text`.split(' ')],
    ALLOWED_ATTR: ['href', 'style'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOW_UNKNOWN_PROTOCOLS: false,
  });
  settleWordLists(clean);
  // From the inside: what is around an element is still as it came.
  for (const element of [...clean.querySelectorAll<HTMLElement>('*')].toReversed()) settle(element);
  dropLeadingSpace(clean);
  return document.importNode(clean, true);
}

/**
 * Programs put a line's end before what they hand over. The editor takes it for words of the line in which the cursor is,
 * and joins the first item of a list to them.
 */
function dropLeadingSpace(fragment: DocumentFragment): void {
  const { firstElementChild: first } = fragment;
  if (first === null || !/^(?:blockquote|div|ol|p|ul)$/.test(first.localName)) return;
  while (fragment.firstChild !== first && fragment.firstChild?.textContent?.trim() === '')
    fragment.firstChild.remove();
}

function settle(element: HTMLElement): void {
  const name = element.tagName.toLowerCase();
  const { fontWeight, fontStyle } = element.style;
  element.removeAttribute('style');
  const isBold = fontWeight.startsWith('bold') || Number(fontWeight) >= 600;
  const isItalic = fontStyle === 'italic';
  if (name === 'a') {
    if (!isRichLink(element.getAttribute('href') ?? '')) unwrap(element);
  } else if (name === 'b' || name === 'strong') {
    // Google Docs puts everything that is copied into a `<b>` that is not bold.
    if (fontWeight !== '' && !isBold) unwrap(element);
  } else if (name === 'i' || name === 'em') {
    if (fontStyle !== '' && !isItalic) unwrap(element);
  } else if (name === 'span' || name === 'font') {
    if (isBold) wrapContent(element, 'b');
    if (isItalic) wrapContent(element, 'i');
    unwrap(element);
  } else if (name === 'td' || name === 'th') {
    element.append(' ');
    unwrap(element);
  } else if (!RICH.has(name)) settleBlock(element, name);
}

function settleBlock(element: HTMLElement, name: string): void {
  if (/^h[1-6]$/.test(name)) wrapContent(element, 'b');
  if (name === 'pre') keepLines(element);
  if (!BLOCK.has(name)) return unwrap(element);
  const block = element.ownerDocument.createElement('div');
  block.append(...element.childNodes);
  element.replaceWith(block);
}

function wrapContent(element: HTMLElement, name: string): void {
  const around = element.ownerDocument.createElement(name);
  around.append(...element.childNodes);
  element.append(around);
}

function unwrap(element: HTMLElement): void {
  element.replaceWith(...element.childNodes);
}

function keepLines(element: HTMLElement): void {
  const lines = (element.textContent ?? '').replace(/\n$/, '').split('\n');
  element.replaceChildren(
    ...lines.flatMap((line, index) =>
      index === 0 ? [line] : [element.ownerDocument.createElement('br'), line],
    ),
  );
}
