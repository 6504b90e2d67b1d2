import './meetings.css';
import type { MeetingView } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '../api.ts';
import { clockTime, dayHeading, sinceMoment } from '../dates.ts';
import { en } from '../messages/en.ts';
import { ProblemPage } from '../parts/problem.tsx';
import { Blank, Skeleton } from '../parts/waiting.tsx';
import { useNow } from '../use-now.ts';
import { meetingDays } from './meeting-days.ts';

/** What was fetched once is shown without a connection; it changes once a day at most. Unit: ms. */
const FRESH_FOR = 600_000;
const KEPT_FOR = 24 * 3_600_000;

const words = en.meetings;

/** The meetings of the next 30 days, as they stood when Office 365 was last read. */
export function MeetingsPage() {
  const meetings = useQuery(
    trpc.meetings.list.queryOptions(undefined, { staleTime: FRESH_FOR, gcTime: KEPT_FOR }),
  );
  const now = useNow();
  const { data } = meetings;
  return (
    <>
      <header className="bar">
        <h1>{words.heading}</h1>
      </header>
      {data === undefined ? (
        meetings.isError ? (
          <ProblemPage error={meetings.error} onRetry={() => void meetings.refetch()} />
        ) : (
          <Skeleton rows={5} label={words.loading} />
        )
      ) : data.asOf === null ? (
        <Blank heading={words.absent} text={words.absentText} />
      ) : (
        <div className="scroller" id="messages" tabIndex={-1}>
          <p className="strip" role="status">
            {words.asOf(sinceMoment(data.asOf, now))}
          </p>
          {data.meetings.length === 0 ? (
            <Blank heading={words.none} text={words.noneText} />
          ) : (
            meetingDays(data.meetings, now).map(({ day, meetings: those }) => (
              <section key={day} className="meetings" aria-label={dayHeading(day, now)}>
                <h2 className="day">{dayHeading(day, now)}</h2>
                <ul>
                  {those.map((meeting) => (
                    <Meeting key={meeting.id} meeting={meeting} now={now} />
                  ))}
                </ul>
              </section>
            ))
          )}
        </div>
      )}
    </>
  );
}

function Meeting({ meeting, now }: { readonly meeting: MeetingView; readonly now: number }) {
  const { start, end, organizer } = meeting;
  const isNow = Date.parse(start) <= now && !meeting.isCancelled && !meeting.isAllDay;
  const tags = [
    meeting.isCancelled ? words.cancelled : null,
    isNow ? words.now : null,
    meeting.isPrivate ? words.private : null,
  ].filter((tag) => tag !== null);
  return (
    <li className={meeting.isCancelled ? 'cancelled' : undefined}>
      <p className="num when">
        {meeting.isAllDay ? words.allDay : `${clockTime(start)} – ${clockTime(end)}`}
      </p>
      <div>
        <p className="subject">
          <bdi>{meeting.subject || words.noSubject}</bdi>
          {tags.map((tag) => (
            <span key={tag} className="tag">
              {tag}
            </span>
          ))}
        </p>
        {meeting.location !== '' && (
          <p className="more">
            <bdi>{meeting.location}</bdi>
          </p>
        )}
        {organizer !== null && (
          <p className="more">
            {words.organizer} <bdi>{organizer.name || organizer.address}</bdi>
          </p>
        )}
        {meeting.notes !== '' && (
          <p className="more" dir="auto">
            {meeting.notes}
          </p>
        )}
      </div>
      {meeting.joinUrl !== null && !meeting.isCancelled && (
        <a
          className={isNow ? 'btn primary' : 'btn'}
          href={meeting.joinUrl}
          target="_blank"
          rel="noopener noreferrer"
          aria-label={words.joinIt(meeting.subject)}
        >
          {words.join}
        </a>
      )}
    </li>
  );
}
