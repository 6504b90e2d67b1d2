export const nav = {
  label: 'Folders',
  conversations: 'Group messages as conversations',
  search: 'Search',
  people: 'People',
  meetings: 'Meetings',
  write: 'Write',
  writing: 'Signature and sending',
  skip: 'Go to the messages',
  account: 'Signed in as',
  ownAccount: 'Sign-in and devices',
} as const;
