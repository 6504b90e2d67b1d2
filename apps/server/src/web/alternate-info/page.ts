import { LANGUAGES, type HelpdeskContact, type Language } from '@holdfast/domain';
import { renderAsk } from './ask.ts';
import { html, type Html } from './html.ts';
import { LANGUAGE_NAMES, WORDS } from './words.ts';

/** Who the page is for; on every page of this flow. */
export interface PageOwner {
  /** What the page is written in. */
  readonly language: Language;
  /** Where the page is found again in another language. */
  readonly address: string;
  /** The organisation's name as its people know it. */
  readonly organisation: string;
  /** The work address with most letters hidden, e.g. `m••••.b••••@contoso.example`. */
  readonly maskedAddress: string;
  /** Null: the organisation has not said, and nobody is named. */
  readonly helpdesk: HelpdeskContact | null;
}

/** A page that is for nobody that we know. */
export type Unowned = Pick<PageOwner, 'address' | 'helpdesk' | 'language'>;

/**
 * The Content-Security-Policy these pages need: no script at all, our own stylesheet, forms only to ourselves.
 * The token is in the path, so the page must not leak its address: send `Referrer-Policy: no-referrer` and `Cache-Control: no-store` too.
 */
export const ALTERNATE_INFO_CSP =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Everything but what stands inside `<main>`. No script: the pages work in any browser and mail scanners find nothing to run. */
export function renderPage(title: string, owner: PageOwner | Unowned, content: Html): string {
  const { helpdesk, language } = owner;
  const isOwned = 'organisation' in owner;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${isOwned ? `${title} · ${owner.organisation}` : title}</title>
        <link rel="icon" href="/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/forms.css" />
      </head>
      <body>
        ${isOwned && renderOwner(owner)}
        <main>${content} ${renderAsk(language, helpdesk)} ${renderLanguages(owner)}</main>
      </body>
    </html>`.source;
}

/** Who can help, in a sentence: the helpdesk where one is named at the foot of the page. */
export function whoHelps({ helpdesk, language, organisation }: PageOwner): string {
  const { who } = WORDS[language];
  return helpdesk === null ? who.unnamed(organisation) : who.helpdesk;
}

/** A plain link, which a browser without JavaScript can follow. */
function renderLanguages({ address, language }: Unowned): Html {
  const others = LANGUAGES.filter((other) => other !== language);
  return html`<p class="languages">
    ${others.map(
      (other) =>
        html`<a href="${address}?language=${other}" lang="${other}" hreflang="${other}"
          >${LANGUAGE_NAMES[other]}</a
        >`,
    )}
  </p>`;
}

function renderOwner(owner: PageOwner): Html {
  const initial = Array.from(owner.organisation.trim())[0] ?? '·';
  return html`<header class="who">
    <span class="logo" aria-hidden="true">${initial}</span>
    <p>
      <b>${owner.organisation}</b> ${WORDS[owner.language].forAddress}
      <bdi>${owner.maskedAddress}</bdi>
    </p>
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
