import type { ChannelKind } from '@holdfast/domain';
import {
  described,
  emailField,
  fieldError,
  phoneField,
  trapField,
  type CountryChoice,
  type InfoField,
  type Suggestion,
} from './fields.ts';
import { flag, html, type Html } from './html.ts';
import { renderPage, renderProblem, whoHelps, type PageOwner } from './page.ts';
import { WORDS } from './words-en.ts';

export interface InfoFormModel extends PageOwner {
  /** Path that the form posts to; the token is in it. */
  readonly action: string;
  /** What was typed, kept as it was typed when something is refused. */
  readonly values: {
    readonly email: string;
    readonly phone: string;
    /** ISO 3166-1 alpha-2, one of `countries`. */
    readonly country: string;
    readonly preferred: ChannelKind;
    /** One of `languages`. */
    readonly language: string;
  };
  /** Field → sentence that says what is wrong and what to do. `form` is about the whole. */
  readonly errors: Readonly<Partial<Record<InfoField | 'form', string>>>;
  /** The address that was probably meant; null when there is nothing to ask. */
  readonly suggestion: Suggestion | null;
  readonly countries: readonly CountryChoice[];
  readonly languages: readonly { readonly value: string; readonly label: string }[];
}

/** The one screen of alternate info, as mock/portal-alternate-info shows it. A plain form: GET does nothing, POST stores. */
export function renderInfoForm(model: InfoFormModel): string {
  const words = WORDS.form;
  const { errors, values } = model;
  const hasErrors = Object.values(errors).some((text) => text !== undefined);
  return renderPage(
    hasErrors ? `${WORDS.pleaseCheck}: ${words.title}` : words.title,
    model,
    html`<h1>${words.heading}</h1>
      <p class="lead">${words.lead(model.organisation)}</p>
      ${renderProblem(errors.form ?? (hasErrors ? words.problems : null))}
      <form method="post" action="${model.action}" novalidate>
        ${emailField({
          label: words.email,
          value: values.email,
          error: errors.email,
          suggestion: model.suggestion,
        })}
        ${phoneField({
          label: words.phone,
          value: values.phone,
          country: values.country,
          countries: model.countries,
          error: errors.phone ?? errors.country,
        })}
        ${trapField()} ${preferredField(values.preferred, errors.preferred)} ${languageField(model)}
        <button class="btn primary" type="submit">${words.submit}</button>
      </form>
      <details open>
        <summary>${words.choice}</summary>
        <p>${words.choiceText(model.organisation)}</p>
        <p>${words.stop}</p>
        <p>${words.without(whoHelps(model))}</p>
      </details>`,
  );
}

export function preferredField(preferred: ChannelKind, error: string | undefined): Html {
  const kinds: readonly ChannelKind[] = ['sms', 'email'];
  return html`<fieldset class="field">
    <legend>${WORDS.form.preferred}</legend>
    <div class="seg">
      ${kinds.map(
        (kind) =>
          html`<label
            ><input
              type="radio"
              name="preferred"
              value="${kind}"
              ${flag('checked', kind === preferred)}
            /><span>${WORDS.channel[kind]}</span></label
          >`,
      )}
    </div>
    ${error !== undefined && fieldError('preferred', error)}
  </fieldset>`;
}

function languageField(model: InfoFormModel): Html | null {
  // With one language there is nothing to choose; the value still has to be posted.
  const [only, ...others] = model.languages;
  if (only !== undefined && others.length === 0)
    return html`<input type="hidden" name="language" value="${only.value}" />`;
  const error = model.errors.language;
  return html`<div class="field">
    <label for="language">${WORDS.form.language}</label>
    <select id="language" name="language" ${described('language', error)}>
      ${model.languages.map(
        (language) =>
          html`<option
            value="${language.value}"
            ${flag('selected', language.value === model.values.language)}
          >
            ${language.label}
          </option>`,
      )}
    </select>
    ${error !== undefined && fieldError('language', error)}
  </div>`;
}
