export const nav = {
  label: 'Folders',
  people: 'People',
  meetings: 'Meetings',
  write: 'Write',
  skip: 'Go to the messages',
  account: 'Signed in as',
} as const;
