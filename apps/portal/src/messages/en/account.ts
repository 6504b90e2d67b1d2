type Method =
  | 'password'
  | 'temporary-password'
  | 'way-in'
  | 'helpdesk-code'
  | 'recovery-code'
  | 'passkey';

/** Not part of `en`: only the pages that need them load them. */
export const account = {
  heading: 'Your account',
  loading: 'Loading your account',
  back: 'Back',
  signOut: 'Sign out',
  ways: 'Ways to sign in',
  told: 'Every change here is told to your work mailbox and to your phone or private address.',
  password: 'Password',
  passwordSet: 'Chosen. It works together with your login.',
  passwordNone: 'None yet. You can sign in by a way in sent to you, or with the other ways here.',
  changePassword: 'Change the password',
  choosePassword: 'Choose a password',
  newPassword: 'New password',
  passwordHint: (least: number) => `At least ${least} characters. A sentence is fine.`,
  tooShort: (least: number, now: number) => `Use at least ${least} characters; these are ${now}.`,
  savePassword: 'Save the password',
  passwordSaved: 'The password is changed.',
  cancel: 'Cancel',
  passkeys: 'Passkeys',
  passkeysText: 'Sign in with your fingerprint, your face or the code of your screen lock.',
  passkeysNone: 'No passkey yet.',
  passkeysImpossible:
    'This server is reached without https, and browsers make passkeys only with it. Everything else works.',
  passkeysUnsupported: 'This browser has no passkeys. Everything else works.',
  addPasskey: 'Add a passkey for this device',
  adding: 'Your device asks you now',
  passkeyAdded: 'The passkey is added.',
  passkeyMade: (when: string) => `Added ${when}`,
  passkeyUsed: (when: string) => `last used ${when}`,
  remove: 'Remove',
  removePasskey: (device: string) => `Remove the passkey of ${device}`,
  codes: 'Recovery codes',
  codesText:
    'For the day when phone and passkey are lost. Each works once, together with your login.',
  codesNone: 'None yet.',
  codesLeft: (left: number, when: string) => `${left} left, made ${when}.`,
  makeCodes: 'Make and print codes',
  makeNewCodes: 'Make new codes',
  newCodesVoid: 'New codes make those before void.',
  devices: 'Devices that are signed in',
  thisDevice: 'This device',
  signedIn: (method: Method, when: string) => `Signed in ${when}, ${METHODS[method]}`,
  network: (address: string) => `from ${address}`,
  lastSeen: (when: string) => `last seen ${when}`,
  endDevice: 'Sign out',
  endDeviceOf: (device: string) => `Sign out ${device}`,
  endOthers: 'Sign out all other devices',
  language: 'Language',
  languageText: 'Of these pages and of our messages to you.',
  reach: 'Where we reach you',
  reachText: 'In an emergency your login comes here.',
  reachNone:
    'No phone or private address is known: no message can reach you when Office 365 is down.',
  reachChange:
    'To change it, use the link in our message about alternate info, or have a new one sent to you.',
  channel: { sms: 'Phone', email: 'Private address' },
  verified: 'confirmed',
  unverified: 'not confirmed: no login is sent there',
  weak: 'hosted by Microsoft, which may be down as well',
  ready: 'Make this phone ready',
} as const;

const METHODS: Readonly<Record<Method, string>> = {
  password: 'with the password',
  'temporary-password': 'with a temporary password',
  'way-in': 'with a code or link sent to you',
  'helpdesk-code': 'with a code from the helpdesk',
  'recovery-code': 'with a recovery code',
  passkey: 'with a passkey',
};

export const card = {
  heading: 'For your wallet',
  once: 'These codes are shown this once. Print them, or write them down, and keep them where your phone is not.',
  title: 'Emergency mailbox',
  url: 'Address',
  login: 'Login',
  helpdesk: 'Help',
  codes: 'Recovery codes, each works once in place of the password',
  print: 'Print',
  copy: 'Copy the codes',
  copied: 'Copied.',
  done: 'I have them',
} as const;

export const ready = {
  heading: 'Make this phone ready',
  lead: 'A few minutes today, so that on a bad day you are in your mail within one.',
  signedIn: 'You can sign in',
  signedInText: 'You have just done it. Nothing of it needs Office 365.',
  passkey: 'A passkey',
  passkeyDone: 'There is one. Signing in takes one touch.',
  home: 'On the home screen',
  homeText: {
    ios: 'In Safari, tap Share, then Add to Home Screen.',
    android: 'In the browser’s menu, tap Add to Home screen or Install app.',
    other: 'Keep this address as a bookmark, and open it once on your phone as well.',
  },
  rehearsal: 'A rehearsal',
  rehearsalText: 'See the emergency mailbox with a few made-up messages, before you need it.',
  openRehearsal: 'Open the rehearsal',
  card: 'A card for the wallet',
  cardText: 'Address, login and recovery codes on paper, for the day when the phone is lost too.',
  finish: 'Done',
} as const;

export const helpdesk = {
  title: 'Sign-in code from the helpdesk',
  made: (by: string, when: string) =>
    `The helpdesk (${by}) made a code ${when} that lets somebody in to this mailbox.`,
  used: (by: string, when: string) =>
    `Somebody signed in here ${when} with a code from the helpdesk (${by}).`,
  notMe: 'If that was not you, use “Not me” in our message about it.',
  orCall: (name: string) => `Or call ${name}:`,
  putAway: 'It was me',
} as const;

export const closedNow = {
  contacts: 'Contacts',
  contactsText:
    'Addresses of your colleagues, while Outlook is slow or your phone is all you have.',
  rehearsalText: 'How the emergency mailbox looks, with made-up messages.',
  account: 'Your account and devices',
} as const;
