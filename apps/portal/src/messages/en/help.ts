/** Whom to ask. Not part of `en`: only the pages that show it load it. */
export const help = {
  title: 'Help',
  ask: 'Something does not work?',
} as const;
