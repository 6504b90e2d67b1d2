export const drafts = {
  loading: 'Loading drafts',
  noRecipient: '(no recipient)',
  alsoElsewhere: 'Also written on another device',
  sentElsewhere: 'Written after it was sent from another device',
  returned: 'Not sent',
  onlyHere: 'On this device, not saved yet',
  attachments: (count: number) => (count === 1 ? '1 attachment' : `${count} attachments`),
  notDiscarded: 'Not discarded: there is no connection. Try again.',
} as const;
