export const meetings = {
  heading: 'Meetings',
  loading: 'Loading meetings',
  asOf: (when: string) => `As of ${when}. Changes since then are not here.`,
  absent: 'Your calendar is not here',
  absentText:
    'Your organisation has not permitted this mailbox to read calendars, or it was not read yet. The invitations that came as mail are in your Inbox.',
  none: 'No meetings',
  noneText: 'Nothing is on your calendar for the next 30 days.',
  allDay: 'All day',
  noSubject: '(no subject)',
  organizer: 'By',
  cancelled: 'Cancelled',
  now: 'Now',
  private: 'Private',
  join: 'Join',
  joinIt: (subject: string) => `Join ${subject}`,
} as const;
