import { shortMoment } from '../dates.ts';
import { en } from '../messages/en.ts';
import { outbox as words } from '../messages/en/outbox.ts';
import { storage } from '../messages/en/storage.ts';
import { showSnack } from '../parts/snackbar.tsx';
import { Blank, Skeleton } from '../parts/waiting.tsx';
import { useStorageTrouble } from '../storage/keep-on-disk.ts';
import { isShortLivedHere } from '../storage/short-lived.ts';
import { useNow } from '../use-now.ts';
import { FilesUnderWay } from './files-under-way.tsx';
import { forget, send, takeBack } from './outbox.ts';
import { undoOfferEnds, type QueuedMessage } from './outbox-entry.ts';
import { useOutbox } from './use-outbox.ts';
import './outbox.css';

/** What waits on this device, and what stands in its way. */
export function OutboxPage({ user }: { readonly user: string }) {
  return (
    <>
      <header className="bar">
        <h1>{words.heading}</h1>
      </header>
      <OutboxList user={user} />
    </>
  );
}

function OutboxList({ user }: { readonly user: string }) {
  const entries = useOutbox(user);
  const trouble = useStorageTrouble();
  if (entries === undefined) return <Skeleton rows={3} label={words.loading} />;
  const messages = entries.flatMap((entry) => (entry.kind === 'message' ? [entry] : []));
  const changes = entries.length - messages.length;
  if (entries.length === 0) return <Blank heading={words.emptyHeading} text={words.empty} />;
  return (
    <div className="scroller outbox">
      <p className="hint">{trouble === null ? words.lead : storage[trouble]}</p>
      {trouble === null && isShortLivedHere() && <p className="hint">{storage.sevenDays}</p>}
      <ul className="waiting">
        {messages.map((entry) => (
          <OutboxItem key={entry.key} user={user} entry={entry} />
        ))}
      </ul>
      {changes > 0 && <p className="hint">{words.changes(changes)}</p>}
      <button type="button" className="btn" onClick={() => void send(user, true)}>
        {words.sendNow}
      </button>
    </div>
  );
}

function stateText({ state, isWantedBack, trouble, attempts }: QueuedMessage): string {
  switch (state.kind) {
    case 'waiting':
      if (isWantedBack) return words.state.takingBack;
      if (trouble === null) return attempts > 0 ? words.state.sending : words.state.waiting;
      return trouble === 'network' ? words.state.waiting : words.state[trouble];
    case 'sent':
      return isWantedBack ? words.state.takingBack : words.state.sent;
    case 'returning':
      return words.state.takingBack;
    case 'over':
      return `${words.overHeading}. ${state.reason}`;
  }
}

function OutboxItem({ user, entry }: { readonly user: string; readonly entry: QueuedMessage }) {
  const now = useNow();
  const { draft, state, isWantedBack } = entry;
  const mayTakeBack =
    !isWantedBack &&
    (state.kind === 'waiting' || (state.kind === 'sent' && undoOfferEnds(state) > now));
  return (
    <li>
      <p className="from">
        <bdi>
          {en.list.to} {draft.to.map((party) => party.name || party.address).join(', ')}
        </bdi>
        <time className="when num">{shortMoment(new Date(entry.queuedAt).toISOString(), now)}</time>
      </p>
      <p className="sub">
        <bdi>{draft.subject || en.list.noSubject}</bdi>
      </p>
      <p className="pre" dir="auto">
        {draft.text.trim().slice(0, 160)}
      </p>
      <p className="state" role="status">
        <i className={state.kind === 'over' ? 'dot problem' : 'dot attention'} />
        {stateText(entry)}
      </p>
      {state.kind === 'waiting' && <FilesUnderWay files={draft.uploads} />}
      {mayTakeBack && (
        <button type="button" className="btn" onClick={() => void takeBack(user, entry.key)}>
          {words.takeBack}
        </button>
      )}
      {state.kind === 'over' && <OverButtons user={user} entry={entry} />}
    </li>
  );
}

function OverButtons({ user, entry }: { readonly user: string; readonly entry: QueuedMessage }) {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(`${entry.draft.subject}\n\n${entry.draft.text}`);
    showSnack({ text: words.copied });
  };
  return (
    <>
      <p>{words.overText}</p>
      <details>
        <summary>{en.composer.text}</summary>
        <pre dir="auto">{entry.draft.text}</pre>
      </details>
      <div className="buttons">
        {/* Absent on plain HTTP: then the text above is marked and copied by hand. */}
        {'clipboard' in navigator && (
          <button type="button" className="btn" onClick={() => void copy()}>
            {words.copy}
          </button>
        )}
        <button type="button" className="btn" onClick={() => void forget(user, entry.key)}>
          {words.remove}
        </button>
      </div>
    </>
  );
}
