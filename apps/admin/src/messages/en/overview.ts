import { formatCount } from '../../format/counts.ts';
import { countedMessages } from './counted-nouns.ts';

/** What the Overview page says. */
export const overview = {
  title: 'Overview',
  mail: 'Is mail flowing?',
  mailGood: 'Flowing',
  mailWaiting: 'Waiting',
  mailQuiet: 'No mail in 24 h',
  mailSentence: (accepted: number, delivered: number) =>
    `${countedMessages(accepted)} accepted in 24 h, ${formatCount(delivered)} delivered.`,
  mailNone: 'Nothing was accepted in the last 24 h. Mail arrives once MX points here.',
  mailWaitingCount: (waiting: number) => `${countedMessages(waiting)} waiting`,
  mailWaitingRest: (oldest: string | null) =>
    ` for Office 365${oldest === null ? '' : `, the oldest for ${oldest}`}. Nothing is lost.`,
  inReview: (count: number) => `${countedMessages(count)} held`,
  quarantined: (count: number) => `${countedMessages(count)} in quarantine`,
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
};
