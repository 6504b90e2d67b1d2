import type { QueuePage } from '@holdfast/contracts';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { m } from '../../messages/catalogue.ts';
import type { DeliveryCommandWord, QueueStateWord } from '../../messages/vocabulary.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ActionProgress } from './action-progress.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { NONE_CHOSEN } from './chosen-deliveries.ts';
import { CommandDialog } from './command-dialog.tsx';
import { DeliveryTable, type DeliveryColumn } from './delivery-table.tsx';
import { isFiltered, type QueueSearch } from './queue-search.ts';
import { QueueTools } from './queue-tools.tsx';
import { useDeliveries } from './use-deliveries.ts';

/** What queue and quarantine have in common: figures, filters, table, bulk bar and confirmation. */
export function DeliveriesPage({
  search,
  states,
  label,
  columns,
  commands,
  empty,
  figures,
  onSearch,
}: {
  readonly search: QueueSearch;
  readonly states: readonly QueueStateWord[];
  readonly label: string;
  readonly columns: readonly DeliveryColumn[];
  readonly commands: readonly DeliveryCommandWord[];
  readonly empty: { readonly title: string; readonly text: string };
  readonly figures: (page: QueuePage) => ReactNode;
  readonly onSearch: (next: Partial<Record<keyof QueueSearch, string>>, replace?: boolean) => void;
}) {
  const { page, chosen, setChosen, asked, setAsked, selection, count } = useDeliveries(
    search,
    states,
  );
  /** A changed filter or order begins at the first page again. */
  const narrow = (next: Partial<Record<keyof QueueSearch, string>>, replace?: boolean) =>
    onSearch({ after: '', before: '', ...next }, replace);
  return (
    <>
      {page.data === undefined ? null : figures(page.data)}
      <ActionProgress action={page.data?.action ?? null} />
      <QueueTools search={search} page={states} onSearch={narrow} />
      <List page={page} search={search} empty={empty} onSearch={narrow}>
        {(data) => (
          <DeliveryTable
            label={label}
            columns={columns}
            page={data}
            stale={page.isPlaceholderData}
            search={search}
            chosen={chosen}
            onChoose={setChosen}
            onSearch={narrow}
          />
        )}
      </List>
      <BulkBar
        chosen={chosen}
        total={page.data?.total ?? 0}
        commands={commands}
        onChooseAll={() => setChosen({ rows: [], all: true })}
        onClear={() => setChosen(NONE_CHOSEN)}
        onCommand={setAsked}
      />
      {asked === null ? null : (
        <CommandDialog
          asked={asked}
          count={count}
          selection={selection}
          onClose={() => setAsked(null)}
          onDone={() => {
            setAsked(null);
            setChosen(NONE_CHOSEN);
          }}
        />
      )}
    </>
  );
}

function List({
  page,
  search,
  empty,
  onSearch,
  children,
}: {
  readonly page: UseQueryResult<QueuePage, unknown>;
  readonly search: QueueSearch;
  readonly empty: { readonly title: string; readonly text: string };
  readonly onSearch: (next: Partial<Record<keyof QueueSearch, string>>) => void;
  readonly children: (page: QueuePage) => ReactNode;
}) {
  if (page.isError) return <ProblemNote error={page.error} retry={() => void page.refetch()} />;
  if (page.data === undefined)
    return (
      <div className="surface p-4">
        <Skeleton rows={10} height={34} />
      </div>
    );
  if (page.data.rows.length > 0) return children(page.data);
  const words = m.mailFlow.queue;
  const paged = search.after !== undefined || search.before !== undefined;
  return (
    <div className="surface">
      {isFiltered(search) || paged ? (
        <Empty title={words.noMatch} text={words.noMatchText}>
          <Button onClick={() => onSearch({ q: '', state: '', why: '', direction: '', age: '' })}>
            {words.clear}
          </Button>
        </Empty>
      ) : (
        <Empty title={empty.title} text={empty.text} />
      )}
    </div>
  );
}
