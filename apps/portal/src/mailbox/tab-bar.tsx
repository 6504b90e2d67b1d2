import type { MailboxFolder } from '@holdfast/contracts';
import { en } from '../messages/en.ts';
import { useRoute } from '../navigation.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { FOLDER_ICONS } from './folder-menu.tsx';

const TABS: readonly MailboxFolder[] = ['inbox', 'sent', 'deleted'];

/** Within reach of the thumb; the other folders are behind the menu. */
export function TabBar() {
  const route = useRoute();
  return (
    <nav className="tabs" aria-label={en.product}>
      {TABS.map((folder) => (
        <Link
          key={folder}
          to={{ page: 'folder', folder, itemId: null }}
          aria-current={route.page === 'folder' && route.folder === folder ? 'page' : undefined}
        >
          <Icon name={FOLDER_ICONS[folder]} />
          {en.folders[folder]}
        </Link>
      ))}
      <Link to={{ page: 'meetings' }} aria-current={route.page === 'meetings' ? 'page' : undefined}>
        <Icon name="calendar" />
        {en.nav.meetings}
      </Link>
      <Link to={{ page: 'people' }} aria-current={route.page === 'people' ? 'page' : undefined}>
        <Icon name="people" />
        {en.nav.people}
      </Link>
    </nav>
  );
}
