/** Asked before a link is followed whose words name another place. */
export const linkQuestion = {
  heading: 'This link leads somewhere else',
  doubt: {
    'other-host': (leads: string, says: string) => `It says ${says}. It leads to ${leads}.`,
    'look-alike': (leads: string) =>
      `It leads to ${leads}, whose name is written with letters that can look like others.`,
    'hides-host': (leads: string) =>
      `It is written to look like another address. It leads to ${leads}.`,
  },
  advice: 'If you did not expect that, stay here and ask the sender in another way.',
  stay: 'Stay here',
  openAnyway: (leads: string) => `Open ${leads}`,
} as const;
