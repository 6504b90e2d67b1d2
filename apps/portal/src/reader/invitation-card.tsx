import type { InvitationView } from '@holdfast/contracts';
import { locale } from '../locale.ts';
import { invitation as said } from '../messages/en/invitation.ts';
import { Icon } from '../parts/icon.tsx';
import { timesOf } from './invitation-times.ts';
import './invitation.css';

/** Names that are shown before the rest is counted. */
const SHOWN = 8;

/** When, where, who and how to join; what is answered is answered in Outlook, or by mail. */
export function InvitationCard({ invitation }: { readonly invitation: InvitationView }) {
  const { organizer, attendees, method } = invitation;
  const times = timesOf(invitation, Intl.DateTimeFormat().resolvedOptions().timeZone, locale);
  const isOff = method === 'cancel';
  const who = attendees.slice(0, SHOWN);
  return (
    <section
      className={isOff ? 'invitation off' : 'invitation'}
      aria-labelledby="invitation-heading"
    >
      <h2 id="invitation-heading">
        <Icon name="calendar" />
        {invitation.words}
      </h2>
      {invitation.subject !== '' && (
        <p className="what">
          <bdi>{invitation.subject}</bdi>
        </p>
      )}
      <dl>
        <div>
          <dt>{said.when}</dt>
          <dd>
            <span className="num">{times.here}</span>
            {times.there !== null && (
              <small className="num">{said.theirTime(times.there, invitation.zone ?? '')}</small>
            )}
            {invitation.isFloating && !invitation.isAllDay && <small>{said.anyZone}</small>}
          </dd>
        </div>
        {invitation.recurrence !== '' && (
          <div>
            <dt>{said.repeats}</dt>
            <dd>{invitation.recurrence}</dd>
          </div>
        )}
        {invitation.location !== '' && (
          <div>
            <dt>{said.where}</dt>
            <dd>
              <bdi>{invitation.location}</bdi>
            </dd>
          </div>
        )}
        {organizer !== null && (
          <div>
            <dt>{said.by}</dt>
            <dd>
              <bdi>{organizer.name || organizer.address}</bdi>
            </dd>
          </div>
        )}
        {who.length > 0 && (
          <div>
            <dt>{said.who}</dt>
            <dd>
              {who.map((person) => (
                <span key={person.address}>
                  <bdi>{person.name || person.address}</bdi>
                  {person.answer !== 'none' && ` · ${said.answers[person.answer]}`}
                </span>
              ))}
              {attendees.length > SHOWN && <span>{said.more(attendees.length - SHOWN)}</span>}
            </dd>
          </div>
        )}
      </dl>
      {invitation.joinUrl !== null && !isOff && (
        <a
          className="btn primary"
          href={invitation.joinUrl}
          target="_blank"
          rel="noopener noreferrer"
          referrerPolicy="no-referrer"
        >
          {said.join}
          <small>{new URL(invitation.joinUrl).host}</small>
        </a>
      )}
      {method === 'request' && <p className="hint">{said.answerNote}</p>}
    </section>
  );
}
