import { counted, formatCount } from '../../format/counts.ts';

const entries = (count: number): string => counted(count, 'entry', 'entries');

/** What the page about lists in Office 365 says: the copy, its record, and the difference of today. */
export const office365Lists = {
  title: 'Lists in Office 365',
  text: 'What was copied from there once, what was not, and what is different today. Nothing is copied again by itself.',
  back: 'Email Security',
  exportCsv: 'Record as CSV',
  never: 'Nothing was copied yet',
  neverText:
    'The lists are read when Email Continuity is installed. What is missing for it can be tried again under Email Continuity.',
  toInstallation: 'To Email Continuity',
  read: 'What was read',
  part: 'Part',
  found: 'Found',
  result: 'Result',
  sections: {
    'content-filter': 'Anti-spam policies',
    'content-filter-rules': 'Rules of the anti-spam policies',
    'tenant-senders': 'Tenant Allow/Block List: senders',
    'tenant-ips': 'Tenant Allow/Block List: IP addresses',
    'connection-filter': 'Connection filter policy',
    'not-filtered': 'Tenant Allow/Block List: URLs and files',
    spoofs: 'Spoofed senders',
  },
  wasRead: 'Read',
  notRead: 'Could not be read',
  notCarried: 'Not carried over',
  notCarriedText: 'Office 365 goes on applying these to the mail that we pass on.',
  urls: (count: number) =>
    `${counted(count, 'URL', 'URLs')}: we do not filter by links in messages.`,
  files: (count: number) =>
    `${counted(count, 'file', 'files')}: we do not filter by checksums of attachments.`,
  simulations: (count: number) =>
    `${entries(count)} of the advanced delivery policy: phishing drills and mailboxes of security teams.`,
  idle: (names: string) => `Policies that apply to nobody: ${names}.`,
  spoofs: 'Who may send under another name',
  spoofsText:
    'For information. Here a sender counts as genuine by SPF, DKIM and DMARC alone; add the sending addresses to the allow list if such mail is held back.',
  spoofLine: (sender: string, infrastructure: string) => `${sender} by way of ${infrastructure}`,
  users: 'Junk settings of mailboxes',
  usersText:
    'Safe and blocked senders that people keep in Outlook become their own lists here. Each mailbox is read once.',
  usersRead: (read: number, all: number) =>
    `${formatCount(read)} of ${counted(all, 'mailbox', 'mailboxes')} read`,
  usersHave: (count: number, users: number) =>
    `${entries(count)} of ${counted(users, 'user', 'users')}`,
  usersState: {
    waiting: 'Waiting for its turn',
    running: 'Reading, about one mailbox a second',
    done: 'Finished',
    failed: 'Stopped',
  },
  readRest: (count: number) => `Read ${counted(count, 'mailbox', 'mailboxes')}`,
  unreadable: 'Could not be read',
  compare: 'Compare with Office 365 now',
  compareAgain: 'Compare again',
  comparing: 'Office 365 is being asked. This takes a few seconds.',
  difference: 'Difference',
  differenceText:
    'Read now, changed by nobody. Lists of single mailboxes are left out: that would take a call for each.',
  comparedAt: (when: string) => `As of ${when}`,
  same: (count: number) => `${entries(count)} the same on both sides.`,
  noDifference: 'No difference',
  onlyThere: (count: number) => `Only in Office 365 (${formatCount(count)})`,
  onlyHere: (count: number) => `Only here (${formatCount(count)})`,
  different: (count: number) => `Said differently (${formatCount(count)})`,
  refused: (count: number) => `In Office 365 and never taken over (${formatCount(count)})`,
  shown: (shown: number, all: number) =>
    `The first ${formatCount(shown)} of ${formatCount(all)} are shown.`,
  unread: 'What these hold is missing from the comparison:',
  choose: (value: string) => `Choose ${value}`,
  take: (count: number) =>
    count === 0 ? 'Take over what is ticked' : `Take over ${entries(count)}`,
  taken: (count: number) => `${entries(count)} taken over`,
  here: 'Here',
  there: 'In Office 365',
  kinds: { allow: 'allowed', block: 'blocked' },
  until: (when: string) => `until ${when}`,
  forDomain: (domain: string) => `for ${domain}`,
  forUser: (address: string) => `for ${address}`,
  record: 'Record of the copy',
  recordText: 'Every entry that was read, and what became of it.',
  ofUsers: 'Mailboxes as well',
  outcome: 'Outcome',
  outcomes: { copied: 'Copied', doubled: 'There already', refused: 'Left out' },
  source: 'Where from',
  sources: {
    'content-filter': 'Anti-spam policy',
    'connection-filter': 'Connection filter',
    'tenant-list': 'Tenant Allow/Block List',
    'junk-settings': 'Mailbox',
  },
  entry: 'Entry',
  when: 'When',
  noItems: 'Nothing of this kind was read',
  more: 'Next',
  fewer: 'Previous',
};
