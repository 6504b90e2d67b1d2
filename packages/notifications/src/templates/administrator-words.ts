/** Every word of every notice to administrators: English, as the console is. */
export const FOR_ADMINISTRATORS = {
  domainAlert: {
    subject: '{title}',
    greeting: null,
    body: [
      '{title}.',
      '{consequence}',
      'Seen in DNS since {since}: {seen}',
      '{mend}',
      'You get this because you administer Email Continuity at {organisation}. It is said once; the console shows it until it is mended.',
    ],
    action: 'Open Domains',
  },
  changeDisputed: {
    subject: '{address} says: that was not me',
    greeting: null,
    body: [
      '{address} says that this was somebody else: {what} It happened on {at}.',
      'The change was taken back and every session of the emergency mailbox was ended. The user was sent a new link; until they enter their codes again, no login goes to their channels.',
      'Call them, at a number you know, and ask what happened. Whoever made the change could read a code that was sent to one of their channels or to their work mailbox.',
      'You get this because you administer Email Continuity at {organisation}.',
    ],
    action: 'Open the user',
  },
  administratorInvitation: {
    subject: 'You are asked to help run Email Continuity at {organisation}',
    greeting: 'Hello {name},',
    body: [
      '{by} asks you to help run Email Continuity at {organisation}, as {role}.',
      '{duties}',
      'Open the link and choose a password. It is yours alone, works once, and for {validDays} days.',
      'If you do not know {by}, ignore this message.',
    ],
    action: 'Accept',
  },
  roles: {
    owner: 'owner',
    administrator: 'administrator',
    helpdesk: 'helpdesk',
    auditor: 'auditor',
  },
  duties: {
    owner: 'Owners do everything, and decide who administers.',
    administrator: 'Administrators do everything but decide who administers.',
    helpdesk:
      'The helpdesk helps users in: requests, resets, and codes that are read out. It sees no queue and no message.',
    auditor: 'Auditors look at everything, the content of mail excepted, and change nothing.',
  },
  administratorsChanged: {
    subject: '{what}',
    greeting: null,
    body: [
      '{what}. By {by}, {at}.',
      'If you do not know of this, ask {by} by telephone. Owners can take a role away again under Settings.',
      'You get this because you administer Email Continuity at {organisation}.',
    ],
    action: 'Open Settings',
  },
  administratorsChangedWhat: {
    invited: '{email} was asked to administer, as {role}',
    role: '{email} is {role} from now on',
    removed: '{email} does not administer any more',
  },
  helpdeskCodeMade: {
    subject: 'A sign-in code was made for {address}',
    greeting: null,
    body: [
      '{by} has made a code that lets somebody in to the emergency mailbox of {address} at {organisation} ({at}).',
      '{address} has no confirmed phone or private address and could be told only in that mailbox. So every administrator is told.',
      'If nobody has agreed to this, sign the user out everywhere on the users page, and ask who was on the telephone.',
    ],
    action: 'Open Users',
  },
} as const;
