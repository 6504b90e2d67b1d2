import type { Request, Router } from 'express';
import { occurrences, seedCalendar, type Occurrence } from '../mailbox/calendar.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import { badRequest } from './graph-error.ts';
import { link, textParameter } from './page.ts';
import { emptyProperties } from './schema.ts';

const KNOWN_PARAMETERS = ['startDateTime', 'endDateTime', '$select', '$top', '$orderby', '$skip'];
/** Graph gives ten events when nothing is asked for, and never more than a thousand. */
const DEFAULT_PAGE = 10;

/** The calendar of a user, read only, with every recurrence by itself. */
export function calendarRoutes(routes: Router, mailbox: (request: Request) => Mailbox): void {
  routes.get('/calendarView', (request, response) => {
    const box = mailbox(request);
    box.calendar ??= seedCalendar(box.address, Date.now());
    for (const name of Object.keys(request.query))
      if (!KNOWN_PARAMETERS.includes(name)) throw badRequest(`'${name}' is not supported.`);
    const [from, to] = [boundary(request, 'startDateTime'), boundary(request, 'endDateTime')];
    const top = Number(textParameter(request.query, '$top') || DEFAULT_PAGE);
    const skip = Number(textParameter(request.query, '$skip') || 0);
    const zone = /outlook\.timezone="([^"]*)"/i.exec(request.get('prefer') ?? '')?.[1] ?? 'UTC';
    if (zone !== 'UTC') throw badRequest(`The simulator shows times in UTC, not in ${zone}.`);
    const choose = chooser(textParameter(request.query, '$select'));
    const found = occurrences(box.calendar, from, to);
    const url = `${request.protocol}://${request.get('host')}${request.baseUrl}${request.path}`;
    response.json({
      '@odata.context': `${new URL(url).origin}/graph/v1.0/$metadata#Collection(event)`,
      ...(found.length > skip + top && {
        '@odata.nextLink': link(url, { ...request.query, $skip: skip + top }),
      }),
      value: found
        .slice(skip, skip + top)
        .map(present)
        .map(choose),
    });
  });
}

function boundary(request: Request, name: string): number {
  const text = textParameter(request.query, name);
  const at = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(at))
    throw badRequest(`This request requires a time window; '${name}' is missing or no time.`);
  return at;
}

/** Seven digits of a second and no offset, as Graph writes them. */
const dateTime = (at: number) => ({
  dateTime: `${new Date(at).toISOString().replace('Z', '')}0000`,
  timeZone: 'UTC',
});

function present({ id, seriesId, series, start, end }: Occurrence) {
  const { organizer, location } = series;
  return {
    '@odata.etag': 'W/"1"',
    id,
    subject: series.subject,
    bodyPreview: series.notes,
    start: dateTime(start),
    end: dateTime(end),
    isAllDay: series.isAllDay,
    isCancelled: series.isCancelled,
    isOnlineMeeting: series.joinUrl !== null,
    onlineMeeting: series.joinUrl === null ? null : { joinUrl: series.joinUrl },
    onlineMeetingProvider: series.joinUrl === null ? 'unknown' : 'teamsForBusiness',
    onlineMeetingUrl: null,
    location: { displayName: location, locationType: 'default' },
    organizer: { emailAddress: { name: organizer.name, address: organizer.address } },
    originalStartTimeZone: series.timeZone,
    sensitivity: series.sensitivity,
    showAs: series.showAs,
    type: seriesId === null ? 'singleInstance' : 'occurrence',
    seriesMasterId: seriesId,
  };
}

/** What `$select` leaves of an event. */
function chooser(select: string): (event: Readonly<Record<string, unknown>>) => object {
  if (select === '') return (event) => event;
  const names = select.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !emptyProperties('event').has(name));
  if (unknown !== undefined)
    throw badRequest(
      `Could not find a property named '${unknown}' on type 'microsoft.graph.event'.`,
    );
  return (event) =>
    Object.fromEntries(
      Object.entries(event).filter(
        ([name]) => name.startsWith('@') || name === 'id' || names.includes(name),
      ),
    );
}
