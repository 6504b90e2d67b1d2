import { html } from './html.ts';
import { renderPage } from './page.ts';
import { WORDS } from './words-en.ts';

/** A link that is unknown, expired or replaced: one answer for all three, so that guessing tokens teaches nothing. */
export function renderLinkInvalid(model: { readonly helpdesk: string | null }): string {
  const words = WORDS.invalid;
  return renderPage(
    words.title,
    null,
    html`<h1>${words.heading}</h1>
      <p class="lead">${words.lead}</p>
      <p>${model.helpdesk === null ? words.todo : words.todoHelpdesk(model.helpdesk)}</p>`,
  );
}
