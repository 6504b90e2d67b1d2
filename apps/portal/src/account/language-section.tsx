import type { Language } from '@holdfast/contracts';
import { useMutation } from '@tanstack/react-query';
import { problemOf, trpc } from '../api.ts';
import { LANGUAGES } from '../languages.ts';
import { account } from '../messages/en/account.ts';
import { page } from '../messages/en/page.ts';
import { ProblemLine } from '../parts/problem-line.tsx';

/** Of the page and of what is written to its user. The page comes anew in it. */
export function LanguageSection() {
  const choose = useMutation(
    trpc.session.chooseLanguage.mutationOptions({ onSuccess: () => location.reload() }),
  );
  return (
    <section aria-labelledby="language-heading">
      <h2 id="language-heading">{account.language}</h2>
      <p className="hint">{account.languageText}</p>
      <ProblemLine text={choose.error === null ? null : problemOf(choose.error).message} />
      <select
        aria-labelledby="language-heading"
        value={page.language}
        disabled={choose.isPending}
        onChange={(event) => choose.mutate({ language: event.currentTarget.value as Language })}
      >
        {LANGUAGES.map(([language, name]) => (
          <option key={language} value={language} lang={language}>
            {name}
          </option>
        ))}
      </select>
    </section>
  );
}
