import type { MessageView, Party } from '@holdfast/contracts';
import { fullMoment } from '../dates.ts';
import { en } from '../messages/en.ts';
import { reader as words } from '../messages/en/reader.ts';
import './warnings.css';

const DOTS = {
  good: 'good',
  attention: 'attention',
  problem: 'problem',
  unknown: 'hollow',
} as const;

function Parties({
  label,
  parties,
}: {
  readonly label: string;
  readonly parties: readonly Party[];
}) {
  if (parties.length === 0) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {parties.map((party) => (
          <span key={party.address}>
            <bdi>{party.name}</bdi> <bdi className="address">{party.address}</bdi>
          </span>
        ))}
      </dd>
    </div>
  );
}

/** Reasons to look twice, the weightiest first; the first contact alone is said quietly. */
function Warnings({ message }: { readonly message: MessageView }) {
  const { warnings } = message;
  if (warnings.length === 0 || message.folder === 'sent') return null;
  const isProblem = warnings.some(({ level }) => level === 'problem');
  // Most first messages are from somebody harmless: alone it is worth a line and no more.
  const isQuiet = warnings.every(({ kind }) => kind === 'first-time');
  const tone = isProblem ? 'warnings problem' : isQuiet ? 'warnings quiet' : 'warnings';
  return (
    <ul className={tone} aria-label={words.warnings}>
      {warnings.map(({ kind, level, words: said }) => (
        <li key={kind}>
          <i className={`dot ${level}`} />
          <span>
            <bdi>{said}</bdi>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Who, to whom, when, and whether the sender is who they say; all of it one tap away. */
export function MessageHeader({ message }: { readonly message: MessageView }) {
  const { from, authentication } = message;
  const recipients = [...message.to, ...message.cc, ...message.bcc].map(
    (party) => party.name || party.address,
  );
  return (
    <header className="message-head">
      <h1 id="message-heading" tabIndex={-1} dir="auto">
        {message.subject || en.list.noSubject}
      </h1>
      <div className="sender">
        <p>
          <b>
            <bdi>{from === null ? en.list.noSender : from.name || from.address}</bdi>
          </b>
          {from !== null && from.name !== '' && <bdi className="address">{from.address}</bdi>}
        </p>
        <time className="num" dateTime={message.receivedAt}>
          {fullMoment(message.receivedAt)}
        </time>
      </div>
      {message.folder !== 'sent' && authentication.words !== '' && (
        <p className={`authentication ${authentication.level}`}>
          <i className={`dot ${DOTS[authentication.level]}`} />
          {authentication.words}
        </p>
      )}
      <Warnings message={message} />
      {message.notes.map((note) => (
        <p key={note} className="hint">
          {note}
        </p>
      ))}
      {message.viaGroup !== null && <p className="hint">{words.viaGroup(message.viaGroup)}</p>}
      {typeof message.ownFolder === 'string' && (
        <p className="hint">{words.ownFolder(message.ownFolder)}</p>
      )}
      <details className="who-all">
        <summary>
          {words.to} <bdi>{recipients.slice(0, 2).join(', ')}</bdi>
          {recipients.length > 2 && ` +${recipients.length - 2}`}
        </summary>
        <dl>
          <Parties label={words.from} parties={from === null ? [] : [from]} />
          <Parties label={words.replyTo} parties={message.replyTo} />
          <Parties label={words.to} parties={message.to} />
          <Parties label={words.cc} parties={message.cc} />
          <Parties label={words.bcc} parties={message.bcc} />
          {message.sentAt !== null && (
            <div>
              <dt>{words.sent}</dt>
              <dd className="num">{fullMoment(message.sentAt)}</dd>
            </div>
          )}
          {authentication.checks.length > 0 && (
            <div>
              <dt>{words.checks}</dt>
              <dd>
                {authentication.checks.map((check) => (
                  <span key={check}>{check}</span>
                ))}
              </dd>
            </div>
          )}
        </dl>
      </details>
    </header>
  );
}
