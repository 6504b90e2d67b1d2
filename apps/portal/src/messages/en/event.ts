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
