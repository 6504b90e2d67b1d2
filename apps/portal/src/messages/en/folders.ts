export const folders = {
  inbox: 'Inbox',
  sent: 'Sent',
  drafts: 'Drafts',
  archive: 'Archive',
  deleted: 'Deleted',
  junk: 'Junk',
} as const;
