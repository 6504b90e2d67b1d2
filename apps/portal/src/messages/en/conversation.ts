export const conversation = {
  others: (count: number) =>
    count === 1
      ? '1 other message in this conversation'
      : `${count} other messages in this conversation`,
  unread: (count: number) => `${count} unread`,
  here: 'Shown below',
  loading: 'Loading the conversation',
} as const;
