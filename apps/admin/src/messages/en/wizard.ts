import { formatCount, listed } from '../../format/counts.ts';
import { countedPeople, countedUsers } from './counted-nouns.ts';

/** What the steps to protect users say. */
export const wizard = {
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
    text: 'Holdfast reads your directory as an application that an administrator of your tenant admits. You decide how much it may do, and can allow more later.',
    tenantId: 'Tenant ID',
    clientId: 'Application (client) ID',
    submit: 'Connect and check',
    again: 'Check again',
    connectedTo: (name: string) => `Connected to ${name}`,
    notConnected: 'Not connected',
    initialDomain: 'Initial domain',
    connectedAt: 'Connected',
    preflight: 'What works',
    preflightAt: (when: string) => `Checked ${when}`,
    preflightNone: 'Not checked yet.',
  },
  refresh: {
    title: 'Refresh mailboxes',
    text: 'Reads users, groups, shared mailboxes and domains from Office 365. It runs on the server; you may leave this page.',
    start: 'Refresh mailboxes',
    again: 'Refresh again',
    never: 'Never refreshed',
    at: (when: string) => `Last refreshed ${when}`,
    phases: {
      reading: (seen: number) => `Reading from Office 365: ${formatCount(seen)} seen so far`,
      mailboxes: (seen: number) =>
        `Asking what mailboxes are for: ${formatCount(seen)} seen so far`,
      members: (seen: number) => `Reading members of groups: ${formatCount(seen)} seen so far`,
      applying: (seen: number) => `Applying what was read: ${formatCount(seen)} seen so far`,
    },
    waiting: 'Waiting to start',
    needsConfirmation: 'Stopped for your confirmation',
    confirm: 'Go on…',
    confirmTitle: 'Go on although many would go?',
    confirmText:
      'Office 365 is read again, and what it says then is applied. People removed or switched off there lose their emergency mailbox here, and mail to removed addresses is refused.',
    confirmDo: 'Apply all of it',
    failed: 'Refresh failed',
    failedText: 'What was read before stays in use. Mail is not affected.',
    done: 'Refreshed',
    result: (added: number, changed: number, removed: number) =>
      `+${formatCount(added)} new · ${formatCount(changed)} changed · ${formatCount(removed)} gone`,
    counts: (eligible: number, ineligible: number) =>
      `${countedUsers(eligible)} can be protected. ${formatCount(ineligible)} other addresses cannot; their mail still arrives.`,
    incomplete: 'The recipient list is not complete yet.',
  },
  choose: {
    title: 'Who gets an emergency mailbox',
    all: 'Protect all Office 365 users',
    allText: ({ eligible, switchedOff }: { eligible: number; switchedOff: number }) =>
      `${countedUsers(eligible - switchedOff)} who can be protected today.${switchedOff === 0 ? '' : ` Accounts that are switched off stay out: ${formatCount(switchedOff)}.`}`,
    some: 'Choose users',
    someText: 'Tick the people who get an emergency mailbox.',
    chosen: (count: number) => `${countedUsers(count)} chosen`,
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
    protect: (count: number) => `${countedUsers(count)} will be protected`,
    protectText: (requests: number) =>
      `${countedPeople(requests)} get a notice and the request for alternate info by email, now.`,
    domains: (names: readonly string[]) =>
      names.length === 0 ? 'No domain carries mail' : `Domains: ${listed(names)}`,
    domainsText: 'MX is not changed by this. The Domains page leads through it afterwards.',
    ineligible: (count: number) => `${formatCount(count)} addresses cannot be protected`,
    ineligibleText:
      'Their mail still arrives, is filtered and relayed, and is queued in an outage.',
    switchedOff: (count: number) =>
      `Accounts that are switched off stay out: ${formatCount(count)}`,
    switchedOffText:
      'Their mail still arrives. Protect them later under Users if somebody reads it.',
    lists: 'Allow and block lists are copied from Office 365, once',
    listsText:
      'A missing permission leaves them “not copied yet” and can be retried. Afterwards they are managed here.',
    listsAlready: 'Allow and block lists were copied before',
    listsAlreadyText: 'They are not copied again. Manage them under Email Security.',
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
      exchange: 'Set up the Office 365 side: connector and mail flow rule',
    },
    state: { waiting: 'Waiting', done: 'Done', failed: 'Not done yet' },
    retry: 'Try again',
    failedText:
      'Users are protected and mail is not affected by this. Give the permission, then try again.',
    byScript: 'Or set up the Office 365 side by a script.',
    next: 'Next: point MX here',
    toUsers: 'See users',
  },
};
