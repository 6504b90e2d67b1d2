import type { ChannelKind, Words } from '@holdfast/domain';

/** Every sentence of the alternate-info pages, in English. */
export const ENGLISH = {
  htmlLang: 'en',
  forAddress: 'for',
  ask: 'Questions?',
  pleaseCheck: 'Please check',
  /** In a sentence. Named at the foot of the page where it is known; nobody is named falsely. */
  who: {
    helpdesk: 'the helpdesk',
    unnamed: (organisation: string) => `whoever looks after email at ${organisation}`,
    unknown: 'whoever looks after email where you work',
  },
  form: {
    title: 'Alternate info',
    heading: 'How can we reach you when email is down?',
    lead: (organisation: string) =>
      `If Office 365 fails, ${organisation} opens an emergency mailbox for you. We send the way in to a private address or phone. It takes a minute.`,
    problems: 'Nothing is stored yet. Please look at what is marked below.',
    email: 'Private email address',
    emailHint: 'Not your work address: it would be down as well.',
    phone: 'Mobile number',
    phoneOrLandline: 'Phone number',
    country: 'Country',
    phoneHint: 'We text you a code now, to be sure that it arrives on the day.',
    phoneHintCalls:
      'We text you a code now, to be sure that it arrives on the day. A landline is called.',
    preferred: 'Which should we try first?',
    language: 'Language of our messages',
    submit: 'Send me the codes',
    choice: 'Your choice, and what happens with it',
    choiceText: (organisation: string) =>
      `Giving a private number or address is voluntary, and one of the two is enough. They are used only for outages, drills and this check. Administrators at ${organisation} see ••89 instead of the number. What is confirmed is changed only with a code that we send to it, since a link can be forwarded.`,
    stop: 'Reply STOP to a text message, or use the link in an email, and nothing is sent there any more.',
    without: (who: string) =>
      `You would rather not? Then leave it: your mail waits for you and arrives when Office 365 is back. On the day ${who} can let you in as well; a passkey or printed codes do too, once you have signed in and made them.`,
    suggested: 'what we think you mean',
    asTyped: 'as you typed it',
    whichAddress: 'Which address is right?',
  },
  channel: { sms: 'Text message', email: 'Email' } satisfies Record<ChannelKind, string>,
  /** In place of `sms`, for a number that is called. */
  call: 'Phone call',
  notes: {
    independent: 'Not hosted by Microsoft: it will work when Office 365 does not.',
    weak: 'Hosted by Microsoft: it may be down together with Office 365. A mobile number or another address is safer.',
    shared: 'Somebody else gave this number too. That is allowed: our messages name your login.',
  },
  code: {
    title: 'Enter the codes',
    heading: (count: number) => (count === 1 ? 'Enter the code' : 'Enter the codes'),
    lead: 'A code is six digits long and valid for 15 minutes. Once it is entered we know that our message arrives on the day.',
    sms: (masked: string) => `Code from the text message to ${masked}`,
    email: (masked: string) => `Code from the email to ${masked}`,
    call: (masked: string) => `Code from our call to ${masked}`,
    waiting: 'Waiting for the code',
    needed: 'To be confirmed',
    headingAsk: 'Does this still reach you?',
    leadAsk:
      'It was some time ago that you entered a code for it. We send you one now, to be sure that our message arrives on the day.',
    ask: { sms: 'Text me a code', email: 'Email me a code' } satisfies Record<ChannelKind, string>,
    askCall: 'Call me with a code',
    callInstead: 'Nothing comes? Call me instead',
    callAgain: 'Call me again',
    verified: 'Verified',
    resend: { sms: 'Send another text message', email: 'Send another email' } satisfies Record<
      ChannelKind,
      string
    >,
    oneIsEnough:
      'Only one has arrived? Enter that one now and come back with this link for the other.',
    submit: 'Confirm',
    change: 'Something is wrong with the number or address? Change it',
    problems: 'That did not work yet. Please look at what is marked below.',
    missing: 'Enter the code that we sent you.',
    sentAnother: {
      sms: 'Another text message is on its way. The code before it no longer works.',
      email: 'Another email is on its way. The code before it no longer works.',
      voice: 'We are calling. The code before no longer works.',
    } satisfies Record<ChannelKind | 'voice', string>,
  },
  done: {
    title: 'Alternate info is ready',
    heading: 'Thank you. We can reach you.',
    headingWaiting: 'Almost there',
    headingNothing: 'Nothing is stored',
    leadWaiting:
      'Your alternate info is stored, but no code has been entered yet. Without one we only send you notices, not the way in.',
    leadNothing: (organisation: string) =>
      `We hold no private address or number of yours. If Office 365 fails, ${organisation} cannot send you the way into an emergency mailbox.`,
    stored: 'What is stored',
    first: 'tried first',
    enterCode: 'Enter the missing code',
    day: 'What happens on the day',
    /** Where only a landline is confirmed: no login is spoken to whoever picks up. */
    stepsCalled: (organisation: string, host: string) => [
      `${organisation} starts an emergency event. Within a minute we call you, and say so.`,
      `Open ${host}, enter your work address and have a way in sent: we call again with a code.`,
      'Read and answer your mail there. When Office 365 is back, everything you did is carried back.',
    ],
    steps: (organisation: string, host: string) => [
      `${organisation} starts an emergency event. Within a minute you get a message with a login and a temporary password.`,
      `Open ${host}, sign in and choose a password of your own.`,
      'Read and answer your mail there. When Office 365 is back, everything you did is carried back.',
    ],
    never: 'We never ask for your Office 365 password.',
    ready: 'Two minutes more',
    readyText:
      'Sign in once today, add a passkey, and print a card for your wallet. We send you a code for it.',
    readyButton: 'Make this phone ready',
    change: 'Change',
    isNew: 'New',
    optedOut: 'Opted out: nothing is sent there',
    headingOptedOut: 'We send you nothing',
    leadOptedOut:
      'You have stopped our messages with STOP. On the day we cannot send you the way in. Give the number or address again if you want it.',
    changeText: (who: string) =>
      `Open this link again while it is valid. To change or remove what is confirmed you need a code that we send to it. You no longer have it? Then ${who} can reset it.`,
    changeButton: 'Change my alternate info',
    add: 'Give alternate info',
  },
  trapLabel: 'Leave this empty',
  trapped: 'Nothing was stored: a field that stays empty was filled in. Please try once more.',
  menu: {
    title: 'Change alternate info',
    heading: 'What do you want to change?',
    lead: 'First we send a code to a number or address that you have confirmed. A link alone is not enough: it can be forwarded.',
    none: 'Not given',
    add: { sms: 'Add a number', email: 'Add an address' } satisfies Record<ChannelKind, string>,
    change: { sms: 'Change the number', email: 'Change the address' } satisfies Record<
      ChannelKind,
      string
    >,
    remove: { sms: 'Remove the number', email: 'Remove the address' } satisfies Record<
      ChannelKind,
      string
    >,
    prefer: 'Change which is tried first',
    lost: 'You no longer have them?',
    lostText: (who: string) => `Then ${who} can reset your alternate info, and you give it anew.`,
    back: 'Back, change nothing',
  },
  change: {
    add: { sms: 'Add a mobile number', email: 'Add a private address' } satisfies Record<
      ChannelKind,
      string
    >,
    replace: {
      sms: (masked: string) => `Change the number ${masked}`,
      email: (masked: string) => `Change the address ${masked}`,
    },
    remove: {
      sms: (masked: string) => `Remove the number ${masked}`,
      email: (masked: string) => `Remove the address ${masked}`,
    },
    prefer: 'Which should we try first?',
    lead: 'So that nobody else does this with your link, we send a code first. You and your work mailbox are told of the change.',
    where: 'Where shall the code go?',
    send: 'Send me the code',
    code: (masked: string) => `Code that we sent to ${masked}`,
    codeHint: 'Six digits, valid for 15 minutes',
    newValue: { sms: 'New mobile number', email: 'New private address' } satisfies Record<
      ChannelKind,
      string
    >,
    again: (masked: string) => `Send another code to ${masked}`,
    sent: 'The code is on its way.',
    removed: 'It was removed.',
    preferred: 'That is tried first from now on.',
    submitReplace: 'Send a code to the new one',
    submitPrefer: 'Save',
    back: 'Back, change nothing',
  },
  withdraw: {
    heading: {
      sms: (masked: string) => `Remove the number ${masked}`,
      email: (masked: string) => `Remove the address ${masked}`,
    },
    lead: 'It was never confirmed. It is forgotten at once, and the code that we sent no longer works.',
    label: (word: string) => `Type ${word} to remove it`,
    hint: 'So that no program that follows links does it for you.',
  },
  notMe: {
    title: 'Was this you?',
    heading: 'Was this you?',
    happened: (at: string) => `It happened on ${at}.`,
    nothing: 'If it was you, there is nothing to do: close this page.',
    label: (word: string) => `It was not you? Type ${word}`,
    hint: 'So that no program that follows links decides this for you.',
    submit: 'It was not me',
    after: 'What happens then',
    will: (organisation: string) => [
      'The change is taken back, and everybody is signed out of your emergency mailbox.',
      'You get a new link at your work address. Until you enter your codes again, no login is sent to your private address or phone.',
      `The administrators at ${organisation} are told.`,
    ],
    doneTitle: 'The change was taken back',
    doneHeading: 'The change was taken back',
    done: (organisation: string) => [
      'Everybody was signed out of your emergency mailbox.',
      'A new link is on its way to your work address. Until you enter your codes again, no login is sent to your private address or phone.',
      `The administrators at ${organisation} are being told.`,
    ],
    todo: (who: string) =>
      `Somebody may be able to read your work mailbox or your messages. Change the password of the account, and talk to ${who}.`,
  },
  stop: {
    heading: 'No more messages?',
    lead: (masked: string, organisation: string) =>
      `Then we send nothing to ${masked} any more: no codes, no drills, and no way in when email is down at ${organisation}.`,
    label: (word: string) => `Type ${word} to stop our messages`,
    hint: 'So that no program that follows links does it for you.',
    submit: 'Stop messages',
    doneHeading: 'You get no more messages',
    done: (masked: string, organisation: string) =>
      `Nothing is sent to ${masked} any more. The administrators at ${organisation} see that you have opted out.`,
    back: 'Changed your mind? Give the address again with the link in your work mailbox, or ask for a new link.',
  },
  invalid: {
    title: 'This link no longer works',
    heading: 'This link no longer works',
    lead: 'It has expired, or a newer one has replaced it. Nothing that you gave before is lost.',
    leadNotMe: 'It has expired, or it was cut off on the way here.',
    todoNotMe: (who: string) =>
      `If you did not make the change that the message was about, tell ${who}.`,
    todo: (who: string) =>
      `Look for the newest message from us in your mailbox, or ask ${who} for another one.`,
  },
} as const;

export type InfoWords = Words<typeof ENGLISH>;
