import type { UserRow } from '@holdfast/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { api, client } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

const PAGE = 100;
/** Height before a row is measured; the reason under an ineligible one makes it taller. Unit: px. */
const ROW = 52;

/** People to choose from a directory of any size: searched and paged on the server, only the rows in view are drawn. */
export function UserPicker({
  chosen,
  onChange,
  onlyProtected = false,
}: {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly onlyProtected?: boolean;
}) {
  const [search, setSearch] = useState('');
  const deferred = useDeferredValue(search);
  const wanted = { search: deferred, protected: onlyProtected ? true : null, limit: PAGE };
  const pages = useInfiniteQuery({
    queryKey: [...api.users.list.queryKey(wanted), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      client.users.list.query({ ...wanted, offset: pageParam }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (page) => {
      const next = page.offset + page.rows.length;
      return page.rows.length > 0 && next < page.total ? next : undefined;
    },
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  const set = new Set(chosen);
  const toggle = (id: string) =>
    onChange(set.has(id) ? chosen.filter((entry) => entry !== id) : [...chosen, id]);
  return (
    <div className="surface overflow-hidden">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line p-2">
        <label className="flex min-w-0 flex-[1_1_220px] items-center gap-2">
          <span className="pl-1 text-text-2">
            <Icon name="search" />
          </span>
          <input
            type="search"
            aria-label={m.users.picker.search}
            placeholder={m.users.picker.search}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="input"
          />
        </label>
        <span role="status" className="num text-sm text-text-2">
          {m.users.picker.of(total)} ·{' '}
          <b className="text-text">{m.users.picker.chosen(chosen.length)}</b>
        </span>
        <Button look="quiet" disabled={chosen.length === 0} onClick={() => onChange([])}>
          {m.users.picker.clear}
        </Button>
      </div>
      {pages.isError ? (
        <div className="p-3">
          <ProblemNote error={pages.error} retry={() => void pages.refetch()} />
        </div>
      ) : (
        <PickerList
          rows={rows}
          chosen={set}
          onToggle={toggle}
          onEnd={() => {
            if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
          }}
        />
      )}
      {pages.isSuccess && rows.length === 0 ? (
        <p className="px-4 pb-4 text-text-2">{m.users.noMatch}</p>
      ) : null}
    </div>
  );
}

function PickerList({
  rows,
  chosen,
  onToggle,
  onEnd,
}: {
  readonly rows: readonly UserRow[];
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
  readonly onEnd: () => void;
}) {
  const scroll = useRef<HTMLDivElement>(null);
  // The compiler leaves this component as it is, which is what a virtualizer needs: its functions read the scroll position.
  // oxlint-disable-next-line react/incompatible-library
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 10,
  });
  const items = list.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 10) onEnd();
  });
  return (
    <div
      ref={scroll}
      role="group"
      aria-label={m.users.picker.label}
      tabIndex={0}
      className="max-h-[min(52dvh,440px)] overflow-y-auto"
    >
      <div className="relative" style={{ height: list.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <div
              key={row.id}
              ref={list.measureElement}
              data-index={item.index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <PickerRow row={row} checked={chosen.has(row.id)} onToggle={() => onToggle(row.id)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function PickerRow({
  row,
  checked,
  onToggle,
}: {
  readonly row: UserRow;
  readonly checked: boolean;
  readonly onToggle: () => void;
}) {
  return (
    <label
      className={`flex items-start gap-3 border-b border-line px-4 py-2 text-sm ${checked ? 'bg-accent-soft' : row.eligible ? 'hover:bg-hover' : ''}`}
    >
      <input
        type="checkbox"
        className="tick mt-0.5"
        aria-label={m.users.picker.choose(row.name)}
        checked={checked}
        disabled={!row.eligible}
        onChange={onToggle}
      />
      <span className="min-w-0 flex-1">
        <span className={`block truncate font-medium ${row.eligible ? '' : 'text-text-3'}`}>
          {row.name}
        </span>
        <span className={`block truncate ${row.eligible ? 'text-text-2' : 'text-text-3'}`}>
          {row.address}
        </span>
        {row.reason === null ? null : (
          <span className="block text-xs text-text-3">{m.ineligible.why(row.reason)}</span>
        )}
      </span>
      <span className="num flex-none text-xs text-text-3">{m.state.kind[row.kind]}</span>
    </label>
  );
}
