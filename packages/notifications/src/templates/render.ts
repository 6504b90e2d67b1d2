import type { EmailText } from '@holdfast/application';
import { helpdeskLine, type HelpdeskContact, type Language } from '@holdfast/domain';

export type Values = Readonly<Record<string, string | number>>;

export interface EmailWords {
  readonly subject: string;
  readonly greeting: string | null;
  readonly body: readonly string[];
  /** Words on the link; null when there is none. */
  readonly action: string | null;
}

/** Two concatenated parts of 153 GSM characters each (3GPP TS 23.040 §9.2.3.24.1). */
export const LONGEST_SMS = 306;
/** An organisation's name in an SMS is cut here, before anything that matters has to go. Unit: characters. */
const LONGEST_SMS_NAME = 40;

/** A value is inserted once: braces inside of it are text, not another placeholder. */
export function fill(
  words: string,
  values: Values,
  escape = (value: string): string => value,
): string {
  return words.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    return value === undefined ? placeholder : escape(String(value));
  });
}

/** One line without control characters: a name with a line break must not make a header or a paragraph of its own. */
function oneLine(value: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is removed
  return value.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
}

function escapeHtml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const clean = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, oneLine(String(value))]));

export function renderEmail(words: EmailWords, input: Values, language: Language): EmailText {
  const values = clean(input);
  const url = String(values['url'] ?? '');
  const greeting = words.greeting === null || values['name'] === '' ? [] : [words.greeting];
  const paragraphs = [...greeting, ...words.body];
  const lines = paragraphs.map((paragraph) => fill(paragraph, values));
  const link = words.action === null || url === '' ? [] : [`${words.action}: ${url}`];
  const html = paragraphs.map((paragraph) => fill(paragraph, values, escapeHtml));
  return {
    subject: oneLine(fill(words.subject, values)),
    text: `${[...lines, ...link].join('\n\n')}\n`,
    html: page(
      language,
      html,
      words.action === null || url === '' ? null : { words: words.action, url },
    ),
  };
}

/** Whom to ask, below what there is to say. */
export function addHelpdesk(email: EmailText, words: string, helpdesk: HelpdeskContact): EmailText {
  const line = oneLine(helpdeskLine(helpdesk));
  const html = `<p style="margin:24px 0 0;font-size:14px">${escapeHtml(words)}<br>${escapeHtml(line)}</p>`;
  return {
    subject: email.subject,
    text: `${email.text}\n${words}\n${line}\n`,
    html: email.html.replace('</div></body>', `${html}</div></body>`),
  };
}

/** Below everything, in small print. */
export function addLastLine(email: EmailText, words: string, url: string): EmailText {
  const link = `<p style="margin:24px 0 0;font-size:13px"><a href="${escapeHtml(url)}" style="color:inherit">${escapeHtml(words)}</a></p>`;
  return {
    subject: email.subject,
    text: `${email.text}\n${words}: ${url}\n`,
    html: email.html.replace('</div></body>', `${link}</div></body>`),
  };
}

/** Inline styles only, since mail programs drop style sheets; no background, so that dark mode keeps its own. */
function page(
  language: Language,
  paragraphs: readonly string[],
  link: { readonly words: string; readonly url: string } | null,
): string {
  const text = paragraphs
    .map((paragraph) => `<p style="margin:0 0 16px">${paragraph}</p>`)
    .join('');
  const action =
    link === null || !/^https?:\/\//i.test(link.url)
      ? ''
      : `<p style="margin:0 0 16px"><a href="${escapeHtml(link.url)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background-color:#0f6e6e;color:#ffffff;text-decoration:none;font-weight:600">${escapeHtml(link.words)}</a></p><p style="margin:0 0 16px;font-size:14px">${escapeHtml(link.url)}</p>`;
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></head><body style="margin:0;padding:24px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:16px;line-height:1.5"><div style="max-width:560px">${text}${action}</div></body></html>`;
}

/**
 * Whole when it fits in two parts; else the short wording, whose essentials (login, password, address) are never cut.
 * Without letters outside of the GSM alphabet: one of them would halve what an SMS holds.
 */
export function renderSms(
  words: { readonly sms: string; readonly smsShort?: string },
  input: Values,
  said: {
    /** Where an organisation's name has no letter that an SMS can hold. */
    readonly unnamed: string;
    readonly help: { readonly words: string; readonly value: string } | null;
  },
): string {
  const values = withStars(clean(input));
  const organisation = toGsm(String(values['organisation'] ?? ''))
    .slice(0, LONGEST_SMS_NAME)
    .trim();
  const text = fill(words.sms, { ...values, organisation: organisation || said.unnamed });
  const isWhole = gsmLength(text) <= LONGEST_SMS || words.smsShort === undefined;
  const chosen = isWhole ? text : fill(words.smsShort ?? '', values);
  const { help } = said;
  const lastLine = help === null ? '' : `\n${fill(help.words, { helpdesk: toGsm(help.value) })}`;
  return gsmLength(chosen + lastLine) <= LONGEST_SMS ? chosen + lastLine : chosen;
}

/** Masks are dots elsewhere; one dot would make a whole SMS UCS-2. */
const withStars = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, String(value).replaceAll('•', '*')]),
  );

const GSM = /[A-Za-z0-9 @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]/u;
const GSM_EXTENDED = /[\^{}\\[\]~|€]/;

/** Extended characters take two places (3GPP TS 23.038). */
export function gsmLength(text: string): number {
  return Array.from(text).reduce((total, char) => total + (GSM_EXTENDED.test(char) ? 2 : 1), 0);
}

/** Letters outside of the alphabet lose their accents; what has no Latin form is left out. */
function toGsm(text: string): string {
  return Array.from(text)
    .map((char) => (GSM.test(char) ? char : char.normalize('NFKD').replace(/\p{M}/gu, '')))
    .map((char) => (Array.from(char).every((one) => GSM.test(one)) ? char : ''))
    .join('')
    .trim();
}
