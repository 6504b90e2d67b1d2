/** Of the outbox, beside the list. */
export const outboxStrip = {
  title: 'Outbox',
  waiting: (count: number) =>
    count === 1 ? '1 message waits to be sent' : `${count} messages wait to be sent`,
  over: (count: number) =>
    count === 1 ? '1 message was not sent' : `${count} messages were not sent`,
  show: 'Show',
} as const;
