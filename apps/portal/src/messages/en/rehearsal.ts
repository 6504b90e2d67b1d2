/** Made-up messages: what they explain is true, and none of them is mail. */
export const rehearsal = {
  label: 'REHEARSAL',
  banner: 'This is not your mail. Nothing here is sent or received.',
  leave: 'Leave the rehearsal',
  heading: 'Inbox',
  list: 'Made-up messages',
  back: 'Back to the list',
  messages: [
    {
      from: 'Email Continuity',
      subject: 'This is what it looks like',
      preview: 'When Office 365 fails, your mail of the last days is listed like this.',
      text: [
        'When Office 365 fails, your organisation opens the emergency mailbox. Your mail of the last days is listed here, and new mail goes on arriving.',
        'You get a message on your phone or private address with the way in: the address of this page, and a password or a code that works once.',
        'You have signed in today, so you know the way already.',
      ],
    },
    {
      from: 'Email Continuity',
      subject: 'Reading, answering, writing',
      preview: 'Tap Write for a new message, Reply under a message for an answer.',
      text: [
        'In an emergency you read and answer as usual: Reply, Reply all and Forward stand under each message, Write stands below the list.',
        'What you send can be taken back for some seconds. On a weak network it waits on your phone and leaves as soon as it can; nothing is sent twice.',
      ],
    },
    {
      from: 'Email Continuity',
      subject: 'What happens afterwards',
      preview: 'When Office 365 works again, everything is there.',
      text: [
        'When Office 365 works again, the mail that has waited is delivered there, and what you sent is put into your Sent Items.',
        'The emergency mailbox can then be read for two more weeks, and closes.',
      ],
    },
  ],
} as const;
