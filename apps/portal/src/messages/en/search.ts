export const search = {
  heading: 'Search',
  field: 'Search mail',
  clear: 'Clear the field',
  back: 'Back to the list',
  loading: 'Searching',
  found: (count: number, hasMore: boolean) =>
    count === 1 && !hasMore ? '1 message' : `${count}${hasMore ? ' or more' : ''} messages`,
  none: (query: string) => `Nothing found for “${query}”`,
  noneText:
    'Searched: sender, recipients, subject, text and names of attached files, of the last 30 days. Try fewer or shorter words.',
  unclear: (typed: readonly string[]) =>
    `Not understood, searched as words: ${typed.map((each) => `“${each}”`).join(', ')}.`,
  missing: (time: string) => `Mail since ${time} may be missing: it is still being entered.`,
  end: 'That is everything that was found.',
  recent: 'Searched for lately, on this device',
  forget: 'Forget these',
  forgotten: 'Searches forgotten',
  help: 'Narrow it down',
  helpText:
    'Words find what begins with them, in any order. Together they narrow the search; tap one to use it.',
  operators: [
    ['from:', 'anna', 'from somebody, by name or address'],
    ['to:', 'ben', 'to somebody, or copied to them'],
    ['subject:', 'invoice', 'in the subject'],
    ['has:attachment', '', 'with something attached'],
    ['file:', 'pdf', 'by the name of an attached file'],
    ['after:', '2026-11-20', 'that day and later; also today, yesterday, monday, 7d'],
    ['before:', '2026-11-20', 'earlier than that day'],
    ['on:', 'yesterday', 'that day'],
    ['in:', 'archive', 'in one folder: inbox, sent, archive, deleted, junk, or one of your own'],
    ['is:unread', '', 'not read yet'],
    ['is:flagged', '', 'flagged'],
    ['"', 'annual report"', 'these words next to each other'],
    ['-', 'draft', 'without this word; also -from:ben'],
  ],
} as const;
