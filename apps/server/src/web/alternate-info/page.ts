import type { HelpdeskContact } from '@holdfast/domain';
import { renderAsk } from './ask.ts';
import { html, type Html } from './html.ts';
import { WORDS } from './words-en.ts';

/** Who the page is for; on every page of this flow. */
export interface PageOwner {
  /** The organisation's name as its people know it. */
  readonly organisation: string;
  /** The work address with most letters hidden, e.g. `m••••.b••••@contoso.example`. */
  readonly maskedAddress: string;
  /** Null: the organisation has not said, and nobody is named. */
  readonly helpdesk: HelpdeskContact | null;
}

/**
 * The Content-Security-Policy these pages need: no script at all, our own stylesheet, forms only to ourselves.
 * The token is in the path, so the page must not leak its address: send `Referrer-Policy: no-referrer` and `Cache-Control: no-store` too.
 */
export const ALTERNATE_INFO_CSP =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Everything but what stands inside `<main>`. No script: the pages work in any browser and mail scanners find nothing to run. */
export function renderPage(
  title: string,
  owner: PageOwner | null,
  content: Html,
  helpdesk = owner?.helpdesk ?? null,
): string {
  return html`<!doctype html>
    <html lang="${WORDS.htmlLang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${owner === null ? title : `${title} · ${owner.organisation}`}</title>
        <link rel="icon" href="/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/forms.css" />
      </head>
      <body>
        ${owner !== null && renderOwner(owner)}
        <main>${content} ${renderAsk(helpdesk)}</main>
      </body>
    </html>`.source;
}

/** Who can help, in a sentence: the helpdesk where one is named at the foot of the page. */
export function whoHelps({ helpdesk, organisation }: PageOwner): string {
  return helpdesk === null ? WORDS.who.unnamed(organisation) : WORDS.who.helpdesk;
}

function renderOwner(owner: PageOwner): Html {
  const initial = Array.from(owner.organisation.trim())[0] ?? '·';
  return html`<header class="who">
    <span class="logo" aria-hidden="true">${initial}</span>
    <p><b>${owner.organisation}</b> ${WORDS.forAddress} <bdi>${owner.maskedAddress}</bdi></p>
  </header>`;
}

/** One sentence about a whole form that could not be accepted; `role="alert"` has it read out first. */
export function renderProblem(text: string | null): Html | null {
  return text === null
    ? null
    : html`<p class="problem" role="alert"><i class="dot problem"></i>${text}</p>`;
}

export function renderNotice(text: string | null): Html | null {
  return text === null ? null : html`<p class="notice" role="status">${text}</p>`;
}
