export const storage = {
  refused:
    'This browser keeps nothing on this device. Leave this page open until everything is sent; a private window is the usual cause.',
  full: 'There is no room left on this device. What you write is safe once the server has it: leave this page open until everything is sent, and free some room.',
  sevenDays:
    'An iPhone or iPad removes what a page keeps that was not opened for seven days. Open this one before that; from the home screen the limit does not hold.',
} as const;
