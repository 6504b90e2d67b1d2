import type { UserRow } from '@holdfast/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatAgo, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Only } from '../../session/only.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty, PageHeader, Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useSessionState } from '../../ui/use-session-state.ts';
import { Run } from '../connection/refresh-panel.tsx';
import { useDirectory } from '../connection/use-directory.ts';
import { CoverageHeader, LOOK_EVERY } from './coverage-header.tsx';
import { NO_CHANGES, pendingChanges } from './pending-changes.ts';
import { RequestDialog } from './request-dialog.tsx';
import { SaveBar } from './save-bar.tsx';
import { UserDialog } from './user-dialog.tsx';
import { readUserSearch, toUsersInput, type UserSearch } from './user-search.ts';
import { UserTable } from './user-table.tsx';
import { UserTools } from './user-tools.tsx';

export function UsersPage() {
  const search = readUserSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const [changes, setChanges] = useSessionState('ticks', pendingChanges, NO_CHANGES);
  const [opened, setOpened] = useState<UserRow | null>(null);
  const page = useQuery(
    api.users.list.queryOptions(toUsersInput(search), {
      placeholderData: keepPreviousData,
      refetchInterval: LOOK_EVERY,
    }),
  );
  /** A changed filter or order begins at the first page again. */
  const setSearch = (next: Partial<UserSearch>, replace = false) =>
    void navigate({
      to: '/users',
      search: readUserSearch({ ...search, page: undefined, ...next }),
      replace,
      resetScroll: false,
    });
  const filtered = [search.q, search.info, search.kind, search.protected].some(Boolean);
  return (
    <>
      <UsersHeader onRequest={() => setSearch({ ask: '1' })} />
      <CoverageHeader />
      <UserTools search={search} onSearch={setSearch} />
      {page.isError ? (
        <ProblemNote error={page.error} retry={() => void page.refetch()} />
      ) : page.isPending ? (
        <div className="surface p-4">
          <Skeleton rows={10} height={34} />
        </div>
      ) : page.data.total === 0 ? (
        <div className="surface">
          {filtered ? (
            <Empty title={m.users.noMatch} text={m.users.noMatchText}>
              <Button
                onClick={() =>
                  setSearch({
                    q: undefined,
                    info: undefined,
                    kind: undefined,
                    protected: undefined,
                  } as Partial<UserSearch>)
                }
              >
                {m.users.clear}
              </Button>
            </Empty>
          ) : (
            <Empty title={m.users.empty} text={m.users.emptyText} />
          )}
        </div>
      ) : (
        <UserTable
          page={page.data}
          stale={page.isPlaceholderData}
          search={search}
          changes={changes}
          onChanges={setChanges}
          onSearch={setSearch}
          onOpen={setOpened}
        />
      )}
      <Only duty="operate">
        <SaveBar changes={changes} onDone={() => setChanges(NO_CHANGES)} />
      </Only>
      <RequestDialog open={search.ask === '1'} onClose={() => setSearch({ ask: '' }, true)} />
      <UserDialog user={opened} onClose={() => setOpened(null)} />
    </>
  );
}

function UsersHeader({ onRequest }: { readonly onRequest: () => void }) {
  const { state, refresh, running } = useDirectory();
  const now = useNow();
  const syncedAt = state.data?.syncedAt ?? null;
  const latest = state.data?.latest ?? null;
  const showsRun = latest !== null && latest.state !== 'done';
  return (
    <>
      <PageHeader
        title={m.users.title}
        text={m.users.text}
        actions={
          <>
            <span className="text-text-2">
              {state.isSuccess
                ? syncedAt === null
                  ? m.users.never
                  : m.users.synchronised(formatAgo(syncedAt, now, placeOfReader()))
                : null}
            </span>
            <Button duty="operate" icon="sync" busy={running} onClick={() => refresh.mutate()}>
              {m.refresh}
            </Button>
            <Button duty="help-users" onClick={onRequest}>
              {m.users.requestInfo}
            </Button>
          </>
        }
      />
      {refresh.isError ? (
        <div className="mb-4">
          <ProblemNote error={refresh.error} />
        </div>
      ) : null}
      {showsRun ? (
        <div role="status" className="surface mb-4 px-5 py-3">
          <Run run={latest} />
        </div>
      ) : null}
    </>
  );
}
