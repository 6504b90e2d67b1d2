import { wordField } from './fields.ts';
import { html } from './html.ts';
import { renderPage, whoHelps, type PageOwner } from './page.ts';
import { WORDS } from './words.ts';

export interface NotMeModel extends PageOwner {
  /** Path that the word is posted to, as field `word`. */
  readonly action: string;
  /** One sentence: what has changed, masked. */
  readonly what: string;
  /** In words, with the time zone. */
  readonly at: string;
  readonly disputed: boolean;
  readonly word: string;
  readonly problem: string | null;
}

/**
 * Where *Not me* leads. Looking does nothing, and a button alone would be pressed by programs that follow links: a word
 * has to be typed.
 */
export function renderNotMe(model: NotMeModel): string {
  const { notMe: words, pleaseCheck } = WORDS[model.language];
  if (model.disputed)
    return renderPage(
      words.doneTitle,
      model,
      html`<h1>${words.doneHeading}</h1>
        <p class="lead">${model.what} ${words.happened(model.at)}</p>
        <h2>${words.after}</h2>
        <ul class="plain">
          ${words.done(model.organisation).map((line) => html`<li>${line}</li>`)}
        </ul>
        <p>${words.todo(whoHelps(model))}</p>`,
    );
  return renderPage(
    model.problem === null ? words.title : `${pleaseCheck}: ${words.title}`,
    model,
    html`<h1>${words.heading}</h1>
      <p class="lead">${model.what} ${words.happened(model.at)}</p>
      <p>${words.nothing}</p>
      <form method="post" action="${model.action}" novalidate autocomplete="off">
        ${wordField({ label: words.label(model.word), hint: words.hint, problem: model.problem })}
        <button class="btn primary" type="submit">${words.submit}</button>
      </form>
      <h2>${words.after}</h2>
      <ul class="plain">
        ${words.will(model.organisation).map((line) => html`<li>${line}</li>`)}
      </ul>`,
  );
}
