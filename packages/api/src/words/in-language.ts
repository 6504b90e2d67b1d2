import { Refusal } from '@holdfast/application';
import type { MessageView } from '@holdfast/contracts';
import type { Language } from '@holdfast/domain';
import { GERMAN_MESSAGE } from './german-message.ts';
import { GERMAN_REFUSALS } from './german-refusals.ts';

type Table = Readonly<Record<string, string>>;
/** Null: nobody has said it in this language yet. */
type Translator = (sentence: string) => string | null;

interface Pattern {
  readonly matches: RegExp;
  readonly names: readonly string[];
  readonly said: string;
}

export const refusalInGerman: Translator = translatorOf(GERMAN_REFUSALS);
export const messageWordInGerman: Translator = translatorOf(GERMAN_MESSAGE);

/**
 * What is said beside a decision is English; another language is found by it, so that what decides knows nothing of who
 * reads. What is filled in is looked up as well: it may be a sentence of its own.
 */
function translatorOf(table: Table): Translator {
  const patterns: readonly Pattern[] = Object.entries(table)
    .filter(([sentence]) => sentence.includes('{'))
    .map(([sentence, said]) => ({
      matches: new RegExp(
        `^${sentence
          .split(/\{\w+\}/)
          .map(literally)
          .join('(.+?)')}$`,
        'su',
      ),
      names: [...sentence.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []),
      said,
    }));
  const say: Translator = (sentence) => {
    const whole = table[sentence];
    if (whole !== undefined) return whole;
    for (const { matches, names, said } of patterns) {
      const found = matches.exec(sentence);
      if (found === null) continue;
      const values = new Map(names.map((name, place) => [name, found[place + 1] ?? '']));
      return said.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
        const value = values.get(name);
        return value === undefined ? placeholder : (sayWithReply(value) ?? value);
      });
    }
    return null;
  };
  /** The other side's own words stand behind ours, in brackets. */
  const sayWithReply: Translator = (sentence) => {
    const own = say(sentence);
    if (own !== null) return own;
    const [, words, reply] = /^(.+?)( \(.+\))$/su.exec(sentence) ?? [];
    const said = words === undefined ? null : say(words);
    return said === null ? null : `${said}${reply ?? ''}`;
  };
  return sayWithReply;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** What is missing stays English rather than unsaid. */
export function inLanguage(refusal: Refusal, language: Language): Refusal {
  if (language === 'en') return refusal;
  const say = (sentence: string): string => refusalInGerman(sentence) ?? sentence;
  const fields = Object.entries(refusal.fields).map(([name, text]) => [name, say(text)]);
  return new Refusal(refusal.code, say(refusal.message), Object.fromEntries(fields));
}

/** Our own words of a message; what others wrote stays as it is. The rhythm of a series is written by its presenter. */
export function messageInLanguage(view: MessageView, language: Language): MessageView {
  if (language === 'en') return view;
  const say = (sentence: string): string => messageWordInGerman(sentence) ?? sentence;
  const told = <T extends { readonly words: string }>(each: T): T => ({
    ...each,
    words: say(each.words),
  });
  const { authentication, deliveries, invitation, notes, reported, warnings } = view;
  return {
    ...view,
    authentication: { ...told(authentication), checks: authentication.checks.map(say) },
    warnings: warnings.map(told),
    notes: notes.map(say),
    invitation: invitation === null ? null : told(invitation),
    reported: reported === null ? null : { ...reported, recipients: reported.recipients.map(told) },
    deliveries: deliveries.map(told),
  };
}
