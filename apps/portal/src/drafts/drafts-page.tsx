import { useEffect } from 'react';
import { shortMoment } from '../dates.ts';
import { en } from '../messages/en.ts';
import { drafts as words } from '../messages/en/drafts.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { showSnack } from '../parts/snackbar.tsx';
import { Blank } from '../parts/waiting.tsx';
import { useNow } from '../use-now.ts';
import {
  discardDraft,
  discardRow,
  refreshDrafts,
  restoreDraft,
  restoreRow,
  useIsReachable,
  useServerDrafts,
} from './draft-session.ts';
import { useDrafts } from './draft-store.ts';
import { listDrafts, type ListedDraft } from './listed-drafts.ts';
import './drafts.css';

/** What was begun and not sent, on this device or another. */
export function DraftsPage({ user }: { readonly user: string }) {
  const drafts = listDrafts(useDrafts(user), useServerDrafts());
  useEffect(() => void refreshDrafts(), []);
  if (drafts.length === 0)
    return <Blank heading={en.empty.drafts.heading} text={en.empty.drafts.text} />;
  return (
    <div className="scroller">
      <ul className="drafts">
        {drafts.map((draft) => (
          <DraftItem key={draft.key} user={user} draft={draft} />
        ))}
      </ul>
    </div>
  );
}

function DraftItem({ user, draft }: { readonly user: string; readonly draft: ListedDraft }) {
  const now = useNow();
  const names = draft.to.map((party) => party.name || party.address).join(', ');
  const note = noteOf(draft, useIsReachable());
  return (
    <li>
      <Link to={{ page: 'write', draftKey: draft.key }} className="m">
        <span className="u" />
        <span className="from">
          <bdi>{names === '' ? words.noRecipient : `${en.list.to} ${names}`}</bdi>
        </span>
        <span className="when num">{shortMoment(draft.savedAt, now)}</span>
        <span className="sub">
          <bdi>{draft.subject || en.list.noSubject}</bdi>
          {draft.attachments > 0 && (
            <span className="clip">
              <Icon name="clip" />
              <span className="visually-hidden">{words.attachments(draft.attachments)}</span>
            </span>
          )}
        </span>
        <span className="pre" dir="auto">
          {draft.preview}
        </span>
        {note !== null && (
          <span className="note">
            <i className="dot attention" />
            {note}
          </span>
        )}
      </Link>
      <button
        type="button"
        className="icon"
        aria-label={`${en.composer.discard}: ${draft.subject || en.list.noSubject}`}
        onClick={() => void discard(user, draft)}
      >
        <Icon name="trash" />
      </button>
    </li>
  );
}

function noteOf(draft: ListedDraft, isReachable: boolean): string | null {
  if (draft.isReturned) return words.returned;
  if (draft.because === 'written-elsewhere') return words.alsoElsewhere;
  if (draft.because === 'sent-elsewhere') return words.sentElsewhere;
  return draft.isSaved || isReachable ? null : words.onlyHere;
}

async function discard(user: string, { from }: ListedDraft): Promise<void> {
  if ('local' in from) await discardDraft(user, from.local);
  else if (!(await discardRow(from.row))) return showSnack({ text: words.notDiscarded });
  const restore = (): void =>
    void ('local' in from ? restoreDraft(from.local) : restoreRow(from.row));
  showSnack({
    text: en.composer.discarded,
    action: { label: en.actions.undo, run: restore },
  });
}
