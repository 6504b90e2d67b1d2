import type { ChannelKind } from '@holdfast/domain';
import {
  codeField,
  emailField,
  phoneField,
  trapField,
  type CountryChoice,
  type InfoField,
  type Suggestion,
} from './fields.ts';
import { flag, html, type Html } from './html.ts';
import { preferredField } from './info-form.ts';
import { renderNotice, renderPage, renderProblem, type PageOwner } from './page.ts';
import { WORDS, type InfoWords } from './words.ts';

/** What is changed: a value is given or replaced, taken away, or the order turned round. */
export type ChangeWhat =
  | { readonly type: 'replace'; readonly kind: ChannelKind; readonly masked: string | null }
  | { readonly type: 'remove'; readonly kind: ChannelKind; readonly masked: string }
  | { readonly type: 'prefer'; readonly preferred: ChannelKind };

export interface ChangeFormModel extends PageOwner {
  readonly what: ChangeWhat;
  /** Channels that are proven: where a code can go. */
  readonly proven: readonly { readonly kind: ChannelKind; readonly masked: string }[];
  /** Path that sends a code: field `via`. */
  readonly proofAction: string;
  /** Where the code went that is asked for; null: none is under way, and nothing can be entered yet. */
  readonly sentTo: string | null;
  /** Path that the change is posted to, with field `code`. */
  readonly action: string;
  readonly backHref: string;
  readonly values: { readonly email: string; readonly phone: string; readonly country: string };
  readonly countries: readonly CountryChoice[];
  /** Landlines are called. */
  readonly calls: boolean;
  readonly suggestion: Suggestion | null;
  readonly errors: Readonly<Partial<Record<InfoField | 'code' | 'form', string>>>;
  readonly notice: string | null;
}

/** Two steps on one page: a code to what is proven, then the change together with that code. */
export function renderChangeForm(model: ChangeFormModel): string {
  const said = WORDS[model.language];
  const words = said.change;
  const hasErrors = Object.values(model.errors).some((text) => text !== undefined);
  const heading = headingOf(said, model.what);
  return renderPage(
    hasErrors ? `${said.pleaseCheck}: ${heading}` : heading,
    model,
    html`<h1>${heading}</h1>
      <p class="lead">${words.lead}</p>
      ${renderNotice(model.notice)}
      ${renderProblem(problemOf(model) ?? (hasErrors ? said.form.problems : null))}
      ${model.sentTo === null ? renderAsk(model) : renderEnter(model, model.sentTo)}
      <p class="after"><a href="${model.backHref}">${words.back}</a></p>`,
  );
}

/** Where there is no field for a code any more, what was wrong with it concerns the whole. */
function problemOf({ errors, sentTo }: ChangeFormModel): string | undefined {
  return errors.form ?? (sentTo === null ? errors.code : undefined);
}

function headingOf({ change: words }: InfoWords, what: ChangeWhat): string {
  switch (what.type) {
    case 'replace':
      return what.masked === null ? words.add[what.kind] : words.replace[what.kind](what.masked);
    case 'remove':
      return words.remove[what.kind](what.masked);
    case 'prefer':
      return words.prefer;
  }
}

function renderAsk(model: ChangeFormModel): Html {
  const said = WORDS[model.language];
  const words = said.change;
  return html`<form method="post" action="${model.proofAction}" novalidate>
    <fieldset class="choices">
      <legend>${words.where}</legend>
      ${model.proven.map(
        ({ kind, masked }, place) =>
          html`<label
            ><input type="radio" name="via" value="${kind}" ${flag('checked', place === 0)} /><span
              >${said.channel[kind]} · <bdi>${masked}</bdi></span
            ></label
          >`,
      )}
    </fieldset>
    ${trapField(said)}
    <button class="btn primary" type="submit">${words.send}</button>
  </form>`;
}

function renderEnter(model: ChangeFormModel, sentTo: string): Html {
  const said = WORDS[model.language];
  const words = said.change;
  const error = model.errors.code;
  return html`<form method="post" action="${model.action}" novalidate>
      <div class="field">
        ${codeField({
          name: 'code',
          label: words.code(sentTo),
          invalid: error !== undefined,
          describedBy: 'code-note',
        })}
        <div class="under">
          ${
            error === undefined
              ? html`<span class="hint" id="code-note">${words.codeHint}</span>`
              : html`<span class="error" id="code-note"><i class="dot problem"></i>${error}</span>`
          }
        </div>
      </div>
      ${changeFields(model)} ${trapField(said)}
      <button class="btn primary" type="submit">${submitWords(said, model.what)}</button>
    </form>
    <form method="post" action="${model.proofAction}" class="again">
      ${model.proven.map(
        ({ kind, masked }) =>
          html`<button class="link" type="submit" name="via" value="${kind}">
            ${words.again(masked)}
          </button>`,
      )}
    </form>`;
}

function changeFields(model: ChangeFormModel): Html | null {
  const { errors, values, what } = model;
  const said = WORDS[model.language];
  const words = said.change;
  if (what.type === 'remove') return null;
  if (what.type === 'prefer') return preferredField(said, what.preferred, errors.preferred);
  if (what.kind === 'email')
    return emailField(said, {
      label: words.newValue.email,
      value: values.email,
      error: errors.email,
      suggestion: model.suggestion,
    });
  return phoneField(said, {
    label: words.newValue.sms,
    value: values.phone,
    country: values.country,
    countries: model.countries,
    calls: model.calls,
    error: errors.phone,
  });
}

function submitWords({ change: words, menu }: InfoWords, what: ChangeWhat): string {
  switch (what.type) {
    case 'replace':
      return words.submitReplace;
    case 'remove':
      return menu.remove[what.kind];
    case 'prefer':
      return words.submitPrefer;
  }
}
