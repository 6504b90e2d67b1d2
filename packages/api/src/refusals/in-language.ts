import { Refusal } from '@holdfast/application';
import type { Language } from '@holdfast/domain';
import { GERMAN } from './german.ts';

interface Pattern {
  readonly matches: RegExp;
  readonly names: readonly string[];
  readonly said: string;
}

const PATTERNS: readonly Pattern[] = Object.entries(GERMAN)
  .filter(([sentence]) => sentence.includes('{'))
  .map(([sentence, said]) => ({
    matches: new RegExp(
      `^${sentence
        .split(/\{\w+\}/)
        .map(literally)
        .join('(.+)')}$`,
      'su',
    ),
    names: [...sentence.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []),
    said,
  }));

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Null: nobody has said it in German yet. */
export function inGerman(sentence: string): string | null {
  const whole = GERMAN[sentence];
  if (whole !== undefined) return whole;
  for (const { matches, names, said } of PATTERNS) {
    const found = matches.exec(sentence);
    if (found === null) continue;
    const values = new Map(names.map((name, place) => [name, found[place + 1] ?? '']));
    return said.replace(
      /\{(\w+)\}/g,
      (placeholder, name: string) => values.get(name) ?? placeholder,
    );
  }
  return null;
}

/**
 * A refusal as its reader understands it. The sentence beside the decision is English; what another language says is found
 * by it, so that use cases know nothing of who reads. What is missing stays English rather than unsaid.
 */
export function inLanguage(refusal: Refusal, language: Language): Refusal {
  if (language === 'en') return refusal;
  const say = (sentence: string): string => inGerman(sentence) ?? sentence;
  const fields = Object.entries(refusal.fields).map(([name, text]) => [name, say(text)]);
  return new Refusal(refusal.code, say(refusal.message), Object.fromEntries(fields));
}
