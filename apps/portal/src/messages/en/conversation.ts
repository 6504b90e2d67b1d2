export const conversation = {
  others: (count: number) =>
    count === 1 ? '1 more in this conversation' : `${count} more in this conversation`,
  unread: (count: number) => `${count} unread`,
  here: 'Shown below',
  loading: 'Loading the conversation',
} as const;
