export const readerPane = {
  pick: 'Choose a message to read it here.',
  loading: 'Loading the message',
} as const;
