export const session = {
  heading: 'Sign in',
  lead: 'Your login is your work address. Nothing of this needs Office 365.',
  readyLead:
    'Sign in once to make this phone ready. Your login is your work address; have a way in sent to what you confirmed.',
  login: 'Login',
  password: 'Password',
  show: 'Show',
  hide: 'Hide',
  signIn: 'Sign in',
  signingIn: 'Signing in',
  loginMissing: 'Enter your login: it is your work address.',
  passwordMissing: 'Enter your password, or have a code sent to you.',
  passwordHint:
    'From our message, or your own. A recovery code, or a code that was read out to you, works here too.',
  withoutPassword: 'Without a password',
  wayInHint: 'A code and a link, to the phone or private address that you confirmed.',
  sendWayIn: 'Send me a way in',
  usePasskey: 'Use a passkey',
  wrong:
    'Login and password do not match. Copy both from the newest message we sent you; an older password no longer works.',
  tooMany: 'Too many tries. Wait a quarter of an hour, then try again with the newest message.',
  ended: 'Your session has ended. Sign in again; what you wrote is kept on this device.',
  help: 'No message, or it does not work?',
  helpText:
    'Messages go to the private address or phone you gave. Look into its junk folder too. If nothing is there, have a way in sent. Whoever looks after email where you work can read out a code that you enter in place of the password.',
  neverAsks: 'This page never asks for your Office 365 password.',
  signOut: 'Sign out',
  notSignedOut:
    'You are still signed in: there is no connection. Sign out as soon as there is one, before anybody else uses this device.',
  demo: 'Demonstration. Nothing here reaches a real mailbox.',
} as const;

export const choose = {
  heading: 'Choose a password',
  lead: (name: string) =>
    `Welcome, ${name}. What let you in works once. Choose a password of your own for as long as this lasts.`,
  label: 'New password',
  hint: (least: number) => `At least ${least} characters. A sentence is fine.`,
  tooShort: (least: number, now: number) =>
    `Use at least ${least} characters; these are ${now}. A sentence is fine.`,
  submit: 'Open my mailbox',
  or: 'Or, instead of a password',
} as const;

export const closed = {
  heading: 'Your mail is in Office 365',
  lead: (organisation: string) =>
    `There is no emergency event at ${organisation}, so this mailbox is closed. Use Outlook as usual.`,
  now: 'What you can do here now',
  steps: [
    'Nothing is waiting here for you: mail that arrives goes to Office 365 at once.',
    'Keep this address on your phone. When Office 365 fails, you get a message with the way in.',
    'A new number or private address? Use the link in our message about alternate info, or have a new one sent to you.',
  ],
  again: 'Look again',
} as const;
