/** What is said of messages and drafts outside the composer. */
export const sending = {
  sent: 'Sent. Find it in the Sent folder.',
  practised: 'Drill: not sent. It is in the Sent folder here until the drill is over.',
  sending: 'Sending',
  notSent: 'Not sent.',
  text: 'Message',
  discard: 'Discard draft',
  discarded: 'Draft discarded',
  kept: 'Another device wrote at this draft since. It is still there.',
} as const;
