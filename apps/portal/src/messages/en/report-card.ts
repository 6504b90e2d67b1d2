export const reportCard = {
  heading: 'Delivery report',
  show: 'Show the message that was sent',
  elsewhere: 'It is about a message that you sent from Outlook.',
  unknown:
    'It is about a message that was not sent from here. If you did not send it from Outlook either, somebody wrote your address into theirs: there is nothing to do.',
} as const;
