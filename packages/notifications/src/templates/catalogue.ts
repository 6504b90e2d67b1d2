import type { Words } from '@holdfast/domain';

/**
 * Every word of every notice to users, in English. Calm, exact, short; `{name}` is filled in. Paragraphs of an e-mail are
 * entries of `body`. No notice names subjects or senders of mail.
 */
export const ENGLISH = {
  /** Where an organisation's name has no letter that an SMS can hold. */
  unnamed: 'Your organisation',
  stopLink: 'No more messages to this address',
  ask: 'Questions, or something does not work?',
  askSms: 'Help: {helpdesk}',
  enabledNotice: {
    subject: 'Email Continuity is on for you',
    greeting: 'Hello {name},',
    body: [
      '{organisation} has turned on Email Continuity for {address}.',
      'If Office 365 fails, you can read and answer your mail in an emergency mailbox. Nothing changes for you today.',
      'You will be asked for a mobile number or a private address, so that we can reach you when this mailbox cannot.',
    ],
    action: null,
  },
  alternateInfoRequest: {
    subject: 'Where can we reach you when email fails?',
    greeting: 'Hello {name},',
    body: [
      '{organisation} protects {address} with Email Continuity. When Office 365 fails, your login for the emergency mailbox cannot come to this mailbox.',
      'Please give a mobile number or a private address. It takes a minute and is used for nothing else.',
      'The link is yours alone and works for {validDays} days.',
    ],
    action: 'Give alternate info',
  },
  alternateInfoReminder: {
    subject: 'Reminder: where can we reach you when email fails?',
    greeting: 'Hello {name},',
    body: [
      '{organisation} protects {address} with Email Continuity, and still cannot reach you when Office 365 fails.',
      'Please give a mobile number or a private address and enter the code that we send. It takes a minute and is used for nothing else. It is voluntary.',
      'The link is yours alone and works for {validDays} days. It replaces the earlier one.',
    ],
    action: 'Give alternate info',
  },
  alternateInfoAgain: {
    subject: 'Does this still reach you?',
    greeting: 'Hello {name},',
    body: [
      'Some time ago you confirmed a number or address, so that {organisation} can reach you when Office 365 fails.',
      'Please check that it is still yours: open the link, let us send a code, and enter it. Until then it goes on being used.',
      'The link is yours alone and works for {validDays} days.',
    ],
    action: 'Check alternate info',
  },
  accountChanged: {
    sms: '{organisation}, emergency mailbox of {login}: {what} Not you? {url}',
    smsShort: '{what} Not you? {url}',
    subject: 'Was this you? Your emergency mailbox at {organisation}',
    greeting: null,
    body: [
      '{what}',
      'This concerns the emergency mailbox of {login} at {organisation}. It happened on {at}.',
      'If it was you, there is nothing to do.',
      'If it was not you, say so: the change is taken back, everybody is signed out, and your administrators are told.',
    ],
    action: 'It was not me',
  },
  verificationCode: {
    sms: '{code} is your Email Continuity code for {organisation}. It is valid for {validMinutes} minutes. Do not pass it on.',
    subject: '{code} is your Email Continuity code',
    greeting: null,
    body: [
      'Your code is {code}.',
      'It confirms this address as alternate info at {organisation} and is valid for {validMinutes} minutes. Do not pass it on.',
      'If you did not ask for it, you can ignore this message.',
    ],
    action: null,
  },
  // The last line is for phones, which fill the code in on that host alone (WICG origin-bound one-time codes).
  wayIn: {
    sms: '{code} is your sign-in code for the emergency mailbox ({organisation}). Or open {url}\nValid for {validMinutes} min. We never ask you for it.\n@{host} #{code}',
    smsShort: '{code} is your sign-in code. Or open {url}\n@{host} #{code}',
    subject: '{code} is your sign-in code',
    greeting: null,
    body: [
      'Your code for the emergency mailbox at {organisation} is {code}.',
      'Enter it where you asked for it, or open the link and press the button there. Both work once, for {validMinutes} minutes, together with your login.',
      'If you did not ask for it, ignore this message: nobody gets in without it. Pass it on to nobody, whoever asks.',
    ],
    action: 'Sign in',
  },
  wayInShared: {
    sms: '{code} is the sign-in code of {login} for the emergency mailbox ({organisation}). Enter both where you asked for it. Valid for {validMinutes} min.\n@{host} #{code}',
    smsShort: '{code} is the sign-in code of {login}.\n@{host} #{code}',
    subject: '{code} is the sign-in code of {login}',
    greeting: null,
    body: [
      'The code of {login} for the emergency mailbox at {organisation} is {code}.',
      'Enter it where you asked for it, or open the link and press the button there. Both work once, for {validMinutes} minutes, together with the login.',
      'If you did not ask for it, ignore this message: nobody gets in without it. Pass it on to nobody, whoever asks.',
    ],
    action: 'Sign in',
  },
  verificationCodeShared: {
    sms: '{code} is the Email Continuity code of {login} at {organisation}. It is valid for {validMinutes} minutes. Do not pass it on.',
    smsShort: '{code} is the Email Continuity code of {login}. Do not pass it on.',
  },
  proofCode: {
    sms: '{code} is your code to change the alternate info of {login}. Valid for {validMinutes} minutes. Pass it on to nobody. You did not ask? Then somebody else did: nothing changes without this code.',
    smsShort: '{code} is your code to change your alternate info. Pass it on to nobody.',
    subject: '{code} is your code to change your alternate info',
    greeting: null,
    body: [
      'Your code is {code}.',
      'Whoever enters it can change where we reach {login} at {organisation} when email is down. It is valid for {validMinutes} minutes. Pass it on to nobody.',
      'If you did not ask for it, somebody else has opened your link. Nothing changes without this code.',
    ],
    action: null,
  },
  // What an event would send, with DRILL as the first word: SMS and subject are all that many read of it.
  drillStarted: {
    sms: 'DRILL {organisation}: practise reading mail without Office 365. Nothing leaves.\n{url}\nLogin: {login}\nPassword: {temporaryPassword}\nValid for {validHours} h.',
    smsShort: 'DRILL {url}\nLogin: {login}\nPassword: {temporaryPassword}',
    subject: 'DRILL: practise with your emergency mailbox',
    greeting: null,
    body: [
      'DRILL. Office 365 works at {organisation}. You are asked to practise for the day on which it does not.',
      'Sign in, find a message, and write one. Your real mail stays as it is, and nothing that you write leaves.',
      'Login: {login}',
      'Temporary password: {temporaryPassword}',
      'The password is valid for {validHours} hours. You choose your own when you sign in.',
    ],
    action: 'Open the emergency mailbox (drill)',
  },
  drillStartedUnverified: {
    sms: 'DRILL {organisation}: you were to practise with your emergency mailbox. This number was never confirmed, so no login comes to it, and in an emergency none would. Confirm it with the link in your work mailbox.',
    smsShort: 'DRILL: this number was never confirmed, so no login comes to it. Confirm it.',
    subject: 'DRILL: no login comes to this address',
    greeting: null,
    body: [
      'DRILL. {organisation} practises with emergency mailboxes, and {login} takes part.',
      'This address was never confirmed, so no login comes to it, and in an emergency none would. Confirm it with the link in your work mailbox, or ask your administrators for another.',
    ],
    action: 'Go to the emergency mailbox (drill)',
  },
  drillEnded: {
    sms: 'DRILL {organisation}: the drill is over. Nothing has changed in your mail. Thank you.',
    subject: 'DRILL: the drill is over',
    greeting: null,
    body: [
      'DRILL. The drill at {organisation} is over. The emergency mailbox of {login} is closed; what you wrote there was not sent and is gone.',
      'Nothing has changed in your mail. Thank you for taking part.',
    ],
    action: null,
  },
  drillEndedForEvent: {
    sms: 'DRILL {organisation}: the drill is over, since a real emergency has begun. It does not concern you: please use Office 365 as usual.',
    subject: 'DRILL: the drill is over',
    greeting: null,
    body: [
      'DRILL. The drill at {organisation} is over, since a real emergency has begun for others. It does not concern {login}: please use Office 365 as usual.',
      'What you wrote in the drill was not sent and is gone. Nothing has changed in your mail.',
    ],
    action: null,
  },
  eventStarted: {
    sms: '{organisation}: Office 365 has a problem. Your mail is here:\n{url}\nLogin: {login}\nPassword: {temporaryPassword}\nValid for {validHours} h.',
    smsShort: '{url}\nLogin: {login}\nPassword: {temporaryPassword}',
    subject: 'Your emergency mailbox is open',
    greeting: null,
    body: [
      'Office 365 has a problem at {organisation}. Until it is solved, you can read and answer your mail in the emergency mailbox.',
      'Login: {login}',
      'Temporary password: {temporaryPassword}',
      'The password is valid for {validHours} hours. You choose your own when you sign in.',
    ],
    action: 'Open the emergency mailbox',
  },
  eventStartedUnverified: {
    sms: '{organisation}: Office 365 has a problem. Your emergency mailbox is at {url} This number was never confirmed, so we send no login to it. Your mail is kept and arrives when Office 365 is back.',
    smsShort: 'Office 365 has a problem. Your mail is kept and arrives when it is back.',
    subject: 'An emergency mailbox is open for you',
    greeting: null,
    body: [
      'Office 365 has a problem at {organisation}. Until it is solved, there is an emergency mailbox for {login}.',
      'This address was never confirmed, so we send no login to it. Your mail is kept and arrives when Office 365 is back.',
    ],
    action: 'Go to the emergency mailbox',
  },
  eventStartedInError: {
    sms: '{organisation}: the emergency mailbox was opened in error and is closed again. Please go on using Office 365. The login we sent no longer works.',
    smsShort:
      'The emergency mailbox was opened in error and is closed again. Please use Office 365.',
    subject: 'The emergency mailbox was opened in error',
    greeting: null,
    body: [
      'The emergency mailbox of {login} at {organisation} was opened in error and is closed again.',
      'Please go on using Office 365. The login we sent no longer works.',
    ],
    action: null,
  },
  eventEnded: {
    sms: '{organisation}: Office 365 works again. Please use it from now on. Your emergency mailbox can be read until {readOnlyUntil}.',
    smsShort: 'Office 365 works again. Emergency mailbox readable until {readOnlyUntil}.',
    subject: 'Office 365 works again',
    greeting: null,
    body: [
      'Office 365 works again at {organisation}. Please use it from now on.',
      'Mail you sent from the emergency mailbox is put into your Sent Items. The emergency mailbox of {login} can be read, but not used for sending, until {readOnlyUntil}.',
    ],
    action: 'Open the emergency mailbox',
  },
} as const;

export type Catalogue = Words<typeof ENGLISH>;
