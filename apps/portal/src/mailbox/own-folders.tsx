import { useQuery } from '@tanstack/react-query';
import { POLL_EVERY, trpc } from '../api.ts';
import { ownFolders as words } from '../messages/en/own-folders.ts';
import { useRoute } from '../navigation.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { countText } from './count-text.ts';
import './own-folders.css';

/** Folders that somebody has made in Outlook, below those that everybody has. What lies in one is found by its name. */
export function OwnFolders() {
  const own = useQuery(trpc.mailbox.ownFolders.queryOptions(undefined, { staleTime: POLL_EVERY }));
  const route = useRoute();
  const current = route.page === 'search' ? route.query : '';
  if (own.data === undefined || own.data.length === 0) return null;
  return (
    <>
      <h2 className="own-folders">{words.heading}</h2>
      {own.data.map(({ name, unread }) => {
        const query = `in:"${name}"`;
        return (
          <Link
            key={name}
            to={{ page: 'search', query, itemId: null }}
            aria-current={query === current ? 'page' : undefined}
          >
            <Icon name="folder" />
            <bdi className="own-folder">{name}</bdi>
            {unread > 0 && <span className="count num">{countText(unread)}</span>}
          </Link>
        );
      })}
    </>
  );
}
