/** Of the page itself, before anything of it runs. */
export const page = {
  /** BCP 47. */
  language: 'en',
  title: 'Emergency mailbox',
  shortTitle: 'Emergency mail',
} as const;
