import { localPartOf } from '../domains/address.ts';
import { proveSender } from '../mailbox/sender-proof.ts';

/** What a report says of one recipient (RFC 3464 §2.3.3). */
export type ReportedAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';

export interface ReportedRecipient {
  /** As the report's sender knew it: Original-Recipient before Final-Recipient, which may be where it was forwarded to. */
  readonly address: string;
  readonly action: ReportedAction;
  /** Enhanced status code (RFC 3463), such as `5.2.2`; null when none is given. */
  readonly status: string | null;
  /** What the last host answered, in its own words; null when none is given. */
  readonly diagnostic: string | null;
}

/** A delivery report as it came by mail: a stranger's word. */
export interface DeliveryReport {
  readonly recipients: readonly ReportedRecipient[];
  /** The name that we gave the message when we handed it on (RFC 3461 §4.4); null when it is not repeated. */
  readonly envelopeId: string | null;
  /** Message-IDs that it may be about, with brackets: of the returned header first. */
  readonly messageIds: readonly string[];
  readonly from: string | null;
  /** Our own `Authentication-Results` of the report; null where we wrote none. */
  readonly authenticationResults: string | null;
}

/** A message that the report may be about. */
export interface ReportableMessage {
  readonly id: string;
  /** RFC 5322, with brackets. */
  readonly messageId: string | null;
  /** `here`: written in an emergency mailbox. `elsewhere`: the copy of what its author sent from Outlook. */
  readonly sent: 'here' | 'elsewhere';
  readonly recipients: readonly string[];
}

/** What is kept of a report. */
export interface SettledReport {
  /** Where the message was sent that it is about; `unknown`: this person sent none such, as far as we know. */
  readonly sent: 'here' | 'elsewhere' | 'unknown';
  /** Our record of that message; null unless it was sent here. */
  readonly messageId: string | null;
  readonly recipients: readonly {
    readonly address: string;
    readonly action: ReportedAction;
    /** In one line, for `refusalReason` and for who asks for the very words; null when nothing is given. */
    readonly reply: string | null;
  }[];
}

/** Characters that are kept of what a host answered. */
const MAX_REPLY = 500;
/** Names of the mail system itself (RFC 2142 §5, RFC 5321 §4.5.5): nobody's personal address. */
const SYSTEM_NAME =
  /^(?:mailer-?daemon|postmaster|mail-?system|mdaemon|microsoftexchange[0-9a-f]+)$/i;

/**
 * Whether it is worth looking for a report in a message of this envelope: reports come from the null sender (RFC 3464 §2,
 * RFC 5321 §4.5.5), and from a few systems under their own name.
 */
export function mayBeReport(envelopeFrom: string): boolean {
  return envelopeFrom === '' || isMailSystem(envelopeFrom);
}

export function isMailSystem(address: string): boolean {
  return SYSTEM_NAME.test(address.includes('@') ? localPartOf(address) : address);
}

/**
 * Ties a report to what it is about. Anybody can write one (backscatter, or worse), so that it counts only when it names a
 * message that its addressee really sent, and recipients that this message really had; and not when its own sender failed
 * our check. `sent` holds what the addressee sent under the ids that the report names, or under its envelope's.
 */
export function settleReport(
  report: DeliveryReport,
  sent: readonly ReportableMessage[],
): SettledReport {
  const isForged =
    proveSender({ results: report.authenticationResults, from: report.from }).verdict === 'failed';
  const about = isForged ? undefined : originalOf(report, sent);
  const recipients = about === undefined ? [] : recipientsOf(report, about);
  if (about === undefined || recipients.length === 0)
    return { sent: 'unknown', messageId: null, recipients: report.recipients.map(settled) };
  return {
    sent: about.sent,
    messageId: about.sent === 'here' ? about.id : null,
    recipients: recipients.map(settled),
  };
}

function originalOf(
  report: DeliveryReport,
  sent: readonly ReportableMessage[],
): ReportableMessage | undefined {
  const named = sent.find(({ id }) => id === report.envelopeId);
  if (named !== undefined) return named;
  for (const wanted of report.messageIds) {
    const found = sent.find(({ messageId }) => messageId === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

function recipientsOf(
  report: DeliveryReport,
  about: ReportableMessage,
): readonly ReportedRecipient[] {
  const had = new Map(about.recipients.map((address) => [address.toLowerCase(), address]));
  const known = report.recipients.flatMap((recipient) => {
    const address = had.get(recipient.address.toLowerCase());
    return address === undefined ? [] : [{ ...recipient, address }];
  });
  if (known.length > 0) return known;
  // Forwarded on their side to an address that we never heard of: with one recipient there is only one it can be.
  const [only, ...others] = about.recipients;
  const [reported, ...more] = report.recipients;
  return only !== undefined && others.length === 0 && reported !== undefined && more.length === 0
    ? [{ ...reported, address: only }]
    : [];
}

function settled({
  address,
  action,
  status,
  diagnostic,
}: ReportedRecipient): SettledReport['recipients'][number] {
  return { address, action, reply: replyOf(status, diagnostic) };
}

/** The host's own words, with the report's code before them where they have none. */
function replyOf(status: string | null, diagnostic: string | null): string | null {
  if (diagnostic === null) return status;
  const hasCode = /\b[245]\.\d{1,3}\.\d{1,3}\b/.test(diagnostic);
  const line = hasCode || status === null ? diagnostic : `${status} ${diagnostic}`;
  return line.replace(/\s+/g, ' ').trim().slice(0, MAX_REPLY);
}

/** What the reports on a message say of one recipient in the end: that it failed outweighs all else, then the latest word. */
export function latestWord(
  reports: readonly { readonly report: SettledReport; readonly at: number }[],
  address: string,
): (SettledReport['recipients'][number] & { readonly at: number }) | null {
  const said = reports
    .toSorted((left, right) => left.at - right.at)
    .flatMap(({ report, at }) =>
      report.recipients
        .filter((recipient) => recipient.address.toLowerCase() === address.toLowerCase())
        .map((recipient) => ({ ...recipient, at })),
    );
  return said.findLast(({ action }) => action === 'failed') ?? said.at(-1) ?? null;
}
