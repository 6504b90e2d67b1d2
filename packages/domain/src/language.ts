/** What our words are written in. The first is used where nothing else is known. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The shape that another language must have: the same keys, the same arguments, lists of the same length; only the
 * sentences are others.
 */
export type Words<Original> = Original extends string
  ? string
  : Original extends (...values: infer Values) => infer Said
    ? (...values: Values) => Words<Said>
    : { readonly [Key in keyof Original]: Words<Original[Key]> };

/** Of a tag such as `de-AT` (BCP 47); null when it is none of ours. */
export function languageOf(tag: string | null | undefined): Language | null {
  const [first = ''] = (tag ?? '').trim().toLowerCase().split(/[-_]/);
  return LANGUAGES.find((language) => language === first) ?? null;
}

/** What is written to somebody is in the language that they chose, else in that of the directory, else in English. */
export function writtenLanguage(user: {
  readonly language: Language | null;
  readonly preferredLanguage: string | null;
}): Language {
  return user.language ?? languageOf(user.preferredLanguage) ?? LANGUAGES[0];
}

/** The first of ours by weight in an `Accept-Language` (RFC 9110 §12.5.4); null when it names none. */
export function acceptedLanguage(header: string | undefined): Language | null {
  const ranges = (header ?? '').split(',').map((range) => {
    const [tag, ...parameters] = range.split(';');
    const weight = parameters.map((each) => /^\s*q=([\d.]+)\s*$/i.exec(each)?.[1]).find(Boolean);
    return { language: languageOf(tag), weight: weight === undefined ? 1 : Number(weight) };
  });
  const [best] = ranges
    .filter(({ language, weight }) => language !== null && weight > 0)
    .toSorted((one, other) => other.weight - one.weight);
  return best?.language ?? null;
}
