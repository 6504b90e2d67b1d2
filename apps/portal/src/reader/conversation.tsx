import type { MailboxRow, MessageView } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '../api.ts';
import { shortMoment } from '../dates.ts';
import { conversationInLists } from '../mailbox/lists.ts';
import { conversation as words } from '../messages/en/conversation.ts';
import { en } from '../messages/en.ts';
import { Link } from '../parts/link.tsx';
import { ProblemPage } from '../parts/problem.tsx';
import type { ListPlace } from '../router.ts';
import { useNow } from '../use-now.ts';
import './conversation.css';

/**
 * The other messages of a conversation, one line until it is opened. How many there are is known from the list, so that
 * nothing moves when the answer comes.
 */
export function Conversation(props: { readonly message: MessageView; readonly place: ListPlace }) {
  const { message, place } = props;
  const all = useQuery(
    trpc.mailbox.conversation.queryOptions({ itemId: message.id }, { staleTime: 30_000 }),
  );
  const now = useNow();
  const known = conversationInLists(message.id);
  const others = (all.data?.length ?? known?.count ?? 1) - 1;
  if (others < 1) return null;
  const unread = all.data?.filter((row) => !row.isRead && row.id !== message.id).length ?? 0;
  return (
    <details className="conversation">
      <summary>
        {words.others(others)}
        {unread > 0 && <b> · {words.unread(unread)}</b>}
      </summary>
      {all.isError ? (
        <ProblemPage error={all.error} onRetry={() => void all.refetch()} />
      ) : all.data === undefined ? (
        <p className="hint">{words.loading}</p>
      ) : (
        <ol>
          {all.data.map((row) => (
            <li key={row.id}>
              <Link
                to={{ ...place, itemId: row.id }}
                aria-current={row.id === message.id ? 'true' : undefined}
                className={row.isRead ? undefined : 'new'}
              >
                <span className="from">
                  {!row.isRead && <span className="visually-hidden">{en.list.unreadOne} · </span>}
                  <bdi>{writer(row)}</bdi>
                  {row.folder !== 'inbox' && <span className="tag">{en.folders[row.folder]}</span>}
                </span>
                <time className="when num" dateTime={row.receivedAt}>
                  {shortMoment(row.receivedAt, now)}
                </time>
                <span className="pre" dir="auto">
                  {row.id === message.id ? words.here : row.preview}
                </span>
              </Link>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}

function writer({ from }: MailboxRow): string {
  return from === null ? en.list.noSender : from.name || from.address;
}
