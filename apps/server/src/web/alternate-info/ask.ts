import type { HelpdeskContact, Language } from '@holdfast/domain';
import { html, type Html } from './html.ts';
import { WORDS } from './words.ts';

/** Whom to ask, at the foot of every page: reached by a touch on a telephone. Nothing where nobody was named. */
export function renderAsk(language: Language, helpdesk: HelpdeskContact | null): Html | null {
  if (helpdesk === null) return null;
  const { email, hours, name, phone, url } = helpdesk;
  return html`<footer class="ask">
    <h2>${WORDS[language].ask}</h2>
    <p><b>${name}</b>${hours !== null && ` · ${hours}`}</p>
    <ul>
      ${phone !== null && html`<li><a href="tel:${phone.e164}">${phone.shown}</a></li>`}
      ${email !== null && html`<li><a href="mailto:${email}">${email}</a></li>`}
      ${url !== null && html`<li><a href="${url}" rel="noreferrer">${url}</a></li>`}
    </ul>
  </footer>`;
}
