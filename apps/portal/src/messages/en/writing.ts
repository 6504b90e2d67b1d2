export const writing = {
  heading: 'Signature and sending',
  loading: 'Loading your settings',
  signature: 'Signature',
  signatureHint: 'Plain text, below what you write and above what is quoted.',
  use: 'Put it into new messages. It can be switched for each.',
  suggest: 'Fill in from the directory',
  undo: 'Time to take a sent message back',
  undoHint: 'A message leaves when this time is over.',
  seconds: (count: number) => (count === 0 ? 'None: it leaves at once' : `${count} seconds`),
  save: 'Save',
  saving: 'Saving',
  saved: 'Saved',
} as const;
