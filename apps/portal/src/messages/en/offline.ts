export const offline = {
  newer: 'There is a newer version. What you have written stays.',
  reload: 'Reload',
  ownPhone: 'Is this your own device?',
  ownPhoneText:
    'Then mail you have seen stays on it for as long as the event lasts, and opens without a connection. It is removed when you sign out.',
  ownPhoneYes: 'Yes, keep mail on it',
  ownPhoneNo: 'No',
  kept: 'Mail on this device',
  keep: 'Keep mail I have seen on this device while an event lasts',
  keepText:
    'Only on a device of your own. It is removed when you sign out, and when the event ends. What you write and what waits to be sent is kept in any case.',
} as const;
