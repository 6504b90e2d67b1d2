export const storage = {
  refused:
    'This browser keeps nothing on this device. Leave this page open until everything is sent; a private window is the usual cause.',
  full: 'There is no room left on this device. What you write is safe once the server has it: leave this page open until everything is sent, and free some room.',
} as const;
