import type { IconName } from '@holdfast/design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../api.ts';
import { m } from '../messages/catalogue.ts';
import { formatCount } from '../format/counts.ts';
import { Only } from '../session/only.tsx';
import { dutyOfPage } from '../session/page-duties.ts';
import { useMay, useSession } from '../session/session.tsx';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Dot } from '../ui/state.tsx';
import { forgetSessionState } from '../ui/use-session-state.ts';

interface SidebarProps {
  readonly open: boolean;
  readonly onPalette: () => void;
  readonly onShortcuts: () => void;
}

export function Sidebar({ open, onPalette, onShortcuts }: SidebarProps) {
  const session = useSession();
  const installed = session.plan.continuity && session.organisation.installed;
  return (
    <nav
      id="navigation"
      aria-label={m.frame.navigation}
      className={`flex-col print:!hidden gap-0.5 border-line bg-sunken px-3 py-4 max-md:border-b md:sticky md:top-(--event-height,0px) md:flex md:h-[calc(100dvh-var(--event-height,0px))] md:w-[14.5rem] md:flex-none md:overflow-y-auto md:border-r ${open ? 'flex' : 'hidden'}`}
    >
      <div className="flex items-center gap-2.5 px-2 pt-1 pb-3 text-lg font-semibold max-md:hidden">
        <span className="text-accent">
          <Icon name="mark" size={22} />
        </span>
        {m.product}
        {session.demo ? (
          <span
            title={m.demoLong}
            className="ml-auto rounded-control border border-line-strong px-1.5 text-xs font-medium text-text-2"
          >
            {m.demo}
          </span>
        ) : null}
      </div>
      <NavLink to="/" icon="home" label={m.frame.overview} />
      <p className="px-2 pt-4 pb-1 text-xs text-text-3">{m.frame.continuity}</p>
      {installed ? null : <NavLink to="/continuity" icon="archive" label={m.frame.protect} />}
      <NavLink to="/users" icon="users" label={m.frame.users}>
        {installed ? <UserCount /> : null}
      </NavLink>
      <NavLink to="/domains" icon="globe" label={m.frame.domains}>
        {installed ? <DomainAttention /> : null}
      </NavLink>
      <NavLink to="/event" icon="bolt" label={m.frame.event} />
      <Only duty="look">
        <p className="px-2 pt-4 pb-1 text-xs text-text-3">{m.frame.mail}</p>
      </Only>
      <NavLink to="/queue" icon="list" label={m.frame.queue}>
        <QueueMark />
      </NavLink>
      <NavLink to="/quarantine" icon="junk" label={m.frame.quarantine} />
      <NavLink to="/trace" icon="search" label={m.frame.trace} />
      <NavLink to="/security" icon="shield" label={m.frame.security} />
      <div className="h-3" />
      <NavLink to="/connection" icon="plug" label={m.frame.connection} />
      <NavLink to="/settings" icon="people" label={m.frame.settings} />
      <div className="mt-4 flex flex-wrap gap-1 px-0.5 md:mt-auto md:pt-4">
        <IconButton icon="search" label={`${m.palette.title} (Ctrl K)`} onClick={onPalette} />
        <IconButton icon="info" label={`${m.shortcuts.title} (?)`} onClick={onShortcuts} />
      </div>
      <Account />
    </nav>
  );
}

function NavLink({
  to,
  icon,
  label,
  children,
}: {
  readonly to:
    | '/'
    | '/continuity'
    | '/users'
    | '/domains'
    | '/event'
    | '/queue'
    | '/quarantine'
    | '/trace'
    | '/security'
    | '/connection'
    | '/settings';
  readonly icon: IconName;
  readonly label: string;
  readonly children?: ReactNode;
}) {
  if (!useMay(dutyOfPage(to) ?? undefined)) return null;
  return (
    <Link
      to={to}
      activeOptions={{ exact: to === '/', includeSearch: false }}
      activeProps={{ className: 'bg-surface text-text ring-1 ring-line', 'aria-current': 'page' }}
      inactiveProps={{ className: 'text-text-2 hover:bg-hover hover:text-text' }}
      className="flex min-h-[33px] items-center gap-2.5 rounded-control px-2 py-1.5 font-medium max-md:min-h-11"
    >
      <Icon name={icon} />
      {label}
      {children}
    </Link>
  );
}

function UserCount() {
  const page = useQuery(api.users.list.queryOptions({ limit: 1 }));
  if (page.data === undefined) return null;
  return <span className="num ml-auto text-xs text-text-3">{formatCount(page.data.total)}</span>;
}

/** How much is on its way, and a dot while some of it waits for a person. */
function QueueMark() {
  const page = useQuery(api.mailFlow.queue.queryOptions({ limit: 1 }));
  const open = (page.data?.counts ?? []).filter(({ state }) => state !== 'quarantined');
  const total = open.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const needs = open.some(
    (count) => count.state === 'review' || count.reason === 'connector-broken',
  );
  return (
    <span className="num ml-auto flex items-center gap-2 text-xs text-text-3">
      {formatCount(total)}
      {needs ? (
        <>
          <Dot tone="attention" />
          <span className="sr-only">{m.frame.attention}</span>
        </>
      ) : null}
    </span>
  );
}

function DomainAttention() {
  const domains = useQuery(api.domains.list.queryOptions());
  const wrong = domains.data?.some((domain) => domain.protectable && domain.state !== 'correct');
  if (wrong !== true) return null;
  return (
    <span className="ml-auto">
      <Dot tone="attention" />
      <span className="sr-only">{m.frame.attention}</span>
    </span>
  );
}

function Account() {
  const session = useSession();
  const queries = useQueryClient();
  const signOut = useMutation(
    api.session.signOut.mutationOptions({
      onSuccess: () => {
        forgetSessionState();
        queries.clear();
        globalThis.location.assign('/');
      },
    }),
  );
  return (
    <div className="mt-2 flex items-center gap-2 border-t border-line px-2 pt-3 text-sm">
      <div className="min-w-0 flex-1">
        <b className="block truncate">{session.organisation.name}</b>
        <span className="block break-words text-text-2">
          {session.administrator.name} · {m.frame.role[session.administrator.role]}
        </span>
      </div>
      <IconButton
        icon="signOut"
        label={m.frame.signOut}
        disabled={signOut.isPending}
        onClick={() => signOut.mutate()}
      />
    </div>
  );
}
