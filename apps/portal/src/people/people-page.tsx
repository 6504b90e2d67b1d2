import './people.css';
import type { PortalState } from '@holdfast/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useRef, useState } from 'react';
import { trpc } from '../api.ts';
import { blank } from '../composer/blank.ts';
import { beginDraft } from '../drafts/draft-store.ts';
import { en } from '../messages/en.ts';
import { navigate } from '../navigation.ts';
import { mayWrite } from '../session/may-write.ts';
import { Icon } from '../parts/icon.tsx';
import { ProblemPage } from '../parts/problem.tsx';
import { Blank, Skeleton } from '../parts/waiting.tsx';

const SHOWN = 50;

export function PeoplePage({ state }: { readonly state: PortalState }) {
  return (
    <>
      <header className="bar">
        <h1>{en.people.heading}</h1>
      </header>
      <PeopleList state={state} />
    </>
  );
}

export function PeopleList({ state }: { readonly state: PortalState }) {
  const [query, setQuery] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const people = useQuery(
    trpc.people.search.queryOptions(
      { query: query.trim(), limit: SHOWN },
      { staleTime: 60_000, placeholderData: keepPreviousData },
    ),
  );
  useLayoutEffect(() => input.current?.focus(), []);
  return (
    <>
      <div className="search">
        <Icon name="search" />
        <input
          ref={input}
          type="search"
          aria-label={en.people.search}
          placeholder={en.people.search}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
      </div>
      {people.isPending ? (
        <Skeleton rows={6} label={en.people.loading} />
      ) : people.isError ? (
        <ProblemPage error={people.error} onRetry={() => void people.refetch()} />
      ) : people.data.length === 0 ? (
        <Blank
          heading={query === '' ? en.people.heading : en.people.none(query)}
          text={en.people.hint}
        />
      ) : (
        <div className="scroller" aria-busy={people.isFetching}>
          <ul className="people">
            {people.data.map((party) => (
              <li key={party.address}>
                <p>
                  <bdi>{party.name || party.address}</bdi>
                  <bdi className="address">{party.address}</bdi>
                </p>
                {mayWrite(state) && (
                  <button
                    type="button"
                    className="icon"
                    aria-label={en.people.writeTo(party.name || party.address)}
                    onClick={() =>
                      navigate({
                        page: 'write',
                        draftKey: beginDraft(state.user?.address ?? '', blank([party])).key,
                      })
                    }
                  >
                    <Icon name="pen" />
                  </button>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
