import { Dialog as Base } from '@base-ui/react/dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useId, useState, type KeyboardEvent } from 'react';
import { api } from '../api.ts';
import { m } from '../messages/catalogue.ts';
import { dutyOfPage } from '../session/page-duties.ts';
import { useSession } from '../session/session.tsx';
import { toast } from '../ui/toasts.tsx';
import { matchCommands, type Command } from './commands.ts';

/** A list with a filter: type, arrows, Enter. */
export function CommandPalette({
  open,
  onClose,
  onShortcuts,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onShortcuts: () => void;
}) {
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup className="fixed inset-x-2 top-[10dvh] z-50 mx-auto max-w-[560px] overflow-hidden rounded-surface border border-line bg-surface shadow-float outline-none">
          <Base.Title className="sr-only">{m.palette.title}</Base.Title>
          <Palette onClose={onClose} onShortcuts={onShortcuts} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function Palette({
  onClose,
  onShortcuts,
}: {
  readonly onClose: () => void;
  readonly onShortcuts: () => void;
}) {
  const id = useId();
  const commands = useCommands(onShortcuts);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = matchCommands(commands, query);
  const current = found[Math.min(at, found.length - 1)];
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((found.length + Math.min(at, found.length - 1) + step) % Math.max(1, found.length));
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      run(current);
    }
  };
  return (
    <>
      <input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={current === undefined ? undefined : `${id}-${current.id}`}
        aria-label={m.palette.placeholder}
        placeholder={m.palette.placeholder}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
        className="w-full border-b border-line bg-transparent px-4 py-3 text-lg outline-none placeholder:text-text-3"
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={m.palette.title}
        className="max-h-[50dvh] overflow-y-auto p-1"
      >
        {found.map((command) => (
          <div
            key={command.id}
            id={`${id}-${command.id}`}
            role="option"
            aria-selected={command === current}
            className={`flex min-h-10 cursor-default items-center rounded-control px-3 ${command === current ? 'bg-hover' : ''}`}
            onPointerMove={() => setAt(found.indexOf(command))}
            onClick={() => run(command)}
          >
            {command.label}
            <span className="ml-auto pl-3 text-xs text-text-3">{command.group}</span>
          </div>
        ))}
      </div>
      {found.length === 0 ? (
        <p role="status" className="px-4 pb-4 text-text-2">
          {m.palette.none}
        </p>
      ) : null}
    </>
  );
}

function useCommands(onShortcuts: () => void): readonly Command[] {
  const router = useRouter();
  const session = useSession();
  const queries = useQueryClient();
  const refresh = useMutation(
    api.directory.refresh.mutationOptions({
      onSuccess: async () => {
        toast(m.users.refreshing);
        await queries.invalidateQueries({ queryKey: api.directory.state.queryKey() });
      },
    }),
  );
  const installed = session.plan.continuity && session.organisation.installed;
  const page = (id: string, label: string, href: string) => ({
    id,
    href,
    label,
    group: m.palette.pages,
    run: () => router.history.push(href),
  });
  const action = (id: string, label: string, run: () => void): Command => ({
    id,
    label,
    group: m.palette.actions,
    run,
  });
  const { duties } = session.administrator;
  const mayOpen = (href: string): boolean => {
    const duty = dutyOfPage(href.split('?')[0] ?? href);
    return duty === null || duties.includes(duty);
  };
  const all: readonly (Command & { readonly href?: string })[] = [
    page('overview', m.frame.overview, '/'),
    ...(installed ? [] : [page('protect', m.frame.protect, '/continuity')]),
    page('users', m.frame.users, '/users'),
    page('domains', m.frame.domains, '/domains'),
    page('event', m.frame.event, '/event'),
    page('queue', m.frame.queue, '/queue'),
    page('quarantine', m.frame.quarantine, '/quarantine'),
    page('trace', m.frame.trace, '/trace'),
    page('security', m.frame.security, '/security'),
    page('connection', m.frame.connection, '/connection'),
    page('settings', m.frame.settings, '/settings'),
    ...(installed
      ? [
          page('drills', m.drill.title, '/event/drills'),
          page('unreached', m.palette.cannotBeReached, UNREACHED_HREF),
          ...(duties.includes('help-users')
            ? [page('request', m.palette.requestInfo, '/users?ask=1')]
            : []),
          ...(duties.includes('operate') ? [page('start', m.palette.startEvent, '/event')] : []),
        ]
      : []),
    ...(session.organisation.connected && duties.includes('operate')
      ? [action('refresh', m.palette.refreshMailboxes, () => refresh.mutate())]
      : []),
    action('shortcuts', m.palette.showShortcuts, onShortcuts),
  ];
  return all.filter(({ href }) => href === undefined || mayOpen(href));
}

const UNREACHED_HREF = '/users?protected=yes&info=missing,asked,given';
