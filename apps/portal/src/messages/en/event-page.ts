/** What is going on, in full: while it lasts, and when it is over. */
export const eventPage = {
  title: 'The outage',
  titleOver: 'After the outage',
  active: (since: string) => `Office 365 is down since ${since}.`,
  plannedEnd: (at: string) =>
    `Your organisation means to end this ${at}. It ends earlier when Office 365 is back, and later when it is not.`,
  unplanned: 'It ends when Office 365 is back. You get a message then.',
  hereHeading: 'What works here',
  here: [
    'Mail that arrives is here, usually within seconds, and is put into your Outlook inbox afterwards.',
    'What you write leaves from your usual address and is put into your Sent Items afterwards.',
    'What you read, flag, move or delete here is done in Outlook afterwards. Nothing is deleted for good.',
    'Without a connection you can go on writing. It is kept on this device and leaves by itself.',
  ],
  notHereHeading: 'What does not',
  notHere: {
    whole: ['Outlook rules, forwarding, labels and journaling do not apply here.'],
    partly: [
      'Not all mail between colleagues and not all sent mail from before the event is here yet.',
      'Outlook rules, forwarding, labels and journaling do not apply here.',
    ],
    none: [
      'Mail between colleagues and sent mail from before the event are not here.',
      'Outlook rules, forwarding, labels and journaling do not apply here.',
    ],
  },
  over: (at: string) => `Office 365 is back since ${at}. Use Outlook again.`,
  mineHeading: 'What happened to your mail',
  received: 'Everything that arrived here is in Outlook or on its way there.',
  receivedSettled: 'Everything that arrived here is in Outlook.',
  nothingSent: 'You sent nothing from here.',
  sent: (written: number, putBack: number) =>
    written === putBack
      ? `${written === 1 ? 'The message' : `All ${written} messages`} that you sent from here ${written === 1 ? 'is' : 'are'} in Sent Items.`
      : `Of ${written} ${written === 1 ? 'message' : 'messages'} that you sent from here, ${putBack} ${putBack === 1 ? 'is' : 'are'} in Sent Items by now.`,
  left: (count: number) =>
    count === 1
      ? '1 cannot be put there: signed or sealed mail would be another message.'
      : `${count} cannot be put there: signed or sealed mail would be other messages.`,
  download: 'Download what you sent',
  done: 'What you read, flagged, moved or deleted here is done in Outlook, unless it was changed there since.',
  readOnlyHeading: 'What you can do here now',
  readOnly: (until: string) =>
    `This mailbox is read-only. You can read and search until ${until}, then it closes.`,
  late: (until: string) =>
    `What you wrote during the outage and could not be sent still leaves by itself until ${until}, from the device that you wrote it on.`,
} as const;
