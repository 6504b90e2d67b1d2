import { formatCount } from '../../format/counts.ts';

/** What the ledger says, on Overview and under an event. */
export const ledger = {
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
  meaning: 'Every accepted recipient, counted from the mail store itself, is in exactly one state.',
  unbalancedMeaning:
    'Accepted recipients and recorded ones differ. Mail is on disk. Run holdfast doctor to see which records are missing.',
};
