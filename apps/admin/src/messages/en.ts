import type { DomainView, OverviewShape, PrimaryStateWord, UserRow } from './vocabulary.ts';
import { counted, formatCount, listed } from '../format/counts.ts';
import { mailFlow } from './en-mail-flow.ts';

type Reason = NonNullable<UserRow['reason']>;
type DkimStateWord = DomainView['outbound']['keys'][number]['state'];
type OverviewFate = DomainView['outbound']['fate'];

const failingFate: Readonly<Record<OverviewFate, string>> = {
  accepted: 'accepted',
  doubted: 'may be taken for spam',
  junked: 'land in junk folders',
  rejected: 'rejected by recipients',
  unknown: 'not known',
};

const MAIL_STILL_ARRIVES = 'Its mail still arrives and is queued in an outage.';

const reasonWhy: Readonly<Record<Reason, string>> = {
  'initial-domain':
    'the address is on the tenant’s initial onmicrosoft.com domain, whose MX cannot be changed.',
  'public-folder': 'mail-enabled public folder.',
  'shared-mailbox': 'a shared mailbox has no person to sign in.',
  room: 'a room has no person to sign in.',
  equipment: 'equipment has no person to sign in.',
  group: 'a group is not a mailbox. Its protected members see its mail.',
  contact: 'a contact’s mailbox is outside the organisation.',
  guest: 'a guest’s mailbox is outside the organisation.',
  'no-mailbox': 'no Exchange mailbox is assigned.',
  'domain-not-verified': 'the domain is not verified for mail in Office 365.',
};

const reasonShort: Readonly<Record<Reason, string>> = {
  'initial-domain': 'On the initial onmicrosoft.com domain',
  'public-folder': 'Mail-enabled public folders',
  'shared-mailbox': 'Shared mailboxes',
  room: 'Rooms',
  equipment: 'Equipment',
  group: 'Groups',
  contact: 'Contacts',
  guest: 'Guests',
  'no-mailbox': 'Without a mailbox',
  'domain-not-verified': 'On a domain that is not verified',
};

const users = (count: number): string => counted(count, 'user', 'users');
const people = (count: number): string => counted(count, 'person', 'people');
const messages = (count: number): string => counted(count, 'message', 'messages');

/** Every word the console says. Keys follow the pages; functions where a number or a name is put in. */
export const en = {
  product: 'Holdfast',
  pageTitle: (page: string) => `${page} · Holdfast`,
  skipToContent: 'Skip to content',
  none: '–',
  close: 'Close',
  cancel: 'Cancel',
  back: 'Back',
  next: 'Continue',
  discard: 'Discard',
  saveChanges: 'Save changes',
  tryAgain: 'Try again',
  refresh: 'Refresh',
  loading: 'Loading',
  copy: 'Copy',
  copied: 'Copied',
  learnMore: 'Learn more',
  demo: 'Demo',
  demoLong: 'Demo organisation. Office 365 and the outside world are simulated.',
  optional: 'optional',

  problem: {
    unreachable: 'Holdfast’s web server did not answer.',
    unreachableMeaning:
      'Mail is accepted and relayed by other processes and goes on. Check that you are online, then try again.',
    outdated: 'Reload',
    notFound: 'There is no such page',
    notFoundText: 'The address may be from an older version, or was typed by hand.',
    toOverview: 'Go to Overview',
    crashed: 'This page stopped',
    crashedText:
      'A fault in the console, not in your mail. Reload the page; if it comes back, restart the web role.',
    reload: 'Reload',
  },

  signIn: {
    title: 'Sign in',
    text: 'Administration of email continuity. This sign-in does not need Microsoft.',
    email: 'Email',
    password: 'Password',
    show: 'Show',
    hide: 'Hide',
    submit: 'Sign in',
  },
  setUp: {
    title: 'Set up Holdfast',
    text: 'You are the first administrator. This link works once.',
    organisation: 'Organisation',
    name: 'Your name',
    email: 'Email',
    emailHint: 'One that works while Office 365 is down is best.',
    password: 'Password',
    passwordHint: 'At least 12 characters. A sentence is fine.',
    submit: 'Create organisation',
    noToken: 'The set-up link is incomplete',
    noTokenText:
      'The address must end with # and the token that holdfast start printed. Copy the whole line from the terminal.',
  },

  frame: {
    navigation: 'Main',
    openMenu: 'Open menu',
    closeMenu: 'Close menu',
    continuity: 'Email Continuity',
    mail: 'Mail flow',
    queue: 'Queue',
    quarantine: 'Quarantine',
    trace: 'Trace',
    overview: 'Overview',
    users: 'Users',
    domains: 'Domains',
    event: 'Emergency event',
    security: 'Email Security',
    connection: 'Connection',
    protect: 'Protect users',
    signOut: 'Sign out',
    role: { owner: 'Owner', administrator: 'Administrator' },
    palette: 'Go to or do',
    shortcuts: 'Keyboard shortcuts',
    attention: 'needs attention',
    eventActive: (since: string) => `Emergency event is active since ${since}.`,
    eventActiveText: 'Users read and answer in their emergency mailboxes.',
    eventRecovering: (since: string) => `Recovering since ${since}.`,
    eventRecoveringText: 'Mail is being put back. Emergency mailboxes are read-only.',
    eventOpen: 'Open event',
  },
  palette: {
    title: 'Command palette',
    placeholder: 'Type a page or an action',
    none: 'Nothing by that name.',
    pages: 'Pages',
    actions: 'Actions',
    refreshMailboxes: 'Refresh mailboxes',
    requestInfo: 'Request alternate info…',
    cannotBeReached: 'Users who cannot be reached today',
    startEvent: 'Start an emergency event…',
    showShortcuts: 'Show keyboard shortcuts',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    rows: [
      ['Ctrl K', 'Command palette'],
      ['/', 'Filter the list'],
      ['?', 'This list'],
      ['↑ ↓', 'Move in a table'],
      ['Space', 'Tick'],
      ['Enter', 'Open'],
      ['Esc', 'Close'],
    ] as readonly (readonly [string, string])[],
  },

  state: {
    alternateInfo: {
      missing: 'Never asked',
      asked: 'Asked, no answer',
      given: 'Given, not verified',
      verified: 'Verified',
      opened: 'Opened once',
    },
    alternateInfoLegend: {
      missing: 'Never asked',
      asked: 'Asked',
      given: 'Given, not verified',
      verified: 'Verified',
      opened: 'Opened once',
    },
    kind: {
      user: 'User',
      'shared-mailbox': 'Shared mailbox',
      room: 'Room',
      equipment: 'Equipment',
      group: 'Group',
      'dynamic-group': 'Dynamic group',
      'public-folder': 'Public folder',
      contact: 'Contact',
      guest: 'Guest',
    },
    primary: {
      healthy: 'Healthy',
      suspect: 'Suspect',
      down: 'Down',
      recovering: 'Recovering',
    } satisfies Record<PrimaryStateWord, string>,
    domain: {
      unchecked: 'Not checked yet',
      wrong: 'MX does not point here',
      partial: 'MX points here in part',
      correct: 'MX points here',
      drifted: 'MX has changed',
    } satisfies Record<DomainView['state'], string>,
    channel: { sms: 'SMS', email: 'Alternate email' },
  },
  ineligible: {
    why: (reason: Reason) => `Cannot be protected: ${reasonWhy[reason]} ${MAIL_STILL_ARRIVES}`,
    short: (reason: Reason) => reasonShort[reason],
  },

  primary: {
    sentence: (state: PrimaryStateWord, shape: OverviewShape, since: string): string => {
      switch (state) {
        case 'healthy':
          return `Office 365 accepts mail and mailboxes open. Since ${since}.`;
        case 'recovering':
          return `Office 365 is coming back. Watching until it stays. Since ${since}.`;
        case 'suspect':
          return `${shapeSentence(shape, 'may')} Since ${since}.`;
        case 'down':
          return `${shapeSentence(shape, 'is')} Since ${since}.`;
      }
    },
    unseenWord: 'Not observed yet',
    unseen: 'Nothing has been observed yet. No traffic is not the same as healthy.',
    sources: 'What was seen last',
    source: (source: string): string => SOURCE_WORDS[source] ?? source,
    good: 'Good',
    bad: 'Failing',
  },

  overview: {
    title: 'Overview',
    mail: 'Is mail flowing?',
    mailGood: 'Flowing',
    mailWaiting: 'Waiting',
    mailQuiet: 'No mail in 24 h',
    mailSentence: (accepted: number, delivered: number) =>
      `${messages(accepted)} accepted in 24 h, ${formatCount(delivered)} delivered.`,
    mailNone: 'Nothing was accepted in the last 24 h. Mail arrives once MX points here.',
    mailWaitingCount: (waiting: number) => `${messages(waiting)} waiting`,
    mailWaitingRest: (oldest: string | null) =>
      ` for Office 365${oldest === null ? '' : `, the oldest for ${oldest}`}. Nothing is lost.`,
    inReview: (count: number) => `${messages(count)} held`,
    quarantined: (count: number) => `${messages(count)} in quarantine`,
    office: 'Is Office 365 healthy?',
    reach: 'Could we reach everyone?',
    reachSentence: (reachable: number, all: number) =>
      `${formatCount(reachable)} of ${formatCount(all)} protected users.`,
    reachNone: 'No user is protected yet.',
    reachGood: 'Everyone',
    reachPart: (missing: number) => `${formatCount(missing)} not reachable`,
    notProtected: 'Nobody protected',
    needs: 'What needs you',
    needsNothing: 'Nothing needs you now.',
    needsNothingText: 'Alerts, drift in MX and users who cannot be reached appear here.',
    level: { problem: 'Problem', attention: 'Attention' },
    open: 'Open',
    strip: 'Mail in the last 24 hours',
    stripSummary: (accepted: number, delivered: number) =>
      `${formatCount(accepted)} accepted, ${formatCount(delivered)} delivered in the last 24 hours`,
    stripHour: (hour: string, accepted: number, delivered: number) =>
      `${hour}: ${formatCount(accepted)} accepted, ${formatCount(delivered)} delivered`,
    accepted: 'Accepted',
    delivered: 'Delivered',
    perHour: (top: number) => `${formatCount(top)} an hour`,
    ledger: 'Ledger',
  },
  ledger: {
    accepted: (count: number) => `${formatCount(count)} accepted`,
    count: {
      delivered: (count: number) => `${formatCount(count)} delivered`,
      waiting: (count: number) => `${formatCount(count)} waiting`,
      review: (count: number) => `${formatCount(count)} in review`,
      quarantined: (count: number) => `${formatCount(count)} in quarantine`,
      discarded: (count: number) => `${formatCount(count)} discarded`,
      bounced: (count: number) => `${formatCount(count)} bounced`,
      ingest: (count: number) => `${formatCount(count)} being recorded`,
      lost: (count: number) => `${formatCount(count)} lost`,
    },
    part: {
      inbound: 'Mail from outside',
      outbound: 'Written in emergency mailboxes',
      notices: 'Our own notices and reports',
    },
    balanced: 'Balanced',
    unbalanced: 'Does not add up',
    meaning:
      'Every accepted recipient, counted from the mail store itself, is in exactly one state.',
    unbalancedMeaning:
      'Accepted recipients and recorded ones differ. Mail is on disk. Run holdfast doctor to see which records are missing.',
  },

  continuity: {
    title: 'Email Continuity',
    notInPlan: 'Email Continuity is not in your plan',
    notInPlanText: (plan: string) =>
      `Your plan, ${plan}, filters and relays mail. It does not include emergency mailboxes. Mail is not affected.`,
    notInPlanNext:
      'To add it, ask whoever runs this Holdfast server to include Email Continuity in the organisation’s plan.',
    notInstalled: 'Email Continuity is not installed yet',
    does: [
      'When Office 365 is down, protected users read and answer mail in an emergency mailbox on their phone, and everything is put back afterwards.',
      'For that, the MX records of your domains will point at Holdfast, which accepts every message, keeps a 30-day copy and relays it to Office 365.',
      'Filtering moves here as well: your allow and block lists are copied once, and Holdfast’s addresses are allowed in Office 365.',
    ] as readonly string[],
    nothingChanges:
      'Nothing changes until you install at the end of the next steps. MX stays with you.',
    protectNow: 'Protect users now',
    installedAt: (at: string) => `Installed ${at}.`,
  },
  wizard: {
    title: 'Protect users',
    progress: (step: number, of: number) => `Step ${step} of ${of}`,
    stepsLabel: 'Steps',
    done: 'done',
    steps: {
      connect: 'Connect',
      refresh: 'Refresh mailboxes',
      choose: 'Choose users',
      'new-users': 'New users',
      review: 'Review',
      result: 'Install',
    },
    connect: {
      title: 'Connect Office 365',
      text: 'Holdfast uses an application in your own tenant. Register it in the Entra admin centre with these permissions, have an administrator consent to them, and enter its three values.',
      permissions: 'Permissions (application), and what needs them',
      permission: [
        ['User.Read.All, MailboxSettings.Read', 'Reading users and shared mailboxes'],
        ['GroupMember.Read.All, OrgContact.Read.All', 'Reading groups and contacts'],
        ['Domain.Read.All, Organization.Read.All', 'Reading domains and their MX'],
        ['ServiceHealth.Read.All', 'Microsoft’s own word on an outage'],
        [
          'Exchange.ManageAsApp',
          'Copying your lists and allowing our addresses, once, at installation',
        ],
        ['Mail.ReadWrite', 'Putting sent mail into Sent Items after an event'],
      ] as readonly (readonly [string, string])[],
      tenantId: 'Tenant ID',
      clientId: 'Application (client) ID',
      secret: 'Client secret',
      secretHint: 'Sealed on the server. It is never shown again.',
      submit: 'Connect and check',
      again: 'Check again',
      change: 'Use another application…',
      connectedTo: (name: string) => `Connected to ${name}`,
      notConnected: 'Not connected',
      initialDomain: 'Initial domain',
      connectedAt: 'Connected',
      preflight: 'What works',
      preflightAt: (when: string) => `Checked ${when}`,
      preflightNone: 'Connecting checks each of them and says what works.',
      works: 'Works',
      blocked: 'Missing',
      check: (check: string): string => CHECK_WORDS[check] ?? check,
      blocks: (what: string) => `Without it: ${what}`,
      someMissing: (count: number) =>
        `${counted(count, 'check', 'checks')} failed. You can go on; what each one blocks is listed.`,
    },
    refresh: {
      title: 'Refresh mailboxes',
      text: 'Reads users, groups, shared mailboxes and domains from Office 365. It runs on the server; you may leave this page.',
      start: 'Refresh mailboxes',
      again: 'Refresh again',
      never: 'Never refreshed',
      at: (when: string) => `Last refreshed ${when}`,
      running: (seen: number) => `Reading from Office 365: ${formatCount(seen)} seen so far`,
      waiting: 'Waiting to start',
      needsConfirmation: 'Stopped for your confirmation',
      confirm: 'Remove them',
      confirmTitle: 'Go on although many would go?',
      confirmText:
        'Office 365 is read again, and what it says then is applied. People removed there lose their emergency mailbox here, and mail to removed addresses is refused.',
      confirmDo: 'Remove them',
      failed: 'Refresh failed',
      failedText: 'What was read before stays in use. Mail is not affected.',
      done: 'Refreshed',
      result: (added: number, changed: number, removed: number) =>
        `+${formatCount(added)} new · ${formatCount(changed)} changed · ${formatCount(removed)} gone`,
      counts: (eligible: number, ineligible: number) =>
        `${users(eligible)} can be protected. ${formatCount(ineligible)} other addresses cannot; their mail still arrives.`,
      incomplete: 'The recipient list is not complete yet.',
    },
    choose: {
      title: 'Who gets an emergency mailbox',
      all: 'Protect all Office 365 users',
      allText: (count: number) => `${users(count)} who can be protected today.`,
      some: 'Choose users',
      someText: 'Tick the people who get an emergency mailbox.',
      chosen: (count: number) => `${users(count)} chosen`,
      needOne: 'Choose at least one user, or protect all.',
      needChoice: 'Choose who is protected.',
    },
    newUsers: {
      title: 'People who join later',
      question: 'Enable Email Continuity for new users automatically?',
      yes: 'Yes, protect new users',
      yesText:
        'They are asked for alternate info as soon as their mailbox exists. Stops at the end of your seats, with an alert.',
      no: 'No, I will tick them myself',
      noText:
        'New users appear in the list, not protected. Their mail is relayed and queued like any other.',
      needChoice: 'Choose yes or no.',
    },
    review: {
      title: 'Review and install',
      text: 'This is what happens when you install.',
      protect: (count: number) => `${users(count)} will be protected`,
      protectText: (requests: number) =>
        `${people(requests)} get a notice and the request for alternate info by email, now.`,
      domains: (names: readonly string[]) =>
        names.length === 0 ? 'No domain carries mail' : `Domains: ${listed(names)}`,
      domainsText: 'MX is not changed by this. The Domains page leads through it afterwards.',
      ineligible: (count: number) => `${formatCount(count)} addresses cannot be protected`,
      ineligibleText:
        'Their mail still arrives, is filtered and relayed, and is queued in an outage.',
      lists: 'Allow and block lists are copied from Office 365, once',
      listsText:
        'A missing permission leaves them “not copied yet” and can be retried. Afterwards they are managed here.',
      listsAlready: 'Allow and block lists were copied before',
      listsAlreadyText: 'They are not copied again. Manage them under Email Security.',
      addresses: 'Our addresses go on the tenant’s IP allow list',
      addressesText:
        'They are merged with what is there. Allowing an address switches Microsoft’s own spam filter off for mail that comes through it: from then on Holdfast filters. Enhanced Filtering on the inbound connector keeps both.',
      newUsersOn: 'New users are protected automatically',
      newUsersOff: 'New users are not protected until you tick them',
      seats: (wanted: number, available: number) =>
        `Seats: ${formatCount(wanted)} needed, ${formatCount(available)} in your plan`,
      seatsShort:
        'Your plan has too few seats. Go back and choose fewer users, or have the plan extended.',
      install: 'Install',
      incomplete: 'Some choices are missing',
      incompleteText: 'Go back to the step that is not done yet. Nothing was installed.',
    },
    result: {
      title: 'Installed',
      notYet: 'Not installed yet',
      notYetText: 'Go back to the review to install.',
      text: 'Users are protected from now on. Mail comes through us once MX points here.',
      steps: {
        'copy-lists': 'Copy allow and block lists from Office 365',
        'allow-addresses': 'Put our addresses on the tenant’s IP allow list',
      },
      state: { waiting: 'Waiting', done: 'Done', failed: 'Not done yet' },
      retry: 'Try again',
      failedText:
        'Users are protected and mail is not affected by this. Give the permission, then try again.',
      next: 'Next: point MX here',
      toUsers: 'See users',
    },
  },

  users: {
    title: 'Users',
    text: 'Protected users get an emergency mailbox when Office 365 is down. Alternate info is the only way to send them their login.',
    synchronised: (when: string) => `Synchronised ${when}`,
    never: 'Never synchronised',
    requestInfo: 'Request alternate info…',
    coverage: 'Coverage',
    reachableToday: (all: number) => `of ${formatCount(all)} reachable today`,
    cannotBeReached: (count: number) => `${formatCount(count)} cannot be reached`,
    everyoneReached: 'Everyone can be reached',
    search: 'Name or address',
    filters: 'Filters',
    info: 'Alternate info',
    infoMissing: 'missing',
    protected: 'Protected',
    yes: 'yes',
    no: 'no',
    kind: 'Kind',
    remove: (filter: string) => `Remove filter ${filter}`,
    clear: 'Clear filters',
    csv: 'Export CSV',
    table: 'Users',
    column: {
      user: 'User',
      kind: 'Kind',
      info: 'Alternate info',
      asked: 'Last asked',
      signedIn: 'Signed in',
    },
    tick: (name: string) => `Protect ${name}`,
    tickPage: 'Protect everyone on this page who can be',
    willBeAsked: 'will be asked on save',
    notProtected: 'Not protected',
    willNotBe: 'no longer on save',
    notEffective: 'MX does not point here yet',
    accountDisabled: 'sign-in disabled in Office 365',
    range: (from: number, to: number, total: number) =>
      `${formatCount(from)}–${formatCount(to)} of ${formatCount(total)}`,
    previous: 'Previous page',
    nextPage: 'Next page',
    keys: '↑ ↓ to move · Space to tick · Enter to open',
    empty: 'No users yet',
    emptyText: 'Refresh reads them from Office 365.',
    noMatch: 'Nobody matches',
    noMatchText: 'Remove a filter or search for something else.',
    willProtect: (count: number) => `${users(count)} will be protected`,
    willProtectText: 'They get a notice and the request for alternate info.',
    willUnprotect: (count: number) => `${users(count)} will no longer be protected`,
    willUnprotectText: 'Mail still arrives. Their emergency mailbox closes for them at once.',
    willBoth: (on: number, off: number) =>
      `${users(on)} will be protected, ${formatCount(off)} no longer`,
    willBothText:
      'The first get a notice and the request for alternate info. Emergency mailboxes of the others close for them at once.',
    saved: (on: number, off: number) =>
      [
        on > 0 ? `${users(on)} now protected` : null,
        off > 0 ? `${users(off)} no longer protected` : null,
      ]
        .filter((part) => part !== null)
        .join(', ') || 'Nothing changed',
    refused: (count: number) => `${formatCount(count)} could not be protected`,
    row: {
      address: 'Address',
      aliases: 'Also receives as',
      protection: 'Email Continuity',
      channels: 'Alternate info',
      reset: 'Reset alternate info…',
      resetWhat:
        'Everything this person gave is removed, and no login can be sent to it any more. Ask them again afterwards: they start from nothing.',
      resetKeep: 'Keep it',
      resetConfirm: 'Reset alternate info',
      resetDone: 'Alternate info was reset. Ask again to get it anew.',
      noChannels: 'Nothing given yet.',
      verified: 'verified',
      unverified: 'not verified',
      weak: 'hosted by Microsoft, may be down as well',
      asked: 'Last asked',
      signedIn: 'Last signed in',
      request: 'Request alternate info',
      isProtected: 'Protected',
      effective: 'Protected and effective',
    },
    request: {
      title: 'Request alternate info',
      text: 'An email to the work address with a personal link. The link is valid for 14 days and replaces earlier ones.',
      missing: 'Everyone still missing',
      missingText: (count: number) => `${people(count)} protected who gave nothing verified yet.`,
      some: 'Choose people',
      someText: 'Also those who answered before.',
      confirm: (count: number) => `Send ${counted(count, 'request', 'requests')}`,
      nobody: 'Nobody to ask',
      needOne: 'Choose at least one person.',
      sent: (count: number) => `${counted(count, 'request', 'requests')} on the way`,
    },
    picker: {
      search: 'Search name or address',
      chosen: (count: number) => `${formatCount(count)} chosen`,
      clear: 'Clear',
      of: (total: number) => `${formatCount(total)} in the list`,
      label: 'People to choose from',
      choose: (name: string) => `Choose ${name}`,
    },
    refreshing: 'Refreshing',
  },

  domains: {
    title: 'Domains',
    text: 'A domain’s mail is safe in an outage once its MX records point here. Until then its users are selected, not effective yet.',
    expected: 'Expected MX',
    observed: 'Observed MX',
    observedNone: 'None found',
    ttl: 'TTL',
    ttlValue: (seconds: number) => `${formatCount(seconds)} s`,
    lastCheck: 'Last check',
    never: 'Never',
    checkAgain: 'Check again',
    checking: 'Checking…',
    missing: 'missing',
    foreign: 'not ours',
    notProtectable: {
      'initial-domain':
        'Cannot be protected: the tenant’s initial domain. Its MX belongs to Microsoft and cannot be changed. Its mail goes straight to Office 365.',
      'no-mail-service': 'Carries no mail: Email is not enabled for this domain in Office 365.',
      'not-verified': 'Not verified in Office 365 yet. Verify it there, then refresh mailboxes.',
    },
    notProtectableWord: 'Not protectable',
    sentence: {
      unchecked: 'Its MX has not been looked up yet.',
      wrong: 'Mail goes past us. In an outage it is not readable here.',
      partial: 'Part of the mail goes past us. In an outage that part is not readable here.',
      correct: 'All mail of this domain comes through us.',
      drifted: 'It pointed here before. Mail may be going past us; check who changed the record.',
    },
    outbound: {
      title: 'Replies from emergency mailboxes',
      fate: {
        accepted: 'Proved genuine',
        doubted: 'May be taken for spam',
        junked: 'Would land in junk folders',
        rejected: 'Would be rejected',
        unknown: 'Not known yet',
      } satisfies Record<DomainView['outbound']['fate'], string>,
      consequence: {
        accepted:
          'Recipients can tell that replies really come from this domain. DKIM and SPF together are best: one of them still holds when a reply is forwarded.',
        doubted:
          'In an outage, replies would leave from our servers with neither DKIM nor SPF to prove them. Some recipients would take them for spam. Enter one of the records below, better both.',
        junked:
          'In an outage, replies would leave with neither DKIM nor SPF to prove them, and the domain’s own DMARC policy tells recipients to put such mail into junk folders. Enter one of the records below, better both.',
        rejected:
          'In an outage, replies would be rejected by recipients: neither DKIM nor SPF proves them. Enter one of the records below, better both.',
        unknown: 'What recipients would find could not be looked up yet.',
      } satisfies Record<DomainView['outbound']['fate'], string>,
      dkim: 'DKIM',
      noKey: 'The key is made when the domain is checked for the first time.',
      keyState: {
        unchecked: 'Not checked yet',
        missing: 'Not published yet',
        wrong: 'Published wrongly',
        correct: 'Published',
        drifted: 'Has changed',
      } satisfies Record<DkimStateWord, string>,
      keySentence: {
        unchecked: 'Enter this record. Mail is signed once it has been seen.',
        missing: 'Enter this record. Mail is signed once it has been seen.',
        wrong: 'Something else stands at this name. Replace it with this record.',
        correct: 'Mail that leaves here is signed with this key.',
        drifted: 'It was right before. Mail leaves unsigned until it is back.',
      } satisfies Record<DkimStateWord, string>,
      strings: 'If your provider wants parts of at most 255 characters:',
      copyStrings: 'Copy the value in quoted parts',
      showRecord: (selector: string) => `Show the record of ${selector}`,
      rotate: 'Make the next key',
      rotateText:
        'Changing keys once a year is good practice. The present one signs until the record of the next has been seen.',
      retired: (selector: string, when: string) =>
        `${selector} signs no longer. Its record may be removed from ${when}.`,
      spf: 'SPF',
      spfResult: (result: string | null) =>
        result === null
          ? 'Not known'
          : result === 'pass'
            ? 'Allows our addresses'
            : result === 'permerror'
              ? 'Invalid'
              : 'Does not allow our addresses',
      spfChange: 'Change the record that is there to this one. There must never be two.',
      spfNone:
        'The domain has no SPF record. This one allows Office 365 and us; add what else sends for you.',
      spfTwo:
        'There are several SPF records, which makes all of them invalid. Put this one in their place.',
      spfWanted: 'The record as it should be',
      spfPresent: 'Now:',
      lookupsOver: (count: number, limit: number) =>
        `The record costs ${formatCount(count)} look-ups, and only ${formatCount(limit)} are allowed: recipients treat it as invalid. Remove services that you no longer use.`,
      lookupsClose: (count: number, limit: number) =>
        `The record costs ${formatCount(count)} of the ${formatCount(limit)} look-ups that are allowed. One more service could make it invalid.`,
      dmarc: 'DMARC',
      policy: {
        absent: 'No policy',
        none: 'Policy: none',
        quarantine: 'Policy: quarantine',
        reject: 'Policy: reject',
      },
      policyText: {
        absent: 'Recipients decide for themselves about mail that neither DKIM nor SPF proves.',
        none: 'Recipients are asked to report on unproved mail, and to do nothing else.',
        quarantine: 'Unproved mail goes into junk folders.',
        reject: 'Unproved mail is rejected by recipients.',
      },
    },
    behindFilter: 'A third-party filter is in front: its MX stays, and it delivers to our hosts.',
    dialog: {
      title: (name: string) => `Point ${name} here`,
      text: 'Enter these records where the domain’s DNS is managed, in place of the MX records that are there.',
      name: 'Name',
      type: 'Type',
      preference: 'Priority',
      value: 'Value',
      ttl: 'TTL',
      copyValue: (value: string) => `Copy ${value}`,
      hints: 'Before you change it',
      hint: [
        'Lower the TTL of the present MX record to 300 s, 48 hours ahead, so that a way back is quick.',
        'Remove every other MX record, also the one of Office 365. A backup there would go past us.',
        'Some providers want the name as @ or empty, and add the domain to the value unless it ends with a dot.',
        'With MTA-STS, add our hosts to the policy first and wait for its max_age.',
      ] as readonly string[],
      wayBack: (hosts: string) => `The way back: ${hosts}`,
      wayBackText: 'The MX that Office 365 names for this domain. Keep a note of it.',
    },
    filter: {
      title: 'Third-party filter',
      now: {
        none: 'none',
        'filter-removed': 'will be removed',
        'filter-in-front': 'stays in front',
      } satisfies Record<DomainView['filterMode'], string>,
      none: 'There is no third-party filter in front of Office 365',
      question: 'A third-party filter is in front today. I confirm one of the following:',
      removed: '(a) The filter will be removed and MX points here',
      removedText: 'Recommended. Holdfast sees the sender’s own address and checks it.',
      inFront: '(b) The filter stays and delivers to our MX hosts',
      inFrontText:
        'Its servers are trusted as listed. Reputation checks are skipped; we quarantine, but never reject.',
      hops: 'Addresses of the filter’s servers',
      hopsHint: 'One IP address or range a line.',
      hopsNeeded: 'Enter at least one address of the filter.',
      confirm: 'I confirm this for',
      confirmNeeded: 'Tick the confirmation to save.',
      confirmed: (by: string, when: string) => `Confirmed by ${by}, ${when}.`,
      saved: 'Saved. Checks now expect this.',
      audited: 'The choice is recorded with your name.',
    },
    empty: 'No domains yet',
    emptyText: 'They are read from Office 365 when mailboxes are refreshed.',
    toSetUp: 'Refresh mailboxes',
  },

  mailFlow,

  security: {
    title: 'Email Security',
    text: 'All inbound mail is filtered from the moment of installation. What you allow or block here comes first.',
    notInstalled: 'Filtering starts with the installation of Email Continuity.',
    verdicts: 'How a message is judged',
    verdict: [
      ['Deliver', 'good', 'The sender is verified (SPF, DKIM, DMARC), or is on the allow list.'],
      ['Tag', 'neutral', 'The sender could not be verified. Delivered with a header that says so.'],
      ['Junk', 'attention', 'Likely spam. Goes to the Junk folder.'],
      [
        'Reject',
        'problem',
        'The sender is on the block list. Refused during delivery, so the sender is told.',
      ],
    ] as readonly (readonly [string, 'good' | 'neutral' | 'attention' | 'problem', string])[],
    filterFault: 'If the filter itself fails, mail is delivered and marked, never refused.',
    allow: 'Allow list',
    block: 'Block list',
    allowText: 'Mail from here is delivered, whatever the other checks say.',
    blockText: 'Mail from here is refused.',
    add: 'Add',
    addTitle: { allow: 'Add to the allow list', block: 'Add to the block list' },
    values: 'Addresses, domains or IP ranges',
    valuesHint: 'One a line: someone@partner.example, partner.example, 192.0.2.0/24',
    note: 'Note',
    noteHint: 'Why, for whoever reads this next year.',
    line: (line: number) => `Line ${line}`,
    needOne: 'Enter at least one line.',
    tooMany: (most: number) => `At most ${formatCount(most)} lines at once.`,
    entry: 'Entry',
    type: 'Type',
    types: { address: 'Address', domain: 'Domain', range: 'IP range' },
    source: 'Source',
    sources: { administrator: 'Added here', tenant: 'Copied from Office 365' },
    added: 'Added',
    by: (who: string) => `by ${who}`,
    remove: 'Remove',
    removeOne: (value: string) => `Remove ${value}`,
    removed: (count: number, list: string) =>
      `${counted(count, 'entry', 'entries')} removed from the ${list.toLowerCase()}`,
    undo: 'Undo',
    restored: 'Put back',
    addedToast: (count: number) => `${counted(count, 'entry', 'entries')} added`,
    search: 'Filter entries',
    copiedOnce: (when: string) => `Copied from Office 365 once, ${when}. Managed here since then.`,
    notCopied: 'Not copied from Office 365 yet.',
    notCopiedNext:
      'It happens at installation. A missing permission can be given later and tried again there.',
    emptyAllow: 'Nothing is allowed by hand',
    emptyAllowText:
      'Add a partner whose mail must never be judged. Your own domains are refused: it would let forged mail pass.',
    emptyBlock: 'Nothing is blocked by hand',
    emptyBlockText: 'Add a sender, a domain or an address range to refuse.',
    noMatch: 'No entry matches',
  },

  connection: {
    title: 'Connection',
    text: 'How Holdfast reads your directory and configures Office 365. Emergency sign-in and notices do not depend on it.',
    directory: 'Directory',
  },

  event: {
    title: 'Emergency event',
    text: 'Opens every covered user’s emergency mailbox at once and sends them their login. Mail is not moved; Office 365 is tried on as you choose.',
    ready: 'No event',
    readyText: 'Office 365 carries the mail. Start an event when people cannot read it there.',
    office: 'Office 365',
    healthyWarning: 'Office 365 looks healthy. Users would get a notice for nothing.',
    start: 'Start an event',
    scope: 'Who',
    everyone: 'Everyone protected',
    everyoneText: 'The usual choice.',
    some: 'Chosen users',
    someText: 'When only some are affected.',
    relay: 'Mail to Office 365 meanwhile',
    keepTrying: 'Keep trying',
    keepTryingText: 'Mail reaches Office 365 as soon as it can. Recommended.',
    hold: 'Hold',
    holdText:
      'Nothing is delivered to Office 365 until the event ends. For planned migrations or when it keeps flapping.',
    reason: 'Reason',
    reasonHint: 'In a few words. Kept in the log.',
    reasonNeeded: 'Say why, in a few words. It is kept in the audit log.',
    scopeNeeded: 'Choose at least one user.',
    preview: 'What will happen',
    covered: (count: number) => `${users(count)} covered`,
    coveredText: 'Their emergency mailboxes open at once, with the mail of the last 30 days.',
    reachable: (count: number) => `${formatCount(count)} get their login`,
    byChannel: (sms: number, email: number) =>
      `${formatCount(sms)} by SMS, ${formatCount(email)} by alternate email. Some by both.`,
    unreachable: (count: number) => `${formatCount(count)} cannot be reached`,
    unreachableText: 'They need a call.',
    everyoneReachable: 'Everyone covered can be reached',
    noPhone: 'no phone in the directory',
    more: (count: number) => `and ${formatCount(count)} more`,
    waiting: (count: number) => `${messages(count)} waiting for Office 365`,
    waitingText: 'Readable in the emergency mailboxes at once.',
    failingReplies: (count: number) =>
      count === 1
        ? 'Replies from 1 domain would not be proved genuine'
        : `Replies from ${formatCount(count)} domains would not be proved genuine`,
    failingRepliesText:
      'Receiving works all the same. The records to enter are on the Domains page.',
    failingDomain: (domain: string, count: number, fate: OverviewFate) =>
      `${domain} (${users(count)}): ${failingFate[fate]}`,
    toDomains: 'Open Domains',
    delay: (seconds: number) =>
      `Notices leave ${formatCount(seconds)} s after the start. Until then, undo is silent.`,
    holdToStart: 'Hold to start',
    keepHolding: 'Keep holding…',
    holdHint: 'Press and hold for a second and a half. With the keyboard, hold Space or Enter.',
    twoStep: 'Start in two steps instead',
    twoStepConfirm: (count: number) => `Start now for ${users(count)}`,
    twoStepCancel: 'Do not start',
    started: 'Started. Mailboxes are open.',
    active: 'Active',
    recovering: 'Recovering',
    closed: 'Closed',
    since: (when: string) => `Since ${when}`,
    running: (span: string) => `Running for ${span}`,
    startedBy: (who: string) => `Started by ${who}`,
    facts: 'At a glance',
    reached: 'Reached',
    notReached: 'Not reached',
    signedIn: 'Signed in',
    waitingLabel: 'Waiting',
    sent: 'Sent from here',
    putBack: 'Put back',
    ofCovered: (count: number) => `of ${formatCount(count)}`,
    scopeWords: (scope: { kind: 'everyone' } | { kind: 'users'; count: number }) =>
      scope.kind === 'everyone' ? 'Everyone protected' : users(scope.count),
    relayWords: { 'keep-trying': 'Keep trying', hold: 'On hold' },
    undoUntil: (seconds: number) => `Notices leave in ${formatCount(seconds)} s.`,
    undo: 'Undo start',
    undone: 'Undone. No notice was sent.',
    noticesLeft: (when: string) => `Notices left at ${when}.`,
    end: 'End event…',
    endTitle: 'End the event',
    endText: (waiting: number) =>
      `Emergency mailboxes become read-only for 14 days. ${messages(waiting)} still waiting are delivered to Office 365, sent mail goes to Sent Items. Users get an end notice.`,
    endUnhealthy: 'Office 365 is not healthy. Users would lose the mailbox that works.',
    endType: (words: string) => `Type ${words} to go on`,
    endConfirm: 'End event',
    ended: 'Ended. Mail is being put back.',
    recoveringText: 'Office 365 has the mail again. What waited is delivered at a rate it accepts.',
    progressWaiting: (count: number) => `${messages(count)} still waiting`,
    progressPutBack: (done: number, all: number) =>
      `${formatCount(done)} of ${formatCount(all)} sent messages put back`,
    settled: (when: string) =>
      `Settled ${when}: nothing waits and every sent message was put back.`,
    readOnlyUntil: (when: string) =>
      `Emergency mailboxes are read-only until ${when}, then they close.`,
    log: 'Log',
    logEmpty: 'Nothing yet.',
    past: 'Past events',
    pastEmpty: 'No event so far',
    pastEmptyText: 'Each one leaves its dates, its reach and the ledger here.',
    column: {
      started: 'Started',
      lasted: 'Lasted',
      reason: 'Reason',
      covered: 'Covered',
      reached: 'Reached',
      sent: 'Sent',
    },
  },
};

export type Messages = typeof en;

const CHECK_WORDS: Readonly<Record<string, string>> = {
  'sign-in': 'Sign in as the application',
  organisation: 'Read the organisation',
  domains: 'Read domains',
  users: 'Read users',
  'mailbox-kinds': 'Tell mailbox kinds apart',
  exchange: 'Administer Exchange: lists, public folders, our addresses',
  'mail-write': 'Write to mailboxes',
  'service-health': 'Read service health',
};

const SOURCE_WORDS: Readonly<Record<string, string>> = {
  relay: 'Delivery to Office 365',
  'smtp-probe': 'SMTP probe',
  'sign-in-probe': 'Sign-in probe',
  'mailbox-probe': 'Mailbox probe',
  'service-health': 'Microsoft’s service health',
};

function shapeSentence(shape: OverviewShape, certainty: 'may' | 'is'): string {
  const down = certainty === 'is';
  switch (shape) {
    case 'transport':
      return down ? 'Office 365 does not accept mail.' : 'Office 365 may not be accepting mail.';
    case 'mailbox':
      return down
        ? 'Office 365 accepts mail but nobody can open a mailbox.'
        : 'Mailboxes in Office 365 may not open.';
    case 'identity':
      return down
        ? 'Nobody can sign in to Office 365.'
        : 'Signing in to Office 365 may be failing.';
    case 'throttled':
      return 'Office 365 accepts mail only slowly.';
    case 'mixed':
      return down
        ? 'Several parts of Office 365 fail at once.'
        : 'Several parts of Office 365 may be failing.';
    case null:
      return down ? 'Office 365 is not working.' : 'Something looks wrong with Office 365.';
  }
}
