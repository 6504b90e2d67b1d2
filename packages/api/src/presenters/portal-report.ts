import type { MailboxListItem, OpenedMessage, TraceRow } from '@holdfast/application';
import type { MessageView, ReportOfRow } from '@holdfast/contracts';
import {
  domainOf,
  latestWord,
  refusalReason,
  type ReportedAction,
  type SettledReport,
} from '@holdfast/domain';

type Said = Pick<SettledReport['recipients'][number], 'address' | 'action' | 'reply'>;

/** The worst first: who did not get it matters more than who did. */
const ACTIONS = ['failed', 'delayed', 'delivered'] as const;

export function presentReportOfRow(report: MailboxListItem['report']): ReportOfRow | null {
  if (report === null) return null;
  for (const action of ACTIONS) {
    const [first, ...others] = report.recipients.filter((said) => kindOf(said.action) === action);
    if (first !== undefined)
      return {
        sent: report.sent,
        action,
        recipient: first.address,
        others: others.length,
        reason: refusalReason(first.reply),
      };
  }
  return null;
}

function kindOf(action: ReportedAction): (typeof ACTIONS)[number] {
  switch (action) {
    case 'failed':
    case 'delayed':
    case 'delivered':
      return action;
    case 'relayed':
    case 'expanded':
      return 'delivered';
  }
}

export function presentReport({
  item,
  reportedItemId,
}: Pick<OpenedMessage, 'item' | 'reportedItemId'>): MessageView['reported'] {
  const { report } = item;
  if (report === null) return null;
  return {
    sent: report.sent,
    itemId: reportedItemId,
    recipients: report.recipients.map((said) => ({
      recipient: said.address,
      level: LEVELS[kindOf(said.action)],
      words: saidWords(said),
    })),
  };
}

const LEVELS = { failed: 'problem', delayed: 'attention', delivered: 'good' } as const;

function saidWords(said: Said): string {
  const there = domainOf(said.address);
  switch (said.action) {
    case 'failed':
      return `Not delivered: ${refusalWords({ reply: said.reply, recipient: said.address })}${because(said.reply)}`;
    case 'delayed':
      return `Not delivered yet: ${there} is tried further${because(said.reply)}`;
    case 'delivered':
      return `Delivered, says ${there}`;
    case 'relayed':
      return `Passed on, to where nothing more is reported`;
    case 'expanded':
      return `Passed on to the members of a list`;
  }
}

/** Where a sent message stands for one recipient: what was reported since by mail, after what we know ourselves. */
export function presentDelivery(
  row: TraceRow,
  reports: OpenedMessage['reports'],
): MessageView['deliveries'][number] {
  const { recipient, state } = row;
  const said = state === 'delivered' ? latestWord(reports, recipient) : null;
  if (said?.action === 'failed')
    return {
      recipient,
      state: 'bounced',
      words: `Not delivered, as ${domainOf(recipient)} reported afterwards: ${refusalWords({ reply: said.reply, recipient })}${because(said.reply)}`,
      mayCorrect: true,
    };
  if (said?.action === 'delayed')
    return { recipient, state: 'deferred', words: saidWords(said), mayCorrect: false };
  return { recipient, state, words: deliveryWords(row), mayCorrect: state === 'bounced' };
}

/** Where a sent message stands for one recipient, in words that a user understands. */
export function deliveryWords(row: Pick<TraceRow, 'state' | 'recipient' | 'reply'>): string {
  switch (row.state) {
    case 'delivered':
      return `Accepted by ${domainOf(row.recipient)}`;
    case 'queued':
    case 'leased':
      return 'On its way';
    case 'deferred':
      return `Waiting: next try soon${because(row.reply)}`;
    case 'held':
      return `Waiting: refused once, tried again after a check${because(row.reply)}`;
    case 'quarantined':
      return 'Held back by the mail filter; your administrators can release it';
    case 'discarded':
      return 'Not delivered: removed by a rule or by an administrator';
    case 'bounced':
      return `Not delivered: ${refusalWords(row)}${because(row.reply)}`;
  }
}

/** What happened, and what its author can do. */
function refusalWords({ reply, recipient }: Pick<TraceRow, 'recipient' | 'reply'>): string {
  const there = domainOf(recipient);
  switch (refusalReason(reply)) {
    case 'no-such-address':
      return `the address does not exist at ${there}. Check it, and send again`;
    case 'no-such-domain':
      return `${there} does not exist or takes no email. Check the address, and send again`;
    case 'mailbox-full':
      return 'the mailbox there is full. Reach the person another way';
    case 'mailbox-off':
      return 'the mailbox there is switched off. Ask for another address';
    case 'too-large':
      return `the message is larger than ${there} takes. Send it without the attachments`;
    case 'content-refused':
      return `${there} took it for unwanted. Write it in other words, without attachments or links`;
    case 'sender-refused':
      return `${there} does not trust our server. Whoever looks after email has to correct that`;
    case 'not-permitted':
      return `${there} does not let you write to this address`;
    case 'gave-up':
      return `${there} could not be reached for too long. Send again later`;
    case 'unknown':
      return `${there} refused it`;
  }
}

/** The other side's own words: what a helpdesk asks for first. */
function because(reply: string | null): string {
  return reply === null ? '' : ` (${reply})`;
}
