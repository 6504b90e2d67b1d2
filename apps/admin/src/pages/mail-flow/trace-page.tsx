import type { QueueRow } from '@holdfast/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { moveBetweenRows } from '../../ui/move-between-rows.ts';
import { Empty, PageHeader, Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useNow } from '../../ui/use-now.ts';
import { AgoCell, MessageCell, RecipientCell, StateCell } from './delivery-cells.tsx';
import { TraceForm } from './trace-form.tsx';
import {
  asksForSomething,
  exportTraceHref,
  readTraceSearch,
  toTraceInput,
  type TraceSearch,
} from './trace-search.ts';

const words = m.mailFlow.trace;

/** What is found may still be on its way. Unit: ms. */
const LOOK_EVERY = 15_000;

export function TracePage() {
  const search = readTraceSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const now = useNow();
  const page = useQuery(
    api.mailFlow.trace.queryOptions(toTraceInput(search, now), {
      placeholderData: keepPreviousData,
      refetchInterval: LOOK_EVERY,
    }),
  );
  const setSearch = (next: TraceSearch) =>
    void navigate({ to: '/trace', search: readTraceSearch({ ...next }) });
  const { after: _after, ...first } = search;
  return (
    <>
      <PageHeader
        title={words.title}
        text={words.text}
        actions={
          <a href={exportTraceHref(search, now)} download className={buttonClass()}>
            {m.mailFlow.queue.csv}
          </a>
        }
      />
      <TraceForm key={JSON.stringify(first)} search={first} onSearch={setSearch} />
      {page.isError ? (
        <ProblemNote error={page.error} retry={() => void page.refetch()} />
      ) : page.data === undefined ? (
        <div className="surface p-4">
          <Skeleton rows={10} height={34} />
        </div>
      ) : page.data.rows.length === 0 ? (
        <div className="surface">
          <Empty
            title={asksForSomething(search) ? words.noMatch : words.empty}
            text={asksForSomething(search) ? words.noMatchText : words.emptyText}
          />
        </div>
      ) : (
        <div className="surface" aria-busy={page.isPlaceholderData}>
          <TraceTable rows={page.data.rows} />
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line px-3 py-1.5 text-sm text-text-2">
            {search.after === undefined ? null : (
              <Button onClick={() => setSearch(first)}>{words.newest}</Button>
            )}
            {page.data.next === null ? null : (
              <Button onClick={() => setSearch({ ...first, after: page.data.next ?? '' })}>
                {words.more}
              </Button>
            )}
            <span className="ml-auto py-1 max-md:hidden">{words.keys}</span>
          </div>
        </div>
      )}
      <p className="mt-3 max-w-[75ch] text-sm text-text-2">{words.help}</p>
    </>
  );
}

function TraceTable({ rows }: { readonly rows: readonly QueueRow[] }) {
  const navigate = useNavigate();
  const columns = m.mailFlow.queue.column;
  const open = (row: QueueRow) =>
    void navigate({ to: '/messages/$id', params: { id: row.messageId } });
  return (
    <table className="data table-fixed" aria-label={words.table}>
      <thead>
        <tr>
          <th scope="col">{columns.message}</th>
          <th scope="col" className="w-[26%] max-md:hidden">
            {columns.recipient}
          </th>
          <th scope="col" className="w-[40%] md:w-[24%]">
            {columns.state}
          </th>
          <th scope="col" className="w-[7.25rem] max-md:hidden">
            {columns.accepted}
          </th>
        </tr>
      </thead>
      <tbody onKeyDown={moveBetweenRows}>
        {rows.map((row, index) => (
          <tr
            key={row.id}
            tabIndex={index === 0 ? 0 : -1}
            data-row
            className="cursor-pointer hover:bg-hover"
            onClick={(event) => {
              if (!(event.target as HTMLElement).closest('a')) open(row);
            }}
            onKeyDown={(event) => {
              if (event.target === event.currentTarget && event.key === 'Enter') open(row);
            }}
          >
            <td>
              <MessageCell row={row} />
            </td>
            <td className="max-md:hidden">
              <RecipientCell row={row} />
            </td>
            <td>
              <StateCell row={row} />
            </td>
            <td className="max-md:hidden">
              <AgoCell at={row.acceptedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
