import { html } from './html.ts';
import { renderPage, type Unowned } from './page.ts';
import { WORDS } from './words.ts';

/** A link that is unknown, expired or replaced: one answer for all three, so that guessing tokens teaches nothing. */
export function renderLinkInvalid(model: Unowned & { readonly of: 'info' | 'not-me' }): string {
  const { invalid: words, who } = WORDS[model.language];
  const [lead, todo] =
    model.of === 'info' ? [words.lead, words.todo] : [words.leadNotMe, words.todoNotMe];
  return renderPage(
    words.title,
    model,
    html`<h1>${words.heading}</h1>
      <p class="lead">${lead}</p>
      <p>${todo(model.helpdesk === null ? who.unknown : who.helpdesk)}</p>`,
  );
}
