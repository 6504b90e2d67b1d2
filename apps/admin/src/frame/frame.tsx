import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { m } from '../messages/catalogue.ts';
import { SignInPage } from '../pages/sign-in/sign-in-page.tsx';
import { SessionProvider, useSessionQuery } from '../session/session.tsx';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { CommandPalette } from './command-palette.tsx';
import { DrillBar } from './drill-bar.tsx';
import { EventBar } from './event-bar.tsx';
import { PageOfRole } from './page-of-role.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { Sidebar } from './sidebar.tsx';
import { useFrameKeys } from './use-frame-keys.ts';

/** Sign-in or the console: whoever has no session sees the sign-in on whatever page they asked for. */
export function Frame() {
  const session = useSessionQuery();
  if (session.isPending)
    return (
      <main className="mx-auto max-w-[360px] px-4 py-24">
        <Skeleton rows={4} />
      </main>
    );
  if (session.isError && session.data === undefined)
    return (
      <main className="mx-auto max-w-[520px] px-4 py-24">
        <h1 className="sr-only">{m.product}</h1>
        <ProblemNote error={session.error} retry={() => void session.refetch()} />
      </main>
    );
  if (session.data === null || session.data === undefined) return <SignInPage />;
  return (
    <SessionProvider value={session.data}>
      <Console />
    </SessionProvider>
  );
}

function Console() {
  const [palette, setPalette] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  useFrameKeys({ palette: () => setPalette(true), shortcuts: () => setShortcuts(true) });
  const path = useRouterState({ select: (state) => state.location.pathname });
  // The menu of a phone belongs to the page it was opened on, and so closes with it.
  const [menuOn, setMenuOn] = useState<string | null>(null);
  const menu = menuOn === path;
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    // A new page is a new context: readers of the screen start at its top, not in the old link.
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only z-70 rounded-control bg-surface px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {m.skipToContent}
      </a>
      <EventBar />
      <DrillBar />
      <div className="flex flex-1 flex-col md:flex-row">
        <header className="sticky top-(--event-height,0px) z-20 print:hidden h-[53px] flex items-center gap-2 border-b border-line bg-sunken px-3 py-1.5 md:hidden">
          <IconButton
            icon={menu ? 'close' : 'menu'}
            label={menu ? m.frame.closeMenu : m.frame.openMenu}
            aria-expanded={menu}
            aria-controls="navigation"
            onClick={() => setMenuOn(menu ? null : path)}
          />
          <span className="flex items-center gap-2 font-semibold">
            <span className="text-accent">
              <Icon name="mark" size={20} />
            </span>
            {m.product}
          </span>
        </header>
        <Sidebar
          open={menu}
          onPalette={() => setPalette(true)}
          onShortcuts={() => setShortcuts(true)}
        />
        <main
          id="content"
          ref={main}
          tabIndex={-1}
          className="w-full max-w-[1240px] min-w-0 flex-1 px-4 pt-4 pb-28 md:px-8 md:pt-6"
        >
          <PageOfRole />
        </main>
      </div>
      <CommandPalette
        open={palette}
        onClose={() => setPalette(false)}
        onShortcuts={() => setShortcuts(true)}
      />
      <Shortcuts open={shortcuts} onClose={() => setShortcuts(false)} />
    </div>
  );
}
