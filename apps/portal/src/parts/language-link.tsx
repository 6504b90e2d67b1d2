import { page } from '../messages/en/page.ts';

/** By their own names: whoever looks for one cannot read the other. */
const LANGUAGES = [
  ['en', 'English'],
  ['de', 'Deutsch'],
] as const;

/** Leads to the same page in another language; the server remembers it for this browser. */
export function LanguageLink({ fragment = '' }: { readonly fragment?: string }) {
  return (
    <p className="languages">
      {LANGUAGES.map(
        ([language, name]) =>
          language !== page.language && (
            <a
              key={language}
              href={`?language=${language}${fragment === '' ? '' : `#${fragment}`}`}
              lang={language}
              hrefLang={language}
            >
              {name}
            </a>
          ),
      )}
    </p>
  );
}
