import type { MessageView } from '@holdfast/contracts';
import DOMPurify from 'dompurify';

/** What a message may load inside its frame. Without consent: nothing but data that came with it. */
function framePolicy(origin: string, allowRemote: boolean): string {
  const images = `data: blob: ${origin}${allowRemote ? ' https:' : ''}`;
  return `default-src 'none'; style-src 'unsafe-inline'; img-src ${images}; form-action 'none'; base-uri 'none'`;
}

const FORBIDDEN_TAGS =
  'form input button textarea select option dialog template slot iframe ' +
  'object embed frame frameset base meta link audio video svg math';

const SAFE_LINK = /^(?:https?|mailto|tel):/i;
/** Where mail programs put what they quote. */
const QUOTES =
  'blockquote[type=cite], .gmail_quote, .yahoo_quoted, #divRplyFwdMsg, .moz-cite-prefix + blockquote';

export interface SafeHtml {
  readonly html: string;
  /** Something is still not loaded. */
  readonly isBlocked: boolean;
}

/**
 * The second of two walls: the server has sanitised already. Both have to fail, and then the frame's sandbox and policy
 * as well, before anything in a message could run.
 */
export function safeHtml(
  message: MessageView,
  allowRemote: boolean,
  quotedLabel: string,
): SafeHtml {
  const purifier = DOMPurify(window);
  const parts = new Map(
    message.parts.flatMap((part) => (part.contentId === null ? [] : [[part.contentId, part.href]])),
  );
  const clean = purifier.sanitize(message.html ?? '', {
    RETURN_DOM: true,
    FORBID_TAGS: FORBIDDEN_TAGS.split(' '),
    FORBID_ATTR: ['srcset', 'autofocus', 'tabindex', 'accesskey', 'ping', 'background'],
    ADD_ATTR: ['target', 'data-blocked-src', 'data-cid'],
    ALLOW_UNKNOWN_PROTOCOLS: false,
  });
  const body = document.implementation.createHTMLDocument('').body;
  body.append(...clean.childNodes);
  for (const link of body.querySelectorAll('a[href], area[href]')) {
    if (SAFE_LINK.test(link.getAttribute('href') ?? '')) {
      link.setAttribute('target', '_blank');
      link.setAttribute('rel', 'noopener noreferrer');
    } else link.removeAttribute('href');
  }
  let blocked = 0;
  for (const image of body.querySelectorAll('img'))
    if (!settleImage(image, parts, allowRemote)) blocked += 1;
  foldQuotes(body, quotedLabel);
  return {
    html: body.innerHTML,
    isBlocked: blocked > 0 || (message.hasRemoteContent && !allowRemote),
  };
}

/** True when the picture is shown (or is none); false when it waits for consent. */
function settleImage(
  image: HTMLImageElement,
  parts: ReadonlyMap<string, string>,
  allowRemote: boolean,
): boolean {
  const source = image.getAttribute('src') ?? '';
  const contentId = image.dataset['cid'] ?? /^cid:(.+)$/i.exec(source)?.[1] ?? null;
  if (contentId !== null) {
    const href = parts.get(contentId.replace(/^<|>$/g, '')) ?? parts.get(`<${contentId}>`);
    if (href === undefined) image.removeAttribute('src');
    else image.src = href;
    return true;
  }
  const remote = image.dataset['blockedSrc'] ?? (/^(?:https?:)?\/\//i.test(source) ? source : null);
  if (remote === null) return true;
  if (!allowRemote) {
    image.removeAttribute('src');
    return false;
  }
  // The page's policy allows https only; nearly every sender's pictures are there as well.
  image.src = remote.replace(/^(?:http:)?\/\//i, 'https://');
  image.referrerPolicy = 'no-referrer';
  return true;
}

/** The first quotation and what follows inside it is folded; `<details>` needs no script. */
function foldQuotes(body: HTMLElement, label: string): void {
  const quote = body.querySelector(QUOTES);
  if (quote === null || (body.textContent ?? '').trim() === (quote.textContent ?? '').trim())
    return;
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = label;
  quote.replaceWith(details);
  details.append(summary, quote);
}

const FRAME_STYLE = `
:root { color-scheme: light }
html { overflow: hidden; background: #fff; color: #1d2528 }
body { margin: 0; padding: 16px; font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; overflow-x: auto; display: flow-root }
img { max-width: 100%; height: auto }
table { max-width: 100% }
pre { white-space: pre-wrap }
a { color: #00676c }
summary { color: #4b565b; font-size: 14px; cursor: pointer; padding: 8px 0; width: max-content }
blockquote { margin: 0 0 0 4px; padding-left: 12px; border-left: 2px solid #ccd4d6 }
img:not([src]) { outline: 1px dashed #9aa5a9; min-width: 24px; min-height: 24px }
`;

/** The whole document of the frame. The policy stands first, before anything that it has to govern. */
export function frameDocument(safe: SafeHtml, origin: string, allowRemote: boolean): string {
  return `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="${framePolicy(origin, allowRemote)}"><meta charset="utf-8"><meta name="referrer" content="no-referrer"><style>${FRAME_STYLE}</style></head><body dir="auto">${safe.html}</body></html>`;
}
