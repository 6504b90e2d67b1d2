import { formatCount } from '../../format/counts.ts';
import type { DomainView } from '../vocabulary.ts';

type DkimStateWord = DomainView['outbound']['keys'][number]['state'];

/** What the Domains page says: MX, the records of replies, and a filter in front. */
export const domains = {
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
  cutOver: 'Cut-over',
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
};
