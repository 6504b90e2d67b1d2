export const actions = {
  undo: 'Undo',
  undone: 'Put back',
  failed: 'That did not work.',
  dismiss: 'Dismiss',
} as const;
