import { formatCount } from '../../format/counts.ts';
import type { DomainView } from '../vocabulary.ts';
import { countedMessages, countedUsers } from './counted-nouns.ts';

type OverviewFate = DomainView['outbound']['fate'];

const failingFate: Readonly<Record<OverviewFate, string>> = {
  accepted: 'accepted',
  doubted: 'may be taken for spam',
  junked: 'land in junk folders',
  rejected: 'rejected by recipients',
  unknown: 'not known',
};

/** What the Emergency event page says. */
export const event = {
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
  covered: (count: number) => `${countedUsers(count)} covered`,
  coveredText: 'Their emergency mailboxes open at once, with the mail of the last 30 days.',
  reachable: (count: number) => `${formatCount(count)} ${count === 1 ? 'gets' : 'get'} their login`,
  byChannel: (sms: number, email: number) =>
    `${formatCount(sms)} by SMS, ${formatCount(email)} by alternate email. Some by both.`,
  unreachable: (count: number) => `${formatCount(count)} cannot be reached`,
  unreachableText: 'They need a call.',
  everyoneReachable: 'Everyone covered can be reached',
  noPhone: 'no phone in the directory',
  more: (count: number) => `and ${formatCount(count)} more`,
  waiting: (count: number) => `${countedMessages(count)} waiting for Office 365`,
  waitingText: 'Readable in the emergency mailboxes at once.',
  failingReplies: (count: number) =>
    count === 1
      ? 'Replies from 1 domain would not be proved genuine'
      : `Replies from ${formatCount(count)} domains would not be proved genuine`,
  failingRepliesText: 'Receiving works all the same. The records to enter are on the Domains page.',
  failingDomain: (domain: string, count: number, fate: OverviewFate) =>
    `${domain} (${countedUsers(count)}): ${failingFate[fate]}`,
  toDomains: 'Open Domains',
  delay: (seconds: number) =>
    `Notices leave ${formatCount(seconds)} s after the start. Until then, undo is silent.`,
  holdToStart: 'Hold to start',
  keepHolding: 'Keep holding…',
  holdHint: 'Press and hold for a second and a half. With the keyboard, hold Space or Enter.',
  twoStep: 'Start in two steps instead',
  twoStepConfirm: (count: number) => `Start now for ${countedUsers(count)}`,
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
    scope.kind === 'everyone' ? 'Everyone protected' : countedUsers(scope.count),
  relayWords: { 'keep-trying': 'Keep trying', hold: 'On hold' },
  undoUntil: (seconds: number) => `Notices leave in ${formatCount(seconds)} s.`,
  undo: 'Undo start',
  undone: 'Undone. No notice was sent.',
  noticesLeft: (when: string) => `Notices left at ${when}.`,
  end: 'End event…',
  endTitle: 'End the event',
  endText: (waiting: number) =>
    `Emergency mailboxes become read-only for 14 days. ${countedMessages(waiting)} still waiting are delivered to Office 365, sent mail goes to Sent Items. Users get an end notice.`,
  endUnhealthy: 'Office 365 is not healthy. Users would lose the mailbox that works.',
  endType: (words: string) => `Type ${words} to go on`,
  endConfirm: 'End event',
  ended: 'Ended. Mail is being put back.',
  recoveringText: 'Office 365 has the mail again. What waited is delivered at a rate it accepts.',
  progressWaiting: (count: number) => `${countedMessages(count)} still waiting`,
  progressPutBack: (done: number, all: number) =>
    `${formatCount(done)} of ${formatCount(all)} sent messages put back`,
  settled: (when: string) =>
    `Settled ${when}: nothing waits, and of everything written or done here it is known what became of it.`,
  putBackPart: {
    title: 'Put back into Office 365',
    leftOver: 'Not put back',
    sent: (done: number, all: number, kept: number) =>
      `${formatCount(done)} of ${formatCount(all)} sent messages put into Sent Items${
        kept === 0
          ? ''
          : kept === 1
            ? '; 1 cannot be, and its author can download it'
            : `; ${formatCount(kept)} cannot be, and their authors can download them`
      }`,
    state: (done: number, all: number, rest: readonly string[]) =>
      `${formatCount(done)} of ${formatCount(all)} messages read, flagged, moved or deleted here are so in Office 365${
        rest.length === 0 ? '' : `; ${rest.join(', ')}`
      }`,
    theirs: (count: number) => `${formatCount(count)} changed there later and left so`,
    notFound: (count: number) => `${formatCount(count)} not found`,
    refused: (count: number) => `${formatCount(count)} refused`,
    waiting: (count: number) => `${formatCount(count)} still looked for`,
    noSubject: '(no subject)',
    kind: { sent: 'Written here', state: 'Read, flagged, moved or deleted here' },
    outcome: {
      'not-found': 'No such message in the mailbox.',
      'no-mailbox': 'There is no mailbox any more.',
      forbidden: 'Office 365 does not let us write to the mailbox.',
      'whole-only': 'It is signed or sealed and can only be kept as it is.',
    },
    said: (detail: string) => `Office 365 said: ${detail}`,
    mend: 'Permit the mailbox tier under Connection, or widen the permission to these mailboxes, then try again. Nothing else waits for this.',
    retry: 'Try again',
  },
  readOnlyUntil: (when: string) =>
    `Emergency mailboxes are read-only until ${when}, then they close.`,
  log: 'Log',
  logEmpty: 'Nothing yet.',
  past: 'Past events',
  pastEmpty: 'No event so far',
  pastEmptyText: 'Each one leaves its dates, its reach and the ledger here.',
  inShort: (lasted: string, covered: number, reached: number) =>
    `lasted ${lasted}, ${formatCount(reached)} of ${formatCount(covered)} reached`,
  column: {
    started: 'Started',
    lasted: 'Lasted',
    reason: 'Reason',
    covered: 'Covered',
    reached: 'Reached',
    sent: 'Sent',
  },
};
