import type { QueuePage, QueueRow } from '@holdfast/contracts';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { m } from '../../messages/catalogue.ts';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { moveBetweenRows } from '../../ui/move-between-rows.ts';
import { isChosen, setChosen, type ChosenDeliveries } from './chosen-deliveries.ts';
import type { QueueSearch } from './queue-search.ts';

const words = m.mailFlow.queue;

export interface DeliveryColumn {
  readonly label: string;
  /** What the server sorts by; null for a column that it does not. */
  readonly sort: 'accepted' | 'due' | 'attempts' | 'recipient' | null;
  /** Shown on a phone, too, below what is before it. */
  readonly narrow: boolean;
  /** Its share of the table: what is longer ends in dots. */
  readonly width: string;
  readonly cell: (row: QueueRow) => ReactNode;
}

interface DeliveryTableProps {
  readonly label: string;
  readonly columns: readonly DeliveryColumn[];
  readonly page: QueuePage;
  /** The rows are those of the question before; the new answer is on its way. */
  readonly stale: boolean;
  readonly search: QueueSearch;
  readonly chosen: ChosenDeliveries;
  readonly onChoose: (next: ChosenDeliveries) => void;
  readonly onSearch: (next: Partial<Record<keyof QueueSearch, string>>) => void;
}

export function DeliveryTable(props: DeliveryTableProps) {
  const { label, columns, page, stale, chosen, onChoose } = props;
  const ticked = page.rows.filter((row) => isChosen(chosen, row)).length;
  return (
    <div className="surface" aria-busy={stale}>
      <table className="data stacked md:table-fixed" aria-label={label}>
        <thead>
          <tr>
            <th scope="col" className="w-10">
              <input
                type="checkbox"
                className="tick"
                aria-label={words.tickPage}
                checked={ticked > 0 && ticked === page.rows.length}
                ref={(box) => {
                  if (box !== null) box.indeterminate = ticked > 0 && ticked < page.rows.length;
                }}
                onChange={(event) =>
                  onChoose(setChosen(chosen, page.rows, page.rows, event.currentTarget.checked))
                }
              />
            </th>
            {columns.map((column, index) => (
              <ColumnHeader key={column.label} column={column} first={index === 0} {...props} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={moveBetweenRows}>
          {page.rows.map((row, index) => (
            <Row key={row.id} row={row} first={index === 0} {...props} />
          ))}
        </tbody>
      </table>
      <Foot {...props} />
    </div>
  );
}

/** On a phone one head stands for all that is stacked below it. */
function ColumnHeader({
  column,
  first,
  search,
  onSearch,
}: { readonly column: DeliveryColumn; readonly first: boolean } & DeliveryTableProps) {
  const look = `${first ? '' : 'max-md:hidden'} ${column.width}`;
  if (column.sort === null)
    return (
      <th scope="col" className={look}>
        {column.label}
      </th>
    );
  const { sort } = column;
  const current = search.sort ?? 'accepted';
  const up = current === sort;
  const down = current === `-${sort}`;
  return (
    <th scope="col" aria-sort={up ? 'ascending' : down ? 'descending' : 'none'} className={look}>
      <button
        type="button"
        className="inline-flex items-center gap-1 rounded-control py-0.5 hover:text-text"
        onClick={() => onSearch({ sort: up ? `-${sort}` : sort })}
      >
        {column.label}
        {up || down ? <Icon name={up ? 'arrowUp' : 'arrowDown'} size={12} /> : null}
      </button>
    </th>
  );
}

function Row({
  row,
  first,
  columns,
  page,
  chosen,
  onChoose,
}: { readonly row: QueueRow; readonly first: boolean } & DeliveryTableProps) {
  const navigate = useNavigate();
  const ticked = isChosen(chosen, row);
  const toggle = () => onChoose(setChosen(chosen, page.rows, [row], !ticked));
  const open = () => void navigate({ to: '/messages/$id', params: { id: row.messageId } });
  return (
    <tr
      tabIndex={first ? 0 : -1}
      data-row
      data-changed={ticked || undefined}
      className="cursor-pointer hover:bg-hover"
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest('input, button, a, label')) open();
      }}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        if (event.key === ' ') {
          event.preventDefault();
          toggle();
        }
        if (event.key === 'Enter') open();
      }}
    >
      <td className="w-10">
        <input
          type="checkbox"
          className="tick"
          tabIndex={-1}
          aria-label={words.tick(row.recipient)}
          checked={ticked}
          onChange={toggle}
        />
      </td>
      {columns.map((column) => (
        <td
          key={column.label}
          className={`${column.narrow ? '' : 'max-md:hidden'} ${column.width}`}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

function Foot({ page, onSearch }: DeliveryTableProps) {
  const { previous, next } = page;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3 py-1.5 text-sm text-text-2">
      <span className="num">{words.shown(page.rows.length, page.total)}</span>
      {previous !== null || next !== null ? (
        <span className="inline-flex">
          <IconButton
            icon="chevronLeft"
            label={words.previous}
            disabled={previous === null}
            onClick={() => onSearch({ before: previous ?? '' })}
          />
          <IconButton
            icon="chevronRight"
            label={words.nextPage}
            disabled={next === null}
            onClick={() => onSearch({ after: next ?? '' })}
          />
        </span>
      ) : null}
      <span className="ml-auto py-1 max-md:hidden">{words.keys}</span>
    </div>
  );
}
