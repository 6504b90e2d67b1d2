import type { PhoneNumbers } from '@holdfast/application';

/** The country to begin with: of the language in the directory, else of the browser. ISO 3166-1 alpha-2. */
export function guessCountry(
  phones: PhoneNumbers,
  languages: readonly (string | null | undefined)[],
): string {
  const known = phones.countries('en');
  for (const language of languages) {
    const region = regionOf(language ?? '');
    if (known.some(({ code }) => code === region)) return region;
  }
  return known[0]?.code ?? '';
}

function regionOf(language: string): string {
  const [tag = ''] = language.split(/[,;]/);
  try {
    return new Intl.Locale(tag.trim()).maximize().region ?? '';
  } catch {
    return '';
  }
}
