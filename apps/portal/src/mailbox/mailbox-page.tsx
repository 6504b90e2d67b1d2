import './mailbox.css';
import type { PortalState } from '@holdfast/contracts';
import { lazy, useEffect, useRef, useState } from 'react';
import { blank } from '../composer/blank.ts';
import { beginDraft } from '../drafts/draft-store.ts';
import { useShortcuts } from '../keyboard.ts';
import { en } from '../messages/en.ts';
import { navigate, useBackground, useRoute } from '../navigation.ts';
import { Icon } from '../parts/icon.tsx';
import { LazyPart } from '../parts/lazy-part.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import { drawnLinks, neighboursOf } from './drawn-links.ts';
import { mayWrite } from '../session/may-write.ts';
import { EventBanner } from './event-banner.tsx';
import { FolderPane } from './folder-pane.tsx';
import { FolderLinks } from './folder-menu.tsx';
import { KeyboardHelp } from './keyboard-help.tsx';
import { TabBar } from './tab-bar.tsx';
import { useFolders } from './use-mailbox.ts';

const Reader = lazy(() => import('../reader/reader.tsx').then((m) => ({ default: m.Reader })));
const Composer = lazy(() =>
  import('../composer/composer.tsx').then((m) => ({ default: m.Composer })),
);
const PeoplePage = lazy(() =>
  import('../people/people-page.tsx').then((m) => ({ default: m.PeoplePage })),
);

const SearchPage = lazy(() =>
  import('../search/search-page.tsx').then((m) => ({ default: m.SearchPage })),
);

const EventPage = lazy(() =>
  import('../event/event-page.tsx').then((m) => ({ default: m.EventPage })),
);
const OutboxPage = lazy(() =>
  import('../outbox/outbox-page.tsx').then((m) => ({ default: m.OutboxPage })),
);
const HelpdeskNote = lazy(() =>
  import('../account/helpdesk-note.tsx').then((m) => ({ default: m.HelpdeskNote })),
);
const WritingPage = lazy(() =>
  import('../writing/writing-page.tsx').then((m) => ({ default: m.WritingPage })),
);

const MeetingsPage = lazy(() =>
  import('../meetings/meetings-page.tsx').then((m) => ({ default: m.MeetingsPage })),
);

/** From this width on, list and reader stand side by side. Kept in step with mailbox.css. In em: with larger text there is room for less. */
const WIDE = matchMedia('(min-width: 60em)');

function useIsWide(): boolean {
  const [wide, setWide] = useState(WIDE.matches);
  useEffect(() => {
    const update = (): void => setWide(WIDE.matches);
    WIDE.addEventListener('change', update);
    return () => WIDE.removeEventListener('change', update);
  }, []);
  return wide;
}

export function MailboxPage({ state }: { readonly state: PortalState }) {
  const route = useRoute();
  const place = useBackground();
  const isList = place.page === 'folder' || place.page === 'search';
  const itemId = isList ? place.itemId : null;
  const wide = useIsWide();
  const folders = useFolders();
  const [help, setHelp] = useState(false);
  const canWrite = mayWrite(state);
  const write = (): void =>
    navigate({
      page: 'write',
      draftKey: beginDraft(state.user?.address ?? '', blank([])).key,
    });
  useListKeys(canWrite ? write : undefined, () => setHelp(true));
  useReturningFocus(itemId);
  const covered = itemId !== null && !wide;
  return (
    <div className={itemId === null ? 'mailbox' : 'mailbox reading'}>
      <div className="banners">
        <EventBanner state={state} />
        {state.helpdesk !== null && (
          <LazyPart fallback={null}>
            <HelpdeskNote state={state} />
          </LazyPart>
        )}
      </div>
      {wide && (
        <aside className="rail">
          {canWrite && (
            <button type="button" className="btn primary" onClick={write}>
              <Icon name="pen" />
              {en.nav.write}
            </button>
          )}
          <FolderLinks state={state} folders={folders.data ?? []} />
        </aside>
      )}
      <main className="panes">
        <div className="list-pane" inert={covered}>
          {place.page === 'people' ? (
            <LazyPart fallback={<Skeleton rows={6} label={en.people.loading} />}>
              <PeoplePage state={state} />
            </LazyPart>
          ) : place.page === 'search' ? (
            <LazyPart fallback={<Skeleton rows={7} label={en.list.loading} />}>
              <SearchPage state={state} query={place.query} openItemId={itemId} />
            </LazyPart>
          ) : place.page === 'event' ? (
            <LazyPart fallback={<Skeleton rows={3} label={en.list.loading} />}>
              <EventPage state={state} />
            </LazyPart>
          ) : place.page === 'outbox' ? (
            <LazyPart fallback={<Skeleton rows={3} label={en.list.loading} />}>
              <OutboxPage user={state.user?.address ?? ''} />
            </LazyPart>
          ) : place.page === 'writing' ? (
            <LazyPart fallback={<Skeleton rows={4} label={en.list.loading} />}>
              <WritingPage />
            </LazyPart>
          ) : place.page === 'meetings' ? (
            <LazyPart fallback={<Skeleton rows={5} label={en.meetings.loading} />}>
              <MeetingsPage />
            </LazyPart>
          ) : (
            <FolderPane state={state} folder={place.folder} openItemId={itemId} />
          )}
          {!wide && canWrite && (
            <button type="button" className="fab" onClick={write}>
              <Icon name="pen" />
              {en.nav.write}
            </button>
          )}
        </div>
        {isList && itemId !== null ? (
          <div className="reader-pane">
            <LazyPart fallback={<Skeleton rows={4} label={en.readerPane.loading} />}>
              <Reader key={itemId} state={state} place={place} itemId={itemId} />
            </LazyPart>
          </div>
        ) : (
          wide && (
            <div className="reader-pane">
              {isList && <p className="pick">{en.readerPane.pick}</p>}
            </div>
          )
        )}
      </main>
      {!wide && <TabBar />}
      {route.page === 'write' && (
        <LazyPart fallback={null}>
          <Composer key={route.draftKey} state={state} draftKey={route.draftKey} />
        </LazyPart>
      )}
      {help && <KeyboardHelp onClose={() => setHelp(false)} />}
    </div>
  );
}

/** Back in the list, the focus is on the message that was open, or where it was: on the one behind it. */
function useReturningFocus(itemId: string | null): void {
  const before = useRef<readonly string[]>([]);
  useEffect(() => {
    if (itemId !== null) {
      before.current = [itemId, ...neighboursOf(itemId)];
    } else if (before.current.length > 0) {
      const rows = before.current.map((id) => document.querySelector(`[data-item="${id}"]`));
      const row = rows.find((each) => each instanceof HTMLElement);
      (row ?? document.getElementById('folder-heading'))?.focus({ preventScroll: true });
      before.current = [];
    }
  }, [itemId]);
}

/** Moves by rows that are drawn: the list draws some beyond the screen, and draws more as it scrolls. */
function step(by: 1 | -1): void {
  const rows = drawnLinks();
  const open = document.querySelector('.reader-pane .reader') !== null;
  const at = rows.findIndex(
    (row) =>
      row === document.activeElement || (open && row.getAttribute('aria-current') === 'true'),
  );
  const next = rows[at + by];
  if (next === undefined) return;
  next.scrollIntoView({ block: 'nearest' });
  if (open) next.click();
  else next.focus();
}

function useListKeys(write: (() => void) | undefined, showHelp: () => void): void {
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    o: () => {
      const row = document.activeElement;
      if (row instanceof HTMLElement && row.matches('a.m')) row.click();
    },
    c: write,
    '/': () => navigate({ page: 'search', query: '', itemId: null }),
    '?': showHelp,
  });
}
