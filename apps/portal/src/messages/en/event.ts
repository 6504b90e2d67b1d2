export const leftSent = {
  text: (count: number) =>
    count === 1
      ? '1 message that you sent from here cannot be put into Sent Items.'
      : `${count} messages that you sent from here cannot be put into Sent Items.`,
  download: 'Download what you sent',
} as const;

export const event = {
  active: (since: string) => `Office 365 is down since ${since}.`,
  activeText:
    'This mailbox keeps you working. What you send here is put into your Sent Items afterwards.',
  recovering: (at: string) => `Office 365 is back since ${at}.`,
  recoveringPlain: 'Office 365 is back.',
  recoveringText: 'Use Outlook again. What you sent here is being put into your Sent Items.',
  readOnlyUntil: (date: string) => `You can still read here until ${date}.`,
  plannedEnd: (at: string) => `Planned to end ${at}.`,
  more: 'What this means',
  noEvent: 'This mailbox is open for reading.',
} as const;

export const drill = {
  region: 'Drill',
  label: 'DRILL',
  running: (until: string) =>
    `Office 365 works. Practise here until ${until}: nothing that you write leaves, and your real mail stays as it is.`,
  before: 'You were asked to practise. Sign in with the login of that message.',
  over: 'The drill is over. Nothing has changed in your mail, and what you wrote here is gone. Thank you.',
  overForEvent:
    'The drill is over, since a real emergency has begun. It does not concern you: use Outlook as usual.',
} as const;
