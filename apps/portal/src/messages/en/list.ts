export const list = {
  unread: (count: string) => `${count} new`,
  unreadOne: 'Unread',
  attachments: (count: number) => (count === 1 ? '1 attachment' : `${count} attachments`),
  noSender: '(no sender)',
  noSubject: '(no subject)',
  to: 'To',
  refresh: 'Look for new mail',
  folders: 'Folders',
  updated: (time: string) => `Updated ${time}`,
  loading: 'Loading messages',
  loadingMore: 'Loading older messages',
  noMore: 'Older messages could not be loaded.',
  end: 'That is everything of the last 30 days.',
  endNone:
    'Mail between colleagues and sent mail from before the event are not here. Outlook rules, forwarding, labels and journaling do not apply.',
  endPartly:
    'Not all mail between colleagues and not all sent mail from before the event is here yet. Outlook rules, forwarding, labels and journaling do not apply.',
  endWhole: 'Outlook rules, forwarding, labels and journaling do not apply here.',
  flagged: 'Flagged',
  messages: (count: number) => `${count} messages`,
  viaGroup: 'Through the group',
  select: 'Select',
  selectSome: 'Select messages',
  deletedKept:
    'Kept for 30 days and put into Deleted Items in Outlook afterwards. Nothing is removed for good from here.',
  offline: (time: string) => `No connection · updated ${time}`,
  draft: 'A message is not sent yet',
  drafts: (count: number) => `${count} messages are not sent yet`,
  continueWriting: 'Continue',
  newMail: (count: number) => (count === 1 ? '1 new message' : `${count} new messages`),
} as const;

export const days = {
  sinceEvent: 'Since the outage began',
  today: 'Today',
  todayBefore: 'Today, before the outage',
  yesterday: 'Yesterday',
  tomorrow: 'Tomorrow',
} as const;

export const empty = {
  inbox: {
    heading: 'No mail yet',
    text: 'New mail appears here by itself, usually within seconds.',
  },
  sent: {
    heading: 'Nothing sent',
    text: 'What you send from here is listed with whether it arrived, and later moves to Sent Items in Outlook.',
  },
  drafts: {
    heading: 'No drafts',
    text: 'A message that you have begun is kept on this device until you send it.',
  },
  archive: {
    heading: 'Nothing archived',
    text: 'What was filed in folders beside the Inbox is here.',
  },
  deleted: {
    heading: 'Nothing deleted',
    text: 'What you delete here stays here, and is in Outlook as before.',
  },
  junk: {
    heading: 'No junk',
    text: 'Mail that looks like junk is put here. Move it to the inbox when it is not.',
  },
} as const;
