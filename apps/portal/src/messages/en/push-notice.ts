/** On the lock screen, for whoever holds the phone: nothing of what is in the mail. */
export const pushNotice = {
  mail: { title: 'New mail in your emergency mailbox', body: 'Open it to read.' },
  over: {
    title: 'The emergency is over',
    body: 'Your mail is in Office 365 again. The emergency mailbox can still be read.',
  },
  closed: { title: 'The emergency mailbox is closed', body: 'Your mail is in Office 365.' },
} as const;
