/** What a drill is, for who is in one. */
export const aboutDrill = {
  title: 'The drill',
  lead: (at: string) => `This is a drill. Office 365 works. The drill ends ${at}.`,
  reason: (reason: string) => `What it is for: ${reason}`,
  tryHeading: 'What to try',
  try: [
    'Find a message of the last days, by search or by folder.',
    'Write one to somebody. That counts as your part in the drill.',
    'Open this address on your phone as well, and keep it there.',
  ],
  safeHeading: 'What cannot happen',
  safe: [
    'What you write here is not sent. Colleagues who are in the drill see it here; nobody else gets it.',
    'Your real mail stays as it is: opening, moving and deleting here changes nothing in Outlook.',
    'When the drill is over, what you wrote here is gone. A real emergency ends a drill at once.',
  ],
} as const;
