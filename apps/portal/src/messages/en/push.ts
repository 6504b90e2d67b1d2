export const push = {
  heading: 'News on this device',
  tell: 'Tell me on this device when new mail comes',
  tellText:
    'While an emergency lasts, also with this page closed. The message says that there is new mail, and nothing of what it says or who sent it. It ends when you sign out.',
  cannot: {
    denied:
      'Your browser’s settings for this page refuse notifications. Allow them there, then come back here.',
    'needs-home-screen':
      'On an iPhone or iPad this works from the home screen only: in Safari, tap Share, then Add to Home Screen, and open it from there.',
    unsupported:
      'This browser cannot tell you of new mail while the page is closed. Open it to look.',
  },
  browserAsks: 'Your browser asks whether this page may notify you. Answer it there.',
  notAnswered: 'Your browser was not told yes, so nothing is told on this device.',
  browserRefused:
    'Your browser could not set this up: private windows cannot, or its push service is out of reach. Nothing is told on this device; the page shows new mail as before.',
  ask: 'Shall this device tell you when new mail comes?',
  askText: 'Also with this page closed. The message says nothing of what is in the mail.',
  askYes: 'Yes, tell me',
  askNo: 'Not now',
  isOn: 'This device tells you when new mail comes.',
  isOff: 'Nothing is told on this device. You can change that under Your account and devices.',
} as const;
