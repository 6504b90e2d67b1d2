export const actions = {
  deleted: 'Deleted',
  movedToInbox: 'Moved to Inbox',
  markedUnread: 'Marked unread',
  undo: 'Undo',
  undone: 'Put back',
  failed: 'That did not work.',
  dismiss: 'Dismiss',
} as const;
