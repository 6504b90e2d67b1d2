import { search as words } from '../messages/en/search.ts';
import { Icon } from '../parts/icon.tsx';
import { showSnack } from '../parts/snackbar.tsx';
import { forgetSearches, useRecentSearches } from './recent-searches.ts';

/** Before anything is typed: what was searched for lately, and what can be asked for. */
export function SearchStart(props: {
  readonly user: string;
  readonly onPick: (query: string) => void;
  readonly onInsert: (text: string) => void;
}) {
  const recent = useRecentSearches(props.user);
  return (
    <div className="scroller search-start">
      {recent.length > 0 && (
        <section aria-labelledby="recent-heading">
          <h2 id="recent-heading">{words.recent}</h2>
          <ul>
            {recent.map((query) => (
              <li key={query}>
                <button type="button" onClick={() => props.onPick(query)}>
                  <Icon name="clock" />
                  <bdi>{query}</bdi>
                </button>
              </li>
            ))}
          </ul>
          <button
            type="button"
            className="link"
            onClick={() => {
              void forgetSearches(props.user);
              showSnack({ text: words.forgotten });
            }}
          >
            {words.forget}
          </button>
        </section>
      )}
      <Operators onInsert={props.onInsert} />
    </div>
  );
}

export function Operators({ onInsert }: { readonly onInsert: (text: string) => void }) {
  return (
    <section aria-labelledby="operators-heading">
      <h2 id="operators-heading">{words.help}</h2>
      <p className="hint">{words.helpText}</p>
      <ul className="operators">
        {words.operators.map(([operator, example, text]) => (
          <li key={operator}>
            <button type="button" onClick={() => onInsert(operator)}>
              <code>
                {operator}
                <i>{example}</i>
              </code>
              <span>{text}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
