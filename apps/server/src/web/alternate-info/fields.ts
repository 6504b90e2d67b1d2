import { flag, html, type Html } from './html.ts';
import type { InfoWords } from './words.ts';

/** The names of the fields that the forms post (`application/x-www-form-urlencoded`). */
export type InfoField = 'email' | 'phone' | 'country' | 'preferred';

export interface CountryChoice {
  /** ISO 3166-1 alpha-2, e.g. `DE`. */
  readonly code: string;
  readonly name: string;
  /** Without the plus, e.g. `49`. */
  readonly dialCode: string;
}

/** What is asked when the domain looks like a slip. */
export interface Suggestion {
  readonly typed: string;
  readonly suggested: string;
}

export function emailField(
  said: InfoWords,
  model: {
    readonly label: string;
    readonly value: string;
    readonly error: string | undefined;
    readonly suggestion: Suggestion | null;
  },
): Html {
  const { error, suggestion, value } = model;
  return html`<div class="field">
    <label for="email">${model.label}</label>
    <input
      id="email"
      name="email"
      type="email"
      autocomplete="email"
      inputmode="email"
      autocapitalize="none"
      spellcheck="false"
      maxlength="254"
      value="${value}"
      ${described('email', error)}
    />
    ${
      error === undefined
        ? html`<p class="hint" id="email-note">${said.form.emailHint}</p>`
        : fieldError('email', error)
    }
    ${suggestion !== null && renderSuggestion(said, suggestion)}
  </div>`;
}

/** Both are offered, and neither is chosen beforehand: what was typed may be right. */
function renderSuggestion(said: InfoWords, { suggested, typed }: Suggestion): Html {
  const choices = [
    ['suggested', suggested, said.form.suggested],
    ['typed', typed, said.form.asTyped],
  ] as const;
  return html`<fieldset class="choices">
    <legend>${said.form.whichAddress}</legend>
    <input type="hidden" name="email-asked" value="${typed}" />
    ${choices.map(
      ([value, address, note]) =>
        html`<label
          ><input type="radio" name="email-choice" value="${value}" /><span
            ><bdi>${address}</bdi> <small>${note}</small></span
          ></label
        >`,
    )}
  </fieldset>`;
}

export function phoneField(
  said: InfoWords,
  model: {
    readonly label: string;
    readonly value: string;
    readonly country: string;
    readonly countries: readonly CountryChoice[];
    /** Landlines are taken, too. */
    readonly calls: boolean;
    readonly error: string | undefined;
  },
): Html {
  const { error } = model;
  const hint = model.calls ? said.form.phoneHintCalls : said.form.phoneHint;
  return html`<div class="field">
    <label for="phone">${model.label}</label>
    <div class="row">
      <select name="country" aria-label="${said.form.country}" autocomplete="tel-country-code">
        ${model.countries.map(
          (country) =>
            html`<option
              value="${country.code}"
              ${flag('selected', country.code === model.country)}
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
        value="${model.value}"
        ${described('phone', error)}
      />
    </div>
    ${
      error === undefined
        ? html`<p class="hint" id="phone-note">${hint}</p>`
        : fieldError('phone', error)
    }
  </div>`;
}

/** A code that was sent. Text messages are short: it autofills from the keyboard on a phone. */
export function codeField(model: {
  readonly name: string;
  readonly label: string;
  readonly invalid: boolean;
  readonly describedBy: string;
}): Html {
  return html`<label for="${model.name}">${model.label}</label>
    <input
      id="${model.name}"
      name="${model.name}"
      class="code"
      type="text"
      autocomplete="one-time-code"
      inputmode="numeric"
      pattern="[0-9 ]*"
      maxlength="12"
      spellcheck="false"
      aria-describedby="${model.describedBy}"
      ${model.invalid && html`aria-invalid="true"`}
    />`;
}

/** A word to type, which programs that follow links and post forms do not know. */
export function wordField(model: {
  readonly label: string;
  readonly hint: string;
  readonly problem: string | null;
}): Html {
  return html`<div class="field">
    <label for="word">${model.label}</label>
    <input
      id="word"
      name="word"
      type="text"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      maxlength="20"
      aria-describedby="word-note"
      ${model.problem !== null && html`aria-invalid="true"`}
    />
    ${
      model.problem === null
        ? html`<p class="hint" id="word-note">${model.hint}</p>`
        : html`<p class="error" id="word-note" role="alert">
            <i class="dot problem"></i>${model.problem}
          </p>`
    }
  </div>`;
}

/** Out of sight: programs fill it in. Nobody who reads the page comes here, by keyboard or otherwise. */
export const TRAP_FIELD = 'website';

export function trapField(said: InfoWords): Html {
  return html`<div class="trap" aria-hidden="true">
    <label for="${TRAP_FIELD}">${said.trapLabel}</label>
    <input
      id="${TRAP_FIELD}"
      name="${TRAP_FIELD}"
      type="text"
      tabindex="-1"
      autocomplete="off"
      value=""
    />
  </div>`;
}

function described(field: InfoField, error: string | undefined): Html {
  return error === undefined
    ? html`aria-describedby="${field}-note"`
    : html`aria-describedby="${field}-error" aria-invalid="true"`;
}

export function fieldError(field: InfoField, text: string): Html {
  return html`<p class="error" id="${field}-error"><i class="dot problem"></i>${text}</p>`;
}
