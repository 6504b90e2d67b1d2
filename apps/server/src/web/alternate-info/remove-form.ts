import type { ChannelKind } from '@holdfast/domain';
import { trapField, wordField } from './fields.ts';
import { html } from './html.ts';
import { renderPage, type PageOwner } from './page.ts';
import { WORDS } from './words-en.ts';

export interface RemoveFormModel extends PageOwner {
  readonly kind: ChannelKind;
  readonly masked: string;
  readonly action: string;
  readonly backHref: string;
  readonly word: string;
  readonly problem: string | null;
}

/** Takes back what still waits for its code. */
export function renderRemoveForm(model: RemoveFormModel): string {
  const words = WORDS.withdraw;
  const heading = words.heading[model.kind](model.masked);
  return renderPage(
    model.problem === null ? heading : `${WORDS.pleaseCheck}: ${heading}`,
    model,
    html`<h1>${heading}</h1>
      <p class="lead">${words.lead}</p>
      <form method="post" action="${model.action}" novalidate>
        ${wordField({ label: words.label(model.word), hint: words.hint, problem: model.problem })}
        ${trapField()}
        <button class="btn primary" type="submit">${WORDS.menu.remove[model.kind]}</button>
      </form>
      <p class="after"><a href="${model.backHref}">${WORDS.change.back}</a></p>`,
  );
}
