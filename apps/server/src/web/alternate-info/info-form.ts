import type { ChannelKind } from '@holdfast/domain';
import { flag, html, type Html } from './html.ts';
import { renderPage, renderProblem, type PageOwner } from './page.ts';
import { WORDS } from './words-en.ts';

/** The names of the fields that the form posts (`application/x-www-form-urlencoded`). */
type InfoField = 'email' | 'phone' | 'country' | 'preferred' | 'language';

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
  readonly countries: readonly CountryChoice[];
  readonly languages: readonly { readonly value: string; readonly label: string }[];
  /** How the helpdesk is reached, in words; null when the organisation has not said. */
  readonly helpdesk: string | null;
  /** What is known about the address as it stands. `weak`: hosted by Microsoft. */
  readonly emailNote: 'none' | 'independent' | 'weak';
  readonly phoneNote: 'none' | 'landline' | 'shared';
}

interface CountryChoice {
  /** ISO 3166-1 alpha-2, e.g. `DE`. */
  readonly code: string;
  readonly name: string;
  /** Without the plus, e.g. `49`. */
  readonly dialCode: string;
}

/** The one screen of alternate info, as mock/portal-alternate-info shows it. A plain form: GET does nothing, POST stores. */
export function renderInfoForm(model: InfoFormModel): string {
  const words = WORDS.form;
  const hasErrors = Object.values(model.errors).some((text) => text !== undefined);
  return renderPage(
    hasErrors ? `${WORDS.pleaseCheck}: ${words.title}` : words.title,
    model,
    html`<h1>${words.heading}</h1>
      <p class="lead">${words.lead(model.organisation)}</p>
      ${renderProblem(model.errors.form ?? (hasErrors ? words.problems : null))}
      <form method="post" action="${model.action}" novalidate>
        ${emailField(model)} ${phoneField(model)} ${preferredField(model)} ${languageField(model)}
        <button class="btn primary" type="submit">${words.submit}</button>
      </form>
      <details open>
        <summary>${words.choice}</summary>
        <p>${words.choiceText(model.organisation)}</p>
        <p>${model.helpdesk === null ? words.without : words.withoutHelpdesk(model.helpdesk)}</p>
      </details>`,
  );
}

function emailField(model: InfoFormModel): Html {
  const error = model.errors.email;
  return html`<div class="field">
    <label for="email">${WORDS.form.email}</label>
    <input
      id="email"
      name="email"
      type="email"
      autocomplete="email"
      inputmode="email"
      autocapitalize="none"
      spellcheck="false"
      maxlength="254"
      value="${model.values.email}"
      ${described('email', error)}
    />
    ${
      error === undefined
        ? html`<div id="email-note">${emailNote(model.emailNote)}</div>`
        : fieldError('email', error)
    }
  </div>`;
}

function emailNote(note: InfoFormModel['emailNote']): Html {
  switch (note) {
    case 'none':
      return html`<p class="hint">${WORDS.form.emailHint}</p>`;
    case 'independent':
      return html`<p class="good"><i class="dot good"></i>${WORDS.notes.independent}</p>`;
    case 'weak':
      return html`<p class="warn"><i class="dot attention"></i>${WORDS.notes.weak}</p>`;
  }
}

function phoneField(model: InfoFormModel): Html {
  const error = model.errors.phone ?? model.errors.country;
  return html`<div class="field">
    <label for="phone">${WORDS.form.phone}</label>
    <div class="row">
      <select name="country" aria-label="${WORDS.form.country}" autocomplete="tel-country-code">
        ${model.countries.map(
          (country) =>
            html`<option
              value="${country.code}"
              ${flag('selected', country.code === model.values.country)}
            >
              ${country.code} +${country.dialCode} ${country.name}
            </option>`,
        )}
      </select>
      <input
        id="phone"
        name="phone"
        type="tel"
        autocomplete="tel-national"
        inputmode="tel"
        maxlength="40"
        value="${model.values.phone}"
        ${described('phone', error)}
      />
    </div>
    ${
      error === undefined
        ? html`<div id="phone-note">${phoneNote(model.phoneNote)}</div>`
        : fieldError('phone', error)
    }
  </div>`;
}

function phoneNote(note: InfoFormModel['phoneNote']): Html {
  switch (note) {
    case 'none':
      return html`<p class="hint">${WORDS.form.phoneHint}</p>`;
    case 'landline':
      return html`<p class="warn"><i class="dot attention"></i>${WORDS.notes.landline}</p>`;
    case 'shared':
      return html`<p class="warn"><i class="dot attention"></i>${WORDS.notes.shared}</p>`;
  }
}

function preferredField(model: InfoFormModel): Html {
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
              ${flag('checked', kind === model.values.preferred)}
            /><span>${WORDS.channel[kind]}</span></label
          >`,
      )}
    </div>
    ${model.errors.preferred !== undefined && fieldError('preferred', model.errors.preferred)}
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

function described(field: InfoField, error: string | undefined): Html {
  return error === undefined
    ? html`aria-describedby="${field}-note"`
    : html`aria-describedby="${field}-error" aria-invalid="true"`;
}

function fieldError(field: InfoField, text: string): Html {
  return html`<p class="error" id="${field}-error"><i class="dot problem"></i>${text}</p>`;
}
