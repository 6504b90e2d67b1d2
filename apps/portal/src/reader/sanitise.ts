import type { MessageView } from '@holdfast/contracts';
import DOMPurify from 'dompurify';
import { describeLink, doubtOf } from './link-display.ts';
import { safeStyle } from './style-attribute.ts';
import { reader as words } from '../messages/en/reader.ts';

const TAGS =
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col ' +
  'colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 ' +
  'header hr i img ins kbd li main mark ol p pre q rp rt ruby s samp section small span strike ' +
  'strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr #text';
const ATTRIBUTES =
  'align valign width height bgcolor dir lang title style href src alt border hspace vspace ' +
  'color face size start type cellpadding cellspacing colspan rowspan nowrap span ' +
  'data-cid data-blocked-src data-quote data-body';

const SAFE_LINK = /^(?:https?|mailto|tel):/i;
const SAFE_DATA = /^data:image\/(?:png|jpe?g|gif|webp);base64,/i;
export interface SafeHtml {
  readonly html: string;
  /** Something is still not loaded. */
  readonly isBlocked: boolean;
  /** The sender chose no colours: it is shown in the reader's own, dark where they like it dark. */
  readonly isPlain: boolean;
}

/**
 * The second of two walls: the server has sanitised already. Both have to fail, and then the frame's sandbox and policy
 * as well, before anything in a message could run.
 */
export function safeHtml(
  message: Pick<MessageView, 'html' | 'hasRemoteContent' | 'parts'>,
  allowRemote: boolean,
): SafeHtml {
  const parts = new Map(
    message.parts.flatMap((part) => (part.contentId === null ? [] : [[part.contentId, part.href]])),
  );
  // Whatever its type says: of frames without a body there is nothing left.
  const clean: Node | null = DOMPurify(window).sanitize(message.html ?? '', {
    RETURN_DOM: true,
    ALLOWED_TAGS: TAGS.split(' '),
    ALLOWED_ATTR: ATTRIBUTES.split(' '),
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOW_UNKNOWN_PROTOCOLS: false,
  });
  // Of a document that is not shown: nothing in it loads before the frame's policy governs it.
  const body = document.implementation.createHTMLDocument('').body;
  body.append(...(clean?.childNodes ?? []));
  for (const element of body.querySelectorAll<HTMLElement>('[style]')) {
    const style = safeStyle(element.getAttribute('style') ?? '');
    if (style === '') element.removeAttribute('style');
    else element.setAttribute('style', style);
  }
  for (const link of body.querySelectorAll('a')) settleLink(link);
  let blocked = 0;
  for (const image of body.querySelectorAll('img'))
    if (!settleImage(image, parts, allowRemote)) blocked += 1;
  foldQuotes(body);
  return {
    html: body.innerHTML,
    isBlocked: blocked > 0,
    isPlain: !/\s(?:bgcolor|color)=|(?:[\s";]|background-)color:/i.test(body.innerHTML),
  };
}

/** Each link says where it leads; one whose words say otherwise says so beside it. */
function settleLink(link: HTMLAnchorElement): void {
  const href = link.getAttribute('href') ?? '';
  if (!SAFE_LINK.test(href)) {
    link.removeAttribute('href');
    return;
  }
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer');
  link.setAttribute('referrerpolicy', 'no-referrer');
  link.title = describeLink(href);
  const doubt = doubtOf(link.textContent ?? '', href);
  if (doubt === null) return;
  link.dataset['leads'] = doubt.leads;
  const note = link.ownerDocument.createElement('small');
  note.textContent = ` (${words.leadsTo(doubt.leads)})`;
  link.after(note);
}

/** True when the picture is shown (or is none); false when it waits for consent. */
function settleImage(
  image: HTMLImageElement,
  parts: ReadonlyMap<string, string>,
  allowRemote: boolean,
): boolean {
  const source = image.getAttribute('src') ?? '';
  const contentId = image.dataset['cid'] ?? /^cid:(.+)$/i.exec(source)?.[1] ?? null;
  const remote = image.dataset['blockedSrc'] ?? (/^(?:https?:)?\/\//i.test(source) ? source : null);
  if (!SAFE_DATA.test(source)) image.removeAttribute('src');
  delete image.dataset['blockedSrc'];
  if (contentId !== null) {
    const href = parts.get(contentId.replace(/^<|>$/g, '')) ?? parts.get(`<${contentId}>`);
    if (href !== undefined) image.src = `${href}?inline=1`;
    return true;
  }
  if (remote === null) return true;
  if (!allowRemote) return false;
  // The page's policy allows https only; nearly every sender's pictures are there as well.
  const address = remote.replace(/^(?:http:)?\/\//i, 'https://');
  if (!/^https:\/\//i.test(address)) return true;
  image.src = address;
  image.referrerPolicy = 'no-referrer';
  return true;
}

/**
 * The first quotation that the server has marked is folded, alone or with the rest of the message; `<details>` needs no
 * script. A message that is nothing but a quotation is shown.
 */
function foldQuotes(body: HTMLElement): void {
  const quote = body.querySelector<HTMLElement>('[data-quote]');
  if (quote === null) return;
  const range = body.ownerDocument.createRange();
  range.setStart(body, 0);
  range.setEndBefore(quote);
  if (range.toString().trim() === '') return;
  range.setStartBefore(quote);
  const whole = quote.closest('[data-body]') ?? body;
  if (quote.dataset['quote'] === 'rest') range.setEnd(whole, whole.childNodes.length);
  else range.setEndAfter(quote);
  const details = body.ownerDocument.createElement('details');
  const summary = body.ownerDocument.createElement('summary');
  summary.textContent = words.quoted;
  details.append(summary, range.extractContents());
  range.insertNode(details);
}
