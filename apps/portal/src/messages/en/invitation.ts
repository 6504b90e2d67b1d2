/** Of the card of an invitation, which few messages have. */
export const invitation = {
  when: 'When',
  where: 'Where',
  who: 'Who',
  by: 'By',
  repeats: 'Repeats',
  join: 'Join',
  theirTime: (time: string, zone: string) => `${time} (${zone})`,
  anyZone: 'by the clock where you are',
  more: (count: number) => `and ${count} more`,
  answers: { accepted: 'accepted', declined: 'declined', tentative: 'tentative', none: '' },
  answerNote: 'Answer it in Outlook when Office 365 is back, or reply by email now.',
} as const;
