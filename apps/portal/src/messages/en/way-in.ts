/** Not part of `en`: only the page that needs them loads them. */
export const wayIn = {
  heading: 'Enter the code',
  sent: (login: string) =>
    `If ${login} has a confirmed phone or private address, a code and a link are on their way there. That takes up to a minute.`,
  label: 'Code',
  hint: 'Eight digits. The code works on this device only, for 15 minutes, once.',
  missing: 'Enter the code from our message.',
  signIn: 'Sign in',
  signingIn: 'Signing in',
  another: 'Send me another',
  wait: 'Another can be sent in half a minute.',
  sentAnother: 'Another is on its way. Use the newest.',
  back: 'Use a password instead',
  nothing: 'Nothing comes?',
  nothingText:
    'Look into the junk folder of your private address. A phone or address that you never confirmed gets no code. Then a recovery code helps, or whoever looks after email where you work: they can read out a code that you enter in place of the password.',
  wrong:
    'That code does not work. Use the newest message, on the device where you asked for it, or have another sent.',
  linkHeading: 'Sign in to your emergency mailbox',
  linkLead: 'Nothing has happened yet. Press the button to sign in on this device.',
  linkLogin: 'Login',
  linkLoginHint: 'Your work address. It is asked for so that the link alone lets nobody in.',
  linkLoginMissing: 'Enter your work address.',
  linkWrong:
    'This link does not work: it was used already, is older than 15 minutes, or belongs to another login.',
  linkEmpty: 'This link is not complete. Open the whole link, or have another sent.',
  fresh: 'Send me a new one',
} as const;
