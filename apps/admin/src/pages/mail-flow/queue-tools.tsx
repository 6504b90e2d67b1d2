import { listed } from '../../format/counts.ts';
import { m } from '../../messages/catalogue.ts';
import type { QueueStateWord } from '../../messages/vocabulary.ts';
import { buttonClass } from '../../ui/button.tsx';
import { FilterChip, type FilterOption } from '../../ui/filter-chip.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { WAIT_REASONS } from './wait-reasons.ts';
import { AGES, exportQueueHref, splitList, type QueueSearch } from './queue-search.ts';

const words = m.mailFlow;

const REASON_OPTIONS = WAIT_REASONS.map((value) => ({ value, label: words.reason(value) }));
const DIRECTION_OPTIONS = (['inbound', 'outbound'] as const).map((value) => {
  return { value, label: words.queue.direction[value] };
});
const AGE_OPTIONS = (Object.keys(AGES) as (keyof typeof AGES)[]).map((value) => {
  return { value, label: words.queue.ages[value] };
});

export function QueueTools({
  search,
  page,
  onSearch,
}: {
  readonly search: QueueSearch;
  readonly page: readonly QueueStateWord[];
  readonly onSearch: (next: Partial<Record<keyof QueueSearch, string>>, replace?: boolean) => void;
}) {
  const states = page.map((value) => ({ value, label: words.state[value] }));
  return (
    <div className="mb-2 flex flex-wrap gap-2" role="search" aria-label={words.queue.filters}>
      <SearchBox
        label={words.queue.search}
        stored={search.q ?? ''}
        onSearch={(q) => onSearch({ q }, true)}
      />
      {page.length === 1 ? null : (
        <>
          <ListChip
            label={words.queue.stateFilter}
            options={states}
            value={search.state}
            onChange={(state) => onSearch({ state })}
          />
          <ListChip
            label={words.queue.whyFilter}
            options={REASON_OPTIONS}
            value={search.why}
            onChange={(why) => onSearch({ why })}
          />
          <ListChip
            label={words.queue.directionFilter}
            options={DIRECTION_OPTIONS}
            value={search.direction}
            single
            onChange={(direction) => onSearch({ direction })}
          />
        </>
      )}
      <ListChip
        label={words.queue.ageFilter}
        options={AGE_OPTIONS}
        value={search.age}
        single
        onChange={(age) => onSearch({ age })}
      />
      <a href={exportQueueHref(search, page)} download className={buttonClass()}>
        {words.queue.csv}
      </a>
    </div>
  );
}

function ListChip({
  label,
  options,
  value,
  single = false,
  onChange,
}: {
  readonly label: string;
  readonly options: readonly FilterOption[];
  readonly value: string | undefined;
  readonly single?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const chosen = splitList(value);
  const names = options.filter((option) => chosen.includes(option.value));
  return (
    <FilterChip
      label={label}
      summary={names.length === 0 ? null : listed(names.map((name) => name.label.toLowerCase()))}
      options={options}
      chosen={chosen}
      single={single}
      onChange={(next) => onChange(next.join(','))}
    />
  );
}
