export const offline = {
  newer: 'There is a newer version. What you have written stays.',
  reload: 'Reload',
  ownPhone: 'Is this your own device?',
  ownPhoneText:
    'Then mail you have seen stays on it for as long as the event lasts, and opens without a connection. It is removed when you sign out.',
  ownPhoneYes: 'Yes, keep mail on it',
  ownPhoneNo: 'No',
} as const;
