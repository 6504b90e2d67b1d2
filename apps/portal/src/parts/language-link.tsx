import type { Language } from '@holdfast/contracts';
import { portal } from '../api.ts';
import { LANGUAGES } from '../languages.ts';
import { page } from '../messages/en/page.ts';

/** The same page in another language; the server remembers it, for this browser or for who is signed in. */
export function LanguageLink(props: {
  readonly isSignedIn: boolean;
  /** Behind the `#`, and of worth: it goes along. */
  readonly fragment?: string | undefined;
}) {
  const { fragment = '', isSignedIn } = props;
  return (
    <p className="languages">
      {LANGUAGES.map(
        ([language, name]) =>
          language !== page.language && (
            <a
              key={language}
              href={addressIn(language, fragment)}
              lang={language}
              hrefLang={language}
              onClick={(event) => {
                if (!isSignedIn) return;
                event.preventDefault();
                void choose(language);
              }}
            >
              {name}
            </a>
          ),
      )}
    </p>
  );
}

function addressIn(language: Language, fragment: string): string {
  const query = new URLSearchParams(location.search);
  query.set('language', language);
  return `?${query}${fragment === '' ? '' : `#${fragment}`}`;
}

/** Without a connection the page stays as it is; there would be none in the other language. */
async function choose(language: Language): Promise<void> {
  try {
    await portal.session.chooseLanguage.mutate({ language });
    location.reload();
  } catch {
    // Nothing is lost, and the link is still there.
  }
}
