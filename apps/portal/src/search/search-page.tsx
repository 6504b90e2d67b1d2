import type { MailboxRow, PortalState } from '@holdfast/contracts';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { sinceMoment } from '../dates.ts';
import { ListTools } from '../mailbox/list-tools.tsx';
import { MessageList } from '../mailbox/message-list.tsx';
import { useSelection } from '../mailbox/selection.ts';
import { MAX_QUERY_LENGTH } from '../limits.ts';
import { search as words } from '../messages/en/search.ts';
import { goBack, navigate } from '../navigation.ts';
import { Icon } from '../parts/icon.tsx';
import { ProblemPage } from '../parts/problem.tsx';
import { Blank, Skeleton } from '../parts/waiting.tsx';
import type { Route } from '../router.ts';
import { useNow } from '../use-now.ts';
import { markParts } from './marks.ts';
import { rememberSearch } from './recent-searches.ts';
import { Operators, SearchStart } from './search-start.tsx';
import { useSearch } from './use-search.ts';
import './search.css';

/** Somebody who types is waited for: every answer costs a phone on a poor network. Unit: ms. */
const TYPED_FOR = 350;

interface SearchProps {
  readonly state: PortalState;
  readonly query: string;
  readonly openItemId: string | null;
}

/** The address has the query, so that a search can be gone back to, reloaded and kept as a bookmark. */
export function SearchPage({ state, query, openItemId }: SearchProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(query);
  const user = state.user?.address ?? '';
  const shown = useRef(query);
  useLayoutEffect(() => {
    // What was looked for here comes back trimmed, and later than the next letters.
    if (query === shown.current) return;
    shown.current = query;
    setTyped(query);
  }, [query]);
  useLayoutEffect(() => {
    // Who comes with a search, as from a folder of their own, wants to read: no keyboard rises over what was found.
    if (openItemId === null && query === '') input.current?.focus({ preventScroll: true });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the page is opened
  }, []);
  useEffect(() => {
    if (typed.trim() === query) return undefined;
    const timer = setTimeout(() => show(typed), TYPED_FOR);
    return () => clearTimeout(timer);
  }, [typed, query]);

  function show(text: string): void {
    shown.current = text.trim();
    navigate({ page: 'search', query: shown.current, itemId: null }, { replace: true });
  }
  function pick(text: string): void {
    setTyped(text);
    show(text);
  }
  function insert(operator: string): void {
    setTyped((before) => `${before}${before === '' || before.endsWith(' ') ? '' : ' '}${operator}`);
    input.current?.focus();
  }
  return (
    <>
      <header className="bar search-bar">
        <button
          type="button"
          className="icon"
          aria-label={words.back}
          onClick={() => goBack({ page: 'folder', folder: 'inbox', itemId: null })}
        >
          <Icon name="back" />
        </button>
        <h1 className="visually-hidden" id="folder-heading" tabIndex={-1}>
          {words.heading}
        </h1>
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            show(typed);
            void rememberSearch(user, typed);
            input.current?.blur();
          }}
        >
          <input
            ref={input}
            type="search"
            enterKeyHint="search"
            aria-label={words.field}
            placeholder={words.field}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            maxLength={MAX_QUERY_LENGTH}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </form>
        {typed !== '' && (
          <button
            type="button"
            className="icon"
            aria-label={words.clear}
            onClick={() => {
              pick('');
              input.current?.focus();
            }}
          >
            <Icon name="close" />
          </button>
        )}
      </header>
      {query === '' ? (
        <SearchStart user={user} onPick={pick} onInsert={insert} />
      ) : (
        <Found {...{ state, query, openItemId, user }} onInsert={insert} />
      )}
    </>
  );
}

function Found(
  props: SearchProps & { readonly user: string; readonly onInsert: (text: string) => void },
) {
  const { query, user } = props;
  const { found, older, rows, first } = useSearch(query);
  const now = useNow();
  const selection = useSelection();
  // The same functions each time: rows are drawn again for what is new in them alone.
  const routeOf = useCallback(
    (row: MailboxRow): Route => ({ page: 'search', query, itemId: row.id }),
    [query],
  );
  const remember = useCallback(() => void rememberSearch(user, query), [user, query]);
  const looked = first?.words;
  const mark = useCallback(
    (text: string) =>
      markParts(text, looked ?? []).map((part, at) =>
        part.isHit ? <mark key={at}>{part.text}</mark> : part.text,
      ),
    [looked],
  );
  // What was found stays when asking for it again fails.
  if (found.isError && first === undefined)
    return <ProblemPage error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending || first === undefined) return <Skeleton rows={7} label={words.loading} />;
  const isOld = found.isPlaceholderData;
  return (
    <>
      <p className="strip" role="status">
        {isOld ? words.loading : words.found(rows.length, older.hasMore)}
        {!isOld && first.unclear.length > 0 && ` · ${words.unclear(first.unclear)}`}
        {!isOld && first.missingSince !== null && (
          <> · {words.missing(sinceMoment(first.missingSince, now))}</>
        )}
      </p>
      {rows.length === 0 && !isOld ? (
        <div className="scroller search-start">
          <Blank heading={words.none(query)} text={words.noneText} />
          <Operators onInsert={props.onInsert} />
        </div>
      ) : (
        <MessageList
          name={`search ${query}`}
          rows={rows}
          selection={selection}
          hasEvent={props.state.event !== null}
          openItemId={props.openItemId}
          older={older}
          end={words.end}
          routeOf={routeOf}
          onOpen={remember}
          mark={mark}
          showsFolder
        />
      )}
      {rows.length > 0 && (
        <ListTools
          folder={null}
          rows={rows}
          mayWrite={props.state.access === 'open'}
          selection={selection}
          onRefresh={null}
        />
      )}
    </>
  );
}
