export const uploading = {
  unreadable: 'The file was moved or changed since you chose it. Choose it again.',
  failed: 'The server did not take it. Try again.',
} as const;
