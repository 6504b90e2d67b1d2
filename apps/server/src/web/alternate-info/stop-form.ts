import { wordField } from './fields.ts';
import { html } from './html.ts';
import { renderPage, type PageOwner } from './page.ts';
import { WORDS } from './words.ts';

export interface StopFormModel extends PageOwner {
  readonly masked: string;
  readonly action: string;
  readonly word: string;
  readonly stopped: boolean;
  readonly problem: string | null;
}

/** Behind the link in every e-mail to a private address. */
export function renderStopForm(model: StopFormModel): string {
  const { pleaseCheck, stop: words } = WORDS[model.language];
  if (model.stopped)
    return renderPage(
      words.doneHeading,
      model,
      html`<h1>${words.doneHeading}</h1>
        <p class="lead">${words.done(model.masked, model.organisation)}</p>
        <p>${words.back}</p>`,
    );
  return renderPage(
    model.problem === null ? words.heading : `${pleaseCheck}: ${words.heading}`,
    model,
    html`<h1>${words.heading}</h1>
      <p class="lead">${words.lead(model.masked, model.organisation)}</p>
      <form method="post" action="${model.action}" novalidate>
        ${wordField({ label: words.label(model.word), hint: words.hint, problem: model.problem })}
        <button class="btn primary" type="submit">${words.submit}</button>
      </form>`,
  );
}
