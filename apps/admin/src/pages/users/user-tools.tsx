import { alternateInfo, directoryKind } from '@holdfast/contracts';
import { listed } from '../../format/counts.ts';
import { m } from '../../messages/catalogue.ts';
import { buttonClass } from '../../ui/button.tsx';
import { FilterChip } from '../../ui/filter-chip.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { exportHref, splitList, UNREACHED, type UserSearch } from './user-search.ts';

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
      <SearchBox
        label={m.users.search}
        stored={search.q ?? ''}
        onSearch={(q) => onSearch({ q }, true)}
      />
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
