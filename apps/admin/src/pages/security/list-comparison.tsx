import type { ListEntryView, TenantComparisonView } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api } from '../../api.ts';
import { formatDay, formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Section, Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';
import { choicesOf, chosenEntries, keyOf } from './chosen-entries.ts';

const words = m.office365Lists;

/** Ours and theirs side by side, asked for by a press; what is ticked is taken over, nothing by itself. */
export function ListComparison() {
  const queries = useQueryClient();
  const now = useNow();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const compare = useMutation(
    api.security.compare.mutationOptions({ onSuccess: () => setTicked(new Set()) }),
  );
  const take = useMutation(
    api.security.takeFromTenant.mutationOptions({
      onSuccess: (next, { entries }) => {
        queries.setQueryData(api.security.lists.queryKey(), next);
        toast(words.taken(entries.length));
        compare.mutate();
      },
    }),
  );
  const view = compare.data;
  const choices = view === undefined ? [] : choicesOf(view);
  const tick = (key: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(key);
    else next.delete(key);
    setTicked(next);
  };
  return (
    <Section title={words.difference} text={words.differenceText}>
      <div className="mb-3">
        <Button
          duty="operate"
          look={view === undefined ? 'primary' : 'plain'}
          busy={compare.isPending}
          onClick={() => compare.mutate()}
        >
          {view === undefined ? words.compare : words.compareAgain}
        </Button>
      </div>
      {compare.isPending ? (
        <div className="surface px-5 py-4">
          <p className="mb-3 text-text-2">{words.comparing}</p>
          <Skeleton rows={3} height={24} />
        </div>
      ) : compare.isError ? (
        <ProblemNote error={compare.error} />
      ) : view === undefined ? null : (
        <>
          <p className="num mb-2 text-text-2">
            {words.comparedAt(formatInstant(view.at, now, placeOfReader()))}.{' '}
            {words.same(view.same)}
          </p>
          <Unread view={view} />
          <Comparison view={view} ticked={ticked} onTick={tick} />
          {choices.length === 0 ? null : (
            <div className="mt-3 flex flex-wrap items-center gap-3">
              <Button
                duty="operate"
                look="primary"
                busy={take.isPending}
                disabled={ticked.size === 0}
                onClick={() => take.mutate({ entries: chosenEntries(choices, ticked) })}
              >
                {words.take(ticked.size)}
              </Button>
            </div>
          )}
          {take.isError ? (
            <div className="mt-3">
              <ProblemNote error={take.error} />
            </div>
          ) : null}
        </>
      )}
    </Section>
  );
}

function Unread({ view }: { readonly view: TenantComparisonView }) {
  if (view.unread.length === 0) return null;
  return (
    <div className="mb-3">
      <Note tone="attention">
        <p>{words.unread}</p>
        <ul className="mt-1">
          {view.unread.map(({ section, detail }) => (
            <li key={section}>
              {words.sections[section]}: {detail}
            </li>
          ))}
        </ul>
      </Note>
    </div>
  );
}

function Comparison({
  view,
  ticked,
  onTick,
}: {
  readonly view: TenantComparisonView;
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (key: string, on: boolean) => void;
}) {
  const { counts } = view;
  if (counts.onlyHere + counts.onlyThere + counts.different + counts.refused === 0) {
    return (
      <p className="surface px-5 py-4">
        <State tone="good">{words.noDifference}</State>
      </p>
    );
  }
  return (
    <div className="grid gap-3">
      <Group
        title={words.different(counts.different)}
        shown={view.different.length}
        of={counts.different}
      >
        {view.different.map(({ here, there }) => (
          <Row key={here.id}>
            <Tick entry={there} ticked={ticked} onTick={onTick} />
            <span className="min-w-0">
              <Value entry={there} />
              <span className="block text-sm text-text-2">
                {words.there}: <Says entry={there} /> · {words.here}: <Says entry={here} />
              </span>
            </span>
          </Row>
        ))}
      </Group>
      <Group
        title={words.onlyThere(counts.onlyThere)}
        shown={view.onlyThere.length}
        of={counts.onlyThere}
      >
        {view.onlyThere.map((entry) => (
          <Row key={keyOf(entry)}>
            <Tick entry={entry} ticked={ticked} onTick={onTick} />
            <span className="min-w-0">
              <Value entry={entry} />
              <span className="block text-sm text-text-2">
                <Says entry={entry} /> · {entry.note}
              </span>
            </span>
          </Row>
        ))}
      </Group>
      <Group
        title={words.onlyHere(counts.onlyHere)}
        shown={view.onlyHere.length}
        of={counts.onlyHere}
      >
        {view.onlyHere.map((entry) => (
          <Row key={entry.id}>
            <span className="min-w-0">
              <Value entry={entry} />
              <span className="block text-sm text-text-2">
                <Says entry={entry} />
                {entry.note === '' ? '' : ` · ${entry.note}`}
              </span>
            </span>
          </Row>
        ))}
      </Group>
      <Group title={words.refused(counts.refused)} shown={view.refused.length} of={counts.refused}>
        {view.refused.map((item) => (
          <Row key={item.id}>
            <span className="min-w-0">
              <span className="font-medium break-all">{item.raw}</span>
              <span className="block text-sm text-text-2">
                {words.kinds[item.kind]} · {item.reason}
              </span>
            </span>
          </Row>
        ))}
      </Group>
    </div>
  );
}

function Group({
  title,
  shown,
  of,
  children,
}: {
  readonly title: string;
  readonly shown: number;
  readonly of: number;
  readonly children: ReactNode;
}) {
  if (of === 0) return null;
  return (
    <details className="surface" open>
      <summary className="cursor-default px-5 py-2.5 font-medium">{title}</summary>
      <ul className="max-h-[420px] divide-y divide-line overflow-y-auto border-t border-line">
        {children}
      </ul>
      {shown < of ? (
        <p className="border-t border-line px-5 py-2 text-sm text-text-2">
          {words.shown(shown, of)}
        </p>
      ) : null}
    </details>
  );
}

function Row({ children }: { readonly children: ReactNode }) {
  return <li className="flex items-start gap-3 px-5 py-2.5">{children}</li>;
}

function Tick({
  entry,
  ticked,
  onTick,
}: {
  readonly entry: TenantComparisonView['onlyThere'][number];
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (key: string, on: boolean) => void;
}) {
  const key = keyOf(entry);
  return (
    <input
      type="checkbox"
      className="tick mt-0.5"
      aria-label={words.choose(entry.value)}
      checked={ticked.has(key)}
      onChange={(event) => onTick(key, event.currentTarget.checked)}
    />
  );
}

type Either = TenantComparisonView['onlyThere'][number] | ListEntryView;

function Value({ entry }: { readonly entry: Either }) {
  return <span className="font-medium break-all">{entry.value.replace(/^=/, '')}</span>;
}

function Says({ entry }: { readonly entry: Either }) {
  const now = useNow();
  const { kind, type, expiresAt, forDomain } = entry;
  const user = 'userAddress' in entry ? entry.userAddress : null;
  return (
    <>
      {[
        words.kinds[kind],
        m.security.types[type].toLowerCase(),
        ...(forDomain === null ? [] : [words.forDomain(forDomain)]),
        ...(user === null ? [] : [words.forUser(user)]),
        ...(expiresAt === null ? [] : [words.until(formatDay(expiresAt, now, placeOfReader()))]),
      ].join(', ')}
    </>
  );
}
