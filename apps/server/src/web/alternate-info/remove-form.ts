import type { ChannelKind } from '@holdfast/domain';
import { trapField, wordField } from './fields.ts';
import { html } from './html.ts';
import { renderPage, type PageOwner } from './page.ts';
import { WORDS } from './words.ts';

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
  const said = WORDS[model.language];
  const words = said.withdraw;
  const heading = words.heading[model.kind](model.masked);
  return renderPage(
    model.problem === null ? heading : `${said.pleaseCheck}: ${heading}`,
    model,
    html`<h1>${heading}</h1>
      <p class="lead">${words.lead}</p>
      <form method="post" action="${model.action}" novalidate>
        ${wordField({ label: words.label(model.word), hint: words.hint, problem: model.problem })}
        ${trapField(said)}
        <button class="btn primary" type="submit">${said.menu.remove[model.kind]}</button>
      </form>
      <p class="after"><a href="${model.backHref}">${said.change.back}</a></p>`,
  );
}
