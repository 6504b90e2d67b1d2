export const keyboard = {
  title: 'Keyboard',
  on: 'Keyboard shortcuts',
  close: 'Close',
  keys: [
    ['j', 'Next message'],
    ['k', 'Previous message'],
    ['o', 'Open'],
    ['u', 'Back to the list'],
    ['c', 'Write'],
    ['r', 'Reply'],
    ['a', 'Reply all'],
    ['f', 'Forward'],
    ['#', 'Delete'],
    ['/', 'Search mail'],
    ['?', 'This list'],
  ],
} as const;
