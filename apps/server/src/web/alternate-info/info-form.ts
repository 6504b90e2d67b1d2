import { LANGUAGES, type ChannelKind, type Language } from '@holdfast/domain';
import {
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
import { LANGUAGE_NAMES, WORDS, type InfoWords } from './words.ts';

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
    readonly language: Language;
  };
  /** Field → sentence that says what is wrong and what to do. `form` is about the whole. */
  readonly errors: Readonly<Partial<Record<InfoField | 'form', string>>>;
  /** The address that was probably meant; null when there is nothing to ask. */
  readonly suggestion: Suggestion | null;
  readonly countries: readonly CountryChoice[];
  /** Landlines are called. */
  readonly calls: boolean;
}

/** The one screen of alternate info, as mock/portal-alternate-info shows it. A plain form: GET does nothing, POST stores. */
export function renderInfoForm(model: InfoFormModel): string {
  const said = WORDS[model.language];
  const words = said.form;
  const { errors, values } = model;
  const hasErrors = Object.values(errors).some((text) => text !== undefined);
  return renderPage(
    hasErrors ? `${said.pleaseCheck}: ${words.title}` : words.title,
    model,
    html`<h1>${words.heading}</h1>
      <p class="lead">${words.lead(model.organisation)}</p>
      ${renderProblem(errors.form ?? (hasErrors ? words.problems : null))}
      <form method="post" action="${model.action}" novalidate>
        ${emailField(said, {
          label: words.email,
          value: values.email,
          error: errors.email,
          suggestion: model.suggestion,
        })}
        ${phoneField(said, {
          label: model.calls ? words.phoneOrLandline : words.phone,
          value: values.phone,
          country: values.country,
          countries: model.countries,
          calls: model.calls,
          error: errors.phone ?? errors.country,
        })}
        ${trapField(said)} ${preferredField(said, values.preferred, errors.preferred)}
        ${languageField(said, values.language)}
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

export function preferredField(
  said: InfoWords,
  preferred: ChannelKind,
  error: string | undefined,
): Html {
  const kinds: readonly ChannelKind[] = ['sms', 'email'];
  return html`<fieldset class="field">
    <legend>${said.form.preferred}</legend>
    <div class="seg">
      ${kinds.map(
        (kind) =>
          html`<label
            ><input
              type="radio"
              name="preferred"
              value="${kind}"
              ${flag('checked', kind === preferred)}
            /><span>${said.channel[kind]}</span></label
          >`,
      )}
    </div>
    ${error !== undefined && fieldError('preferred', error)}
  </fieldset>`;
}

function languageField(said: InfoWords, chosen: Language): Html {
  return html`<div class="field">
    <label for="language">${said.form.language}</label>
    <select id="language" name="language">
      ${LANGUAGES.map(
        (language) =>
          html`<option value="${language}" ${flag('selected', language === chosen)}>
            ${LANGUAGE_NAMES[language]}
          </option>`,
      )}
    </select>
  </div>`;
}
