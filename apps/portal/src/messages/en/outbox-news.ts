/** Said of what waits to be sent, wherever its author is by then. */
export const outboxNews = {
  waits: {
    network:
      'No connection. Your message waits on this device and leaves when this page is open with a connection.',
    server: 'The server could not take your message just now. It is tried again by itself.',
    'sign-in': 'Your message waits on this device. Sign in, and it leaves.',
    update: 'Your message waits on this device. Reload the page, and it leaves.',
    'other-user': 'Your message waits on this device until you are signed in here again.',
    files: 'Your message leaves by itself once its attachments are uploaded.',
  },
  notDone: {
    read: 'Not marked as read or unread.',
    flagged: 'The flag was not changed.',
    move: 'Not moved.',
  },
  left: 'The message had left already and cannot be taken back. It is in your Sent folder.',
  over: 'A message of yours could not be sent before the end. Its text is kept in the outbox, to copy.',
  show: 'Show',
  open: 'Open',
} as const;
