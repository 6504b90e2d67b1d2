import type { UserPage, UserRow } from '@holdfast/contracts';
import { formatDay, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { useMay } from '../../session/session.tsx';
import { IconButton } from '../../ui/button.tsx';
import { ALTERNATE_INFO_TONE } from '../../ui/coverage-bar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { moveBetweenRows } from '../../ui/move-between-rows.ts';
import { State } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { isChanged, isTicked, setTick, setTicks, type PendingChanges } from './pending-changes.ts';
import { USERS_PER_PAGE, type UserSearch } from './user-search.ts';

interface UserTableProps {
  readonly page: UserPage;
  /** The rows are those of the question before; the new answer is on its way. */
  readonly stale: boolean;
  readonly search: UserSearch;
  readonly changes: PendingChanges;
  readonly onChanges: (next: PendingChanges) => void;
  readonly onSearch: (next: Partial<UserSearch>) => void;
  readonly onOpen: (row: UserRow) => void;
}

const COLUMNS = [
  { sort: 'name', label: m.users.column.user, narrow: true },
  { sort: 'kind', label: m.users.column.kind, narrow: false },
  { sort: 'alternateInfo', label: m.users.column.info, narrow: false },
  { sort: 'lastAskedAt', label: m.users.column.asked, narrow: false },
  { sort: 'lastSignInAt', label: m.users.column.signedIn, narrow: false },
] as const;

export function UserTable(props: UserTableProps) {
  const { page, stale, changes, onChanges } = props;
  const now = useNow();
  const eligible = page.rows.filter((row) => row.eligible);
  const ticked = eligible.filter((row) => isTicked(changes, row)).length;
  const mayTick = useMay('operate');
  return (
    <div className="surface" aria-busy={stale}>
      <table className="data stacked" aria-label={m.users.table}>
        <thead>
          <tr>
            <th scope="col" className="w-10">
              <input
                type="checkbox"
                className="tick"
                aria-label={m.users.tickPage}
                disabled={eligible.length === 0 || !mayTick}
                checked={eligible.length > 0 && ticked === eligible.length}
                ref={(box) => {
                  if (box !== null) box.indeterminate = ticked > 0 && ticked < eligible.length;
                }}
                onChange={(event) =>
                  onChanges(setTicks(changes, eligible, event.currentTarget.checked))
                }
              />
            </th>
            {COLUMNS.map((column) => (
              <SortHeader key={column.sort} column={column} {...props} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={moveBetweenRows}>
          {page.rows.map((row, index) => (
            <Row key={row.id} row={row} first={index === 0} now={now} {...props} />
          ))}
        </tbody>
      </table>
      <Foot {...props} />
    </div>
  );
}

function SortHeader({
  column,
  search,
  onSearch,
}: { readonly column: (typeof COLUMNS)[number] } & UserTableProps) {
  const current = search.sort ?? 'name';
  const up = current === column.sort;
  const down = current === `-${column.sort}`;
  return (
    <th
      scope="col"
      aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}
      className={column.narrow ? '' : 'max-md:hidden'}
    >
      <button
        type="button"
        className="inline-flex items-center gap-1 rounded-control py-0.5 hover:text-text"
        onClick={() => onSearch({ sort: up ? `-${column.sort}` : column.sort })}
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
  now,
  changes,
  onChanges,
  onOpen,
}: { readonly row: UserRow; readonly first: boolean; readonly now: number } & UserTableProps) {
  const ticked = isTicked(changes, row);
  const changed = isChanged(changes, row);
  const mayTick = useMay('operate') && (row.eligible || row.protected);
  const toggle = () => onChanges(setTick(changes, row, !ticked));
  return (
    <tr
      tabIndex={first ? 0 : -1}
      data-row
      data-changed={changed || undefined}
      data-off={row.eligible ? undefined : true}
      className="hover:bg-hover"
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest('input, button, a, label')) onOpen(row);
      }}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        if (event.key === ' ') {
          event.preventDefault();
          if (mayTick) toggle();
        }
        if (event.key === 'Enter') onOpen(row);
      }}
    >
      <td className="w-10">
        <input
          type="checkbox"
          className="tick"
          tabIndex={-1}
          aria-label={m.users.tick(row.name)}
          checked={ticked}
          disabled={!mayTick}
          onChange={toggle}
        />
      </td>
      <td className="max-md:break-words">
        <span className="block font-medium">{row.name}</span>
        <span className={row.eligible ? 'text-text-2' : ''}>{row.address}</span>
      </td>
      <td className="whitespace-nowrap max-md:hidden">{m.state.kind[row.kind]}</td>
      {row.reason === null ? (
        <>
          <td>
            <InfoCell row={row} ticked={ticked} changed={changed} />
          </td>
          <td className="num whitespace-nowrap text-text-2 max-md:hidden">
            {changed && ticked
              ? m.users.willBeAsked
              : row.lastAskedAt === null
                ? m.none
                : formatDay(row.lastAskedAt, now, placeOfReader())}
          </td>
          <td className="num whitespace-nowrap text-text-2 max-md:hidden">
            {row.lastSignInAt === null
              ? m.none
              : m.users.signedInOn(
                  formatDay(row.lastSignInAt, now, placeOfReader()),
                  row.lastSignInDrill,
                )}
          </td>
        </>
      ) : (
        <td colSpan={3} className="text-xs">
          {m.ineligible.why(row.reason)}
        </td>
      )}
    </tr>
  );
}

function InfoCell({
  row,
  ticked,
  changed,
}: {
  readonly row: UserRow;
  readonly ticked: boolean;
  readonly changed: boolean;
}) {
  if (!row.protected && !ticked)
    return (
      <span className="text-text-2">
        <State tone="hollow">{m.users.notProtected}</State>
      </span>
    );
  const notes = [
    changed && !ticked ? m.users.willNotBe : null,
    row.protected && !row.effective ? m.users.notEffective : null,
    row.accountEnabled ? null : m.users.accountDisabled,
  ].filter((note) => note !== null);
  return (
    <>
      <State tone={ALTERNATE_INFO_TONE[row.alternateInfo]}>
        {m.state.alternateInfo[row.alternateInfo]}
      </State>
      {notes.map((note) => (
        <span key={note} className="block text-xs text-text-2">
          {note}
        </span>
      ))}
    </>
  );
}

function Foot({ page, search, onSearch }: UserTableProps) {
  const number = Math.floor(page.offset / USERS_PER_PAGE) + 1;
  const last = Math.max(1, Math.ceil(page.total / USERS_PER_PAGE));
  const turn = (to: number) => onSearch({ ...search, page: String(to) });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3 py-1.5 text-sm text-text-2">
      <span className="num">
        {m.users.range(page.offset + 1, page.offset + page.rows.length, page.total)}
      </span>
      {last > 1 ? (
        <span className="inline-flex">
          <IconButton
            icon="chevronLeft"
            label={m.users.previous}
            disabled={number <= 1}
            onClick={() => turn(number - 1)}
          />
          <IconButton
            icon="chevronRight"
            label={m.users.nextPage}
            disabled={number >= last}
            onClick={() => turn(number + 1)}
          />
        </span>
      ) : null}
      <span className="ml-auto py-1 max-md:hidden">{m.users.keys}</span>
    </div>
  );
}
