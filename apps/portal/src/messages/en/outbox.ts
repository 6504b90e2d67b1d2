export const outbox = {
  heading: 'Outbox',
  lead: 'What you sent while there was no connection. It is kept on this device and leaves by itself, each message once.',
  loading: 'Loading the outbox',
  emptyHeading: 'Nothing waits',
  empty: 'What you send while there is no connection waits here, and leaves by itself.',
  waits: {
    network: 'No connection. Your message waits on this device and leaves by itself.',
    server: 'The server could not take your message just now. It is tried again by itself.',
    'sign-in': 'Your message waits on this device. Sign in, and it leaves.',
    update: 'Your message waits on this device. Reload the page, and it leaves.',
    'other-user': 'Your message waits on this device until you are signed in here again.',
  },
  state: {
    sending: 'Being sent',
    waiting: 'Waits for a connection',
    server: 'The server could not take it; tried again by itself',
    'sign-in': 'Waits until you have signed in',
    update: 'Waits until the page is reloaded',
    'other-user': 'Waits until you are signed in here again',
    takingBack: 'Being taken back',
    sent: 'Sent',
  },
  changes: (count: number) =>
    count === 1
      ? '1 change to your messages waits for a connection as well.'
      : `${count} changes to your messages wait for a connection as well.`,
  left: 'The message had left already and cannot be taken back. It is in your Sent folder.',
  over: 'A message of yours could not be sent before the end. Its text is kept in the outbox, to copy.',
  overHeading: 'Not sent',
  overText: 'Copy the text and send it from Outlook.',
  show: 'Show',
  open: 'Open',
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
