export const ownFolders = {
  heading: 'Your folders in Outlook',
} as const;
