/** What stands around the words of others in a message that answers or forwards. */
export const quoted = {
  wrote: (date: string, name: string) => `On ${date}, ${name} wrote:`,
  forwardLabels: {
    begin: '---------- Forwarded message ----------',
    from: 'From',
    date: 'Date',
    subject: 'Subject',
    to: 'To',
  },
} as const;
