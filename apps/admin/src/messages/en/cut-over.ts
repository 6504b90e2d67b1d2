import { counted, formatCount } from '../../format/counts.ts';
import type { CutOverView, DirectSendersView, StepView } from '../vocabulary.ts';
import { countedMessages, countedUsers } from './counted-nouns.ts';

const countedDomains = (count: number): string => counted(count, 'domain', 'domains');

/**
 * The guided cut-over, the way back, uninstalling, and the card. What a step measures, wants and risks comes from the
 * server, so that the command line says the same.
 */
export const cutOver = {
  title: (domain: string) => `Cut-over of ${domain}`,
  backToDomains: 'All domains',
  text: {
    'not-started':
      'Step by step the mail of this domain is led through us. Nothing is taken for granted: every step is measured.',
    preparing: 'Work through the steps from top to bottom; each is measured, not ticked.',
    'through-us': 'Mail of this domain comes through us.',
    'way-back':
      'Mail is led back to Office 365, in the reverse order. What still comes here is relayed.',
    back: 'Mail goes to Office 365 directly again. Nothing of this domain comes through us.',
  } satisfies Record<CutOverView['phase'], string>,
  left: 'Mail of this domain came through us, and MX has changed since. Point it here again, or begin the way back.',
  phase: {
    'not-started': 'Not started',
    preparing: 'Preparing',
    'through-us': 'Through us',
    'way-back': 'Way back',
    back: 'Back at Office 365',
  } satisfies Record<CutOverView['phase'], string>,
  start: 'Start the cut-over',
  startAgain: 'Start again',
  check: 'Check again',
  checking: 'Checking…',
  checked: (when: string) => `Measured ${when}`,
  giveUp: 'Give up',
  gaveUp: 'The cut-over was given up. Nothing has changed for mail.',
  started: 'The cut-over has begun',
  stepsLabel: 'Steps',
  unmeasuredTitle: 'Nothing has been measured yet',
  unmeasuredText:
    'Starting measures where this domain stands and lists the steps. It changes nothing: neither DNS nor Office 365.',
  state: {
    open: 'To do',
    waiting: 'Waiting',
    done: 'Done',
    blocked: 'Stopped',
    skipped: 'Skipped',
  } satisfies Record<StepView['state'], string>,
  later: 'Later',
  until: (when: string) => `until ${when}`,
  skippedBy: (who: string) => `by ${who}`,
  todo: 'What to do',
  risk: 'What may go wrong',
  skip: 'Skip this step',
  skipTitle: (step: string) => `Skip: ${step}`,
  skipText:
    'The reason is kept in the audit log. The step is measured on, and shows when it is done after all.',
  unskip: 'Take the skip back',
  reason: 'Reason',
  reasonNeeded: 'Say why, in a few words.',
  records: 'Records to enter',
  refused: (domains: string) =>
    `The lock-down is on, and MX of ${domains} leads past us: Office 365 refuses that mail now.`,
  refusedText:
    'Switch the lock-down off, or point MX here again. It is never switched off by itself.',
  canary: {
    mailbox: 'Canary mailbox',
    mailboxHint: 'A mailbox of this domain that you can look into: your own, for instance.',
    send: 'Send a test message',
    again: 'Send another',
    sent: 'The test message is on its way',
    hops: 'Its way, hop by hop',
    hop: {
      submitted: 'Handed to our MX',
      accepted: 'Accepted by our MX',
      relayed: 'Taken by Office 365',
      arrived: 'In the mailbox',
    },
    after: (milliseconds: number) => `+${formatCount(Math.round(milliseconds / 100) / 10)} s`,
    blind: 'We may not look into the mailbox',
    code: 'Code in the message',
    codeHint:
      'Open the message in the canary mailbox and type what it says, for instance K7PQ-3XMD.',
    confirm: 'Confirm',
    removed: 'It was taken out of the mailbox again.',
    left: 'It is still in the mailbox.',
    byCode: 'Proved by its code.',
  },
  attest: {
    connector:
      'We may not read the connectors of this tenant. Run the script under Email Continuity, look at the result, and say so here.',
    connectorOn: 'The connector is on',
    lockDownOff: 'The lock-down is off',
    lockDownOn: 'The lock-down is on',
    note: 'How you have seen it',
    noteNeeded: 'Say how you have seen it.',
  },
  direct: {
    look: 'Look who still sends directly',
    lookAgain: 'Look again',
    none: 'Nobody: everything that Office 365 received came through us or began inside.',
    notPossible: 'It cannot be told from here.',
    capped: (rows: number) =>
      `Only the latest ${formatCount(rows)} messages were looked at; there are more.`,
    from: 'From',
    sender: 'Sender',
    messages: countedMessages,
    probably: 'Probably',
    hint: {
      'own-device':
        'A device or application of your own that delivers to Office 365. Let it deliver to our MX.',
      'initial-domain':
        'Mail to an onmicrosoft.com address. Its MX is always Microsoft’s: have the sender use your own domain.',
      'old-mx': 'A cached record or a host name set by hand. Tell whoever runs that server.',
    } satisfies Record<DirectSendersView['senders'][number]['hint'], string>,
  },
  lockDown: {
    preview: 'Look at what would happen',
    domains: (count: number) => `${countedDomains(count)} of the tenant`,
    throughUs: (count: number) =>
      `${countedMessages(count)} came through us in the last 7 days: these go on.`,
    direct: (messages: number, sources: number) =>
      messages === 0
        ? 'Nothing came past us in the last 24 hours.'
        : `${countedMessages(messages)} from ${counted(sources, 'source', 'sources')} came past us in the last 24 hours: these would be refused.`,
    directUnknown: 'How much comes past us cannot be told: it needs ExchangeMessageTrace.Read.All.',
    initial: (domain: string) => `Mail from outside to addresses at ${domain} would be refused.`,
    holdOn: 'Hold to lock down',
    confirmOn: (domains: number) => `Lock down ${countedDomains(domains)}`,
    holdOff: 'Hold to switch it off',
    confirmOff: 'Switch the lock-down off',
    twoStep: 'Do it in two steps',
    cancel: 'Keep it as it is',
    isOn: 'The lock-down is on',
    isOff: 'The lock-down is off',
    byHand: 'Run this in Exchange Online PowerShell, then say so here:',
    unchanged: 'Nothing was changed.',
  },
  wayBack: {
    title: 'Way back',
    text: 'Leads the mail of this domain back to Office 365: lock-down off first, then MX, and we relay what still comes.',
    begin: 'Begin the way back',
    begun: 'The way back has begun',
    resume: 'Stay with us after all',
    uninstall: 'Uninstall Email Continuity',
  },
  card: {
    link: 'Card for the day we are down',
    title: 'If Holdfast itself is down',
    text: 'Print it and keep it where it can be reached without us and without Office 365.',
    print: 'Print',
    for: (organisation: string, when: string) => `${organisation}. Made ${when}.`,
    stepLockDown: '1. Switch the lock-down off first',
    lockDownOn:
      'It is on: until it is off, Office 365 refuses all mail that does not come through us.',
    lockDownOff: 'It was off when this card was made. To be sure, run this all the same.',
    lockDownUnknown: 'Whether it is on was not known when this card was made. Run this to be sure.',
    powershell: 'In Exchange Online PowerShell, as an Exchange administrator:',
    stepMx: '2. Change the MX records at the DNS provider',
    mxText: 'Remove the records of us, and enter these with a short TTL:',
    remove: 'Remove',
    enter: 'Enter',
    ttl: (seconds: number) => `TTL ${formatCount(seconds)} seconds`,
    filter:
      'A filter stands in front: leave MX, and let the filter deliver to the host on the right.',
    stepCall: '3. Call',
    operator: 'Whoever runs Holdfast',
    own: 'To fill in by hand',
    blanks: ['DNS provider, login kept at', 'Exchange administrator', 'On call tonight'],
    meanwhile:
      'Mail that we had accepted is on our disks and is delivered when we are back. New mail waits at the senders until MX has changed; most keep trying for days.',
  },
  uninstall: {
    title: 'Uninstall Email Continuity',
    text: 'Takes away what is ours in Office 365, and ends protection. The connector, rule and addresses of others stay as they are.',
    blockers: 'Not yet',
    blockersText: 'These come first:',
    open: 'Go there',
    ready: 'Nothing speaks against it.',
    happens: 'What happens',
    removes:
      'Removed from Office 365: our inbound connector, our addresses on the IP allow list, our mail flow rule, our ARC sealer, and test messages of ours.',
    ends: (users: number) =>
      `${countedUsers(users)} are no longer protected; their emergency mailboxes close.`,
    copies: (when: string) =>
      `Copies of mail are kept until ${when} at the longest, as promised, and then erased.`,
    audit: 'The audit log is kept.',
    typed: (word: string) => `Type “${word}” to confirm`,
    do: 'Uninstall',
    running: 'Uninstalling…',
    done: 'Uninstalled',
    stopped: 'It was stopped',
    removed: 'Removed',
    byHand: 'For you to do',
    script: 'Run this in Exchange Online PowerShell:',
    toSetUp: 'To the set-up page',
  },
};
