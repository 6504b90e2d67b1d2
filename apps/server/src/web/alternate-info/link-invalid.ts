import type { HelpdeskContact } from '@holdfast/domain';
import { html } from './html.ts';
import { renderPage } from './page.ts';
import { WORDS } from './words-en.ts';

/** A link that is unknown, expired or replaced: one answer for all three, so that guessing tokens teaches nothing. */
export function renderLinkInvalid(model: {
  readonly of: 'info' | 'not-me';
  readonly helpdesk: HelpdeskContact | null;
}): string {
  const words = WORDS.invalid;
  const [lead, todo] =
    model.of === 'info' ? [words.lead, words.todo] : [words.leadNotMe, words.todoNotMe];
  return renderPage(
    words.title,
    null,
    html`<h1>${words.heading}</h1>
      <p class="lead">${lead}</p>
      <p>${todo(model.helpdesk === null ? WORDS.who.unknown : WORDS.who.helpdesk)}</p>`,
    model.helpdesk,
  );
}
