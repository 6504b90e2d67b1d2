import { alternateInfo, directoryKind } from '@holdfast/contracts';
import { useEffect, useState } from 'react';
import { listed } from '../../format/counts.ts';
import { m } from '../../messages/catalogue.ts';
import { buttonClass } from '../../ui/button.tsx';
import { FilterChip } from '../../ui/filter-chip.tsx';
import { Icon } from '../../ui/icon.tsx';
import { exportHref, splitList, UNREACHED, type UserSearch } from './user-search.ts';

/** Typing settles this long before the server is asked. Unit: ms. */
const SETTLE = 200;

interface UserToolsProps {
  readonly search: UserSearch;
  readonly onSearch: (next: Partial<UserSearch>, replace?: boolean) => void;
}

const INFO_OPTIONS = alternateInfo.options.map((value) => ({
  value,
  label: m.state.alternateInfo[value],
}));
const KIND_OPTIONS = directoryKind.options.map((value) => ({ value, label: m.state.kind[value] }));
const PROTECTED_OPTIONS = [
  { value: 'yes', label: m.users.yes },
  { value: 'no', label: m.users.no },
];

export function UserTools({ search, onSearch }: UserToolsProps) {
  const info = splitList(search.info);
  const kinds = splitList(search.kind);
  return (
    <div className="mb-2 flex flex-wrap gap-2" role="search" aria-label={m.users.filters}>
      <SearchBox search={search} onSearch={onSearch} />
      <FilterChip
        label={m.users.info}
        summary={info.length === 0 ? null : infoSummary(info)}
        options={INFO_OPTIONS}
        chosen={info}
        onChange={(chosen) => onSearch({ info: chosen.join(',') })}
      />
      <FilterChip
        label={m.users.protected}
        summary={search.protected === undefined ? null : m.users[search.protected]}
        options={PROTECTED_OPTIONS}
        chosen={search.protected === undefined ? [] : [search.protected]}
        single
        onChange={([chosen]) =>
          onSearch({
            protected: chosen === 'yes' || chosen === 'no' ? chosen : undefined,
          } as Partial<UserSearch>)
        }
      />
      <FilterChip
        label={m.users.kind}
        summary={kinds.length === 0 ? null : labels(kinds, KIND_OPTIONS)}
        options={KIND_OPTIONS}
        chosen={kinds}
        onChange={(chosen) => onSearch({ kind: chosen.join(',') })}
      />
      <a href={exportHref(search)} download className={buttonClass()}>
        {m.users.csv}
      </a>
    </div>
  );
}

function SearchBox({ search, onSearch }: UserToolsProps) {
  const stored = search.q ?? '';
  const [typed, setTyped] = useState(stored);
  useEffect(() => setTyped(stored), [stored]);
  useEffect(() => {
    if (typed === stored) return undefined;
    const timer = setTimeout(() => onSearch({ q: typed }, true), SETTLE);
    return () => clearTimeout(timer);
    // Only what was typed starts the clock; a new filter beside it must not start it again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [typed]);
  return (
    <label className="relative flex min-w-0 flex-[1_1_260px] items-center text-text-2">
      <span className="pointer-events-none absolute left-2.5">
        <Icon name="search" />
      </span>
      <input
        type="search"
        data-list-filter
        aria-label={m.users.search}
        placeholder={m.users.search}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="input pr-9 pl-9 max-md:min-h-10"
      />
      <kbd
        aria-hidden="true"
        className="pointer-events-none absolute right-2.5 rounded-[4px] border border-line px-1.5 font-mono text-xs max-md:hidden"
      >
        /
      </kbd>
    </label>
  );
}

function infoSummary(info: readonly string[]): string {
  const unreached =
    info.length === UNREACHED.length && UNREACHED.every((state) => info.includes(state));
  return unreached ? m.users.infoMissing : labels(info, INFO_OPTIONS);
}

function labels(
  chosen: readonly string[],
  options: readonly { readonly value: string; readonly label: string }[],
): string {
  return listed(
    options
      .filter((option) => chosen.includes(option.value))
      .map((option) => option.label.toLowerCase()),
  );
}
