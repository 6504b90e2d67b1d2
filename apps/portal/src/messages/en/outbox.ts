export const outbox = {
  heading: 'Outbox',
  lead: 'What you sent and what still waits: for a connection, or for its attachments. It is kept on this device and leaves, each message once, as soon as this page is open with a connection.',
  loading: 'Loading the outbox',
  emptyHeading: 'Nothing waits',
  empty: 'What you send while there is no connection waits here until there is one.',
  state: {
    sending: 'Being sent',
    waiting: 'Waits for a connection',
    server: 'The server could not take it; tried again by itself',
    'sign-in': 'Waits until you have signed in',
    update: 'Waits until the page is reloaded',
    'other-user': 'Waits until you are signed in here again',
    files: 'Leaves once its attachments are uploaded',
    takingBack: 'Being taken back',
    sent: 'Sent',
  },
  filesOf: (done: string, total: string) => `${done} of ${total} uploaded`,
  filesLabel: 'Upload of the attachments',
  changes: (count: number) =>
    count === 1
      ? '1 change to your messages waits for a connection as well.'
      : `${count} changes to your messages wait for a connection as well.`,
  overHeading: 'Not sent',
  overText: 'Copy the text and send it from Outlook.',
  sendNow: 'Try now',
  takeBack: 'Take back',
  copy: 'Copy the text',
  copied: 'Copied',
  remove: 'Remove from this device',
} as const;

export const leave = {
  heading: (count: number) =>
    count === 1 ? '1 message is not sent yet' : `${count} messages are not sent yet`,
  text: 'They leave only while you are signed in. If you sign out, they stay on this device, nobody else who signs in here sees them, and they leave when you sign in here again.',
  stay: 'Stay signed in',
  leave: 'Sign out',
} as const;
