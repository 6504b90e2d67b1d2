import { removeDraft, useDrafts } from '../composer/draft-store.ts';
import { shortMoment } from '../dates.ts';
import { en } from '../messages/en.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { showSnack } from '../parts/snackbar.tsx';
import { Blank } from '../parts/waiting.tsx';
import { useNow } from '../use-now.ts';

/** Messages that were begun on this device. */
export function LocalDrafts({ user }: { readonly user: string }) {
  const drafts = useDrafts(user);
  const now = useNow();
  if (drafts.length === 0)
    return <Blank heading={en.empty.drafts.heading} text={en.empty.drafts.text} />;
  return (
    <div className="scroller">
      <ul className="drafts">
        {drafts.map((draft) => (
          <li key={draft.key}>
            <Link to={{ page: 'write', draftKey: draft.key }} className="m">
              <span className="u" />
              <span className="from">
                <bdi>
                  {en.list.to} {draft.to.map((party) => party.name || party.address).join(', ')}
                </bdi>
              </span>
              <span className="when num">{shortMoment(draft.savedAt, now)}</span>
              <span className="sub">
                <bdi>{draft.subject || en.list.noSubject}</bdi>
              </span>
              <span className="pre" dir="auto">
                {draft.text.trim().slice(0, 120)}
              </span>
            </Link>
            <button
              type="button"
              className="icon"
              aria-label={`${en.composer.discard}: ${draft.subject || en.list.noSubject}`}
              onClick={() => {
                removeDraft(user, draft.key);
                showSnack({ text: en.composer.discarded });
              }}
            >
              <Icon name="trash" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
