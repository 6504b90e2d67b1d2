import './folder-menu.css';
import type { FolderView, MailboxFolder, PortalState } from '@holdfast/contracts';
import type { IconName } from '@holdfast/design/icons';
import { lazy, useLayoutEffect, useRef } from 'react';
import { setKeyboardOn, useKeyboardOn } from '../keyboard.ts';
import { MAILBOX_FOLDERS } from '../limits.ts';
import { en } from '../messages/en.ts';
import { OutboxLink } from '../outbox/outbox-link.tsx';
import { countText } from './count-text.ts';
import { setGrouped, useGrouped } from './grouping.ts';
import { Icon } from '../parts/icon.tsx';
import { LazyPart } from '../parts/lazy-part.tsx';
import { Link } from '../parts/link.tsx';
import { SignOutButton } from '../session/sign-out-button.tsx';
import { useRoute } from '../navigation.ts';

const OwnFolders = lazy(() => import('./own-folders.tsx').then((m) => ({ default: m.OwnFolders })));

export const FOLDER_ICONS: Readonly<Record<MailboxFolder, IconName>> = {
  inbox: 'inbox',
  sent: 'send',
  drafts: 'pen',
  archive: 'archive',
  deleted: 'trash',
  junk: 'junk',
};

interface MenuProps {
  readonly state: PortalState;
  readonly folders: readonly FolderView[];
}

/** On a phone: behind a button. A native popover brings Escape, light dismissal and the top layer along. */
export function FolderMenu(props: MenuProps) {
  const route = useRoute();
  const popover = useRef<HTMLDivElement>(null);
  // With the page: later, it would close what has just been opened there.
  useLayoutEffect(() => {
    if (popover.current?.matches(':popover-open') === true) popover.current.hidePopover();
  }, [route]);
  return (
    <div className="folder-menu">
      <button
        type="button"
        className="icon"
        popoverTarget="folder-menu"
        aria-label={en.list.folders}
      >
        <Icon name="menu" />
      </button>
      <div id="folder-menu" popover="auto" className="menu" ref={popover}>
        <FolderLinks {...props} />
      </div>
    </div>
  );
}

export function FolderLinks({ state, folders }: MenuProps) {
  const route = useRoute();
  const keyboardOn = useKeyboardOn();
  const grouped = useGrouped();
  const current = route.page === 'folder' ? route.folder : null;
  return (
    <>
      <nav aria-label={en.nav.label}>
        {MAILBOX_FOLDERS.map((folder) => {
          const { total = 0, unread = 0 } = folders.find((each) => each.folder === folder) ?? {};
          // Filled out of Office 365 alone, where that is allowed.
          if (folder === 'archive' && total === 0 && current !== folder) return null;
          return (
            <Link
              key={folder}
              to={{ page: 'folder', folder, itemId: null }}
              aria-current={folder === current ? 'page' : undefined}
            >
              <Icon name={FOLDER_ICONS[folder]} />
              {en.folders[folder]}
              {unread > 0 && folder !== 'sent' && (
                <span className="count num">{countText(unread)}</span>
              )}
            </Link>
          );
        })}
        <OutboxLink />
        <LazyPart fallback={null} isExtra>
          <OwnFolders />
        </LazyPart>
        <Link
          to={{ page: 'meetings' }}
          aria-current={route.page === 'meetings' ? 'page' : undefined}
        >
          <Icon name="calendar" />
          {en.nav.meetings}
        </Link>
        <Link to={{ page: 'people' }} aria-current={route.page === 'people' ? 'page' : undefined}>
          <Icon name="people" />
          {en.nav.people}
        </Link>
      </nav>
      <div className="account">
        <p>
          {en.nav.account} <Address of={state.user?.address ?? ''} />
        </p>
        <Link to={{ page: 'account' }}>{en.nav.ownAccount}</Link>
        <label className="check">
          <input
            type="checkbox"
            checked={grouped}
            onChange={(event) => setGrouped(event.currentTarget.checked)}
          />
          {en.nav.conversations}
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={keyboardOn}
            onChange={(event) => setKeyboardOn(event.currentTarget.checked)}
          />
          {en.keyboard.on}
        </label>
        <Link to={{ page: 'writing' }}>{en.nav.writing}</Link>
        <SignOutButton />
        {state.demo && <p className="hint">{en.session.demo}</p>}
      </div>
    </>
  );
}

/** Where it is too long for one line it ends before its domain. */
function Address({ of }: { readonly of: string }) {
  const at = of.lastIndexOf('@');
  return (
    <bdi>
      {of.slice(0, at)}
      <wbr />
      {of.slice(at)}
    </bdi>
  );
}
