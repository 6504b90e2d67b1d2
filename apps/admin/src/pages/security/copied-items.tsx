import type { CopiedItemView } from '@holdfast/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatDay, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { FilterChip } from '../../ui/filter-chip.tsx';
import { Section, Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State, type Tone } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';

const words = m.office365Lists;
const PAGE = 25;

type Outcome = CopiedItemView['outcome'];

const OUTCOMES = (['copied', 'doubled', 'refused'] as const).map((value) => ({
  value,
  label: words.outcomes[value],
}));
const TONE: Readonly<Record<Outcome, Tone>> = {
  copied: 'good',
  doubled: 'neutral',
  refused: 'attention',
};

/** Every entry that was read, and what became of it. */
export function CopiedItems() {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [ofUsers, setOfUsers] = useState(false);
  const [offset, setOffset] = useState(0);
  const items = useQuery({
    ...api.security.copiedItems.queryOptions({ outcome, ofUsers, offset, limit: PAGE }),
    placeholderData: keepPreviousData,
  });
  const total = items.data?.total ?? 0;
  return (
    <Section title={words.record} text={words.recordText}>
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <FilterChip
          label={words.outcome}
          options={OUTCOMES}
          single
          chosen={outcome === null ? [] : [outcome]}
          summary={outcome === null ? null : words.outcomes[outcome]}
          onChange={([next]) => {
            setOutcome(OUTCOMES.find(({ value }) => value === next)?.value ?? null);
            setOffset(0);
          }}
        />
        <label className="flex min-h-[34px] items-center gap-2">
          <input
            type="checkbox"
            className="tick"
            checked={ofUsers}
            onChange={(event) => {
              setOfUsers(event.currentTarget.checked);
              setOffset(0);
            }}
          />
          {words.ofUsers}
        </label>
      </div>
      {items.isError ? (
        <ProblemNote error={items.error} retry={() => void items.refetch()} />
      ) : items.isPending ? (
        <Skeleton rows={5} height={36} />
      ) : total === 0 ? (
        <p className="surface px-5 py-4 text-text-2">{words.noItems}</p>
      ) : (
        <div className="surface" aria-busy={items.isPlaceholderData}>
          <ItemTable rows={items.data.rows} />
          {total > PAGE ? (
            <div className="flex items-center justify-between gap-3 border-t border-line px-3 py-2">
              <span className="num text-sm text-text-2">
                {m.users.range(offset + 1, offset + items.data.rows.length, total)}
              </span>
              <span className="flex gap-2">
                <Button disabled={offset === 0} onClick={() => setOffset(offset - PAGE)}>
                  {words.fewer}
                </Button>
                <Button disabled={offset + PAGE >= total} onClick={() => setOffset(offset + PAGE)}>
                  {words.more}
                </Button>
              </span>
            </div>
          ) : null}
        </div>
      )}
    </Section>
  );
}

function ItemTable({ rows }: { readonly rows: readonly CopiedItemView[] }) {
  const now = useNow();
  return (
    <table className="data table-fixed" aria-label={words.record}>
      <thead>
        <tr>
          <th scope="col">{words.entry}</th>
          <th scope="col" className="max-md:hidden">
            {words.source}
          </th>
          <th scope="col">{words.outcome}</th>
          <th scope="col" className="w-[7rem] max-md:hidden">
            {words.when}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((item) => (
          <tr key={item.id}>
            <td>
              <span className="font-medium break-all">{item.raw}</span>{' '}
              <span className="whitespace-nowrap text-text-2">{words.kinds[item.kind]}</span>
              <span className="block text-xs break-words text-text-2 md:hidden">
                {words.sources[item.source]}
                {item.source === 'tenant-list' ? '' : ` · ${item.policy}`}
              </span>
            </td>
            <td className="break-words text-text-2 max-md:hidden">
              {words.sources[item.source]}
              {item.source === 'tenant-list' ? '' : ` · ${item.policy}`}
            </td>
            <td>
              <State tone={TONE[item.outcome]}>{words.outcomes[item.outcome]}</State>
              {item.reason === null && item.forDomain === null ? null : (
                <span className="block text-sm text-text-2">
                  {item.reason ?? words.forDomain(item.forDomain ?? '')}
                </span>
              )}
            </td>
            <td className="num text-text-2 max-md:hidden">
              {formatDay(item.copiedAt, now, placeOfReader())}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
