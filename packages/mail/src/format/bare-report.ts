import type { ReportedAction, ReportedRecipient } from '@holdfast/domain';
import { oneLine } from './shown-text.ts';

/** What is known of a message besides its text. */
export interface BareReportHead {
  readonly subject: string;
  /** The mail system itself wrote it, as far as its From says. */
  readonly isFromSystem: boolean;
  /** `X-Failed-Recipients`, as Exim and older Gmail write it; empty when there is none. */
  readonly failedRecipients: string;
}

const MAX_RECIPIENTS = 20;
const MAX_REASON = 600;
/** Characters of the text that are looked through. */
const MAX_TEXT = 64 * 1024;
/** Of qmail, since 1997 (QSBMF). */
const QMAIL = /^\s*Hi\. This is the\b/;
/** What stands between two words is bounded: it is looked at again for each place where the first one stands. */
const FAILED =
  /undeliver|not (?:be )?deliver|deliver(?:y|ies)[\w :()]{0,60}fail|fail(?:ed|ure)[\w :()]{0,60}(?:deliver|notice|notification|permanent)|returned (?:mail|to sender)|mail system error|message (?:bounced|not sent)|nicht zugestellt|unzustellbar|non remis|no se (?:ha )?(?:podido )?entreg|mancata consegna/i;
const DELAYED =
  /delay|still being retried|not yet been delivered|could not send[\w ]{0,60}for (?:the )?past|will be retried|temporarily deferred|verz[öo]ger/i;
/** Where the message itself begins that came back. */
const RETURNED =
  /^[ \t]{0,80}(?:[-=_*# ]{0,80}(?:below this line is a copy|this is a copy of|original message(?: headers)?|returned message|message header follows|the (?:text|header)s? of the (?:original )?message|reporting-mta:)|(?:received|return-path|message-id|dkim-signature):)/im;
const ADDRESS =
  /<?\b([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})>?:?/g;

/**
 * A report without structure: qmail, Exim, and whatever wrote plain sentences. Null where nothing says that it is one:
 * answers of absent people, receipts and ordinary mail. Every address in front of what came back is a recipient that it
 * may be about; those who were never written to are sorted out when it is tied to a message.
 */
export function readBareReport(
  text: string,
  head: BareReportHead,
): readonly ReportedRecipient[] | null {
  const whole = text.slice(0, MAX_TEXT);
  const isQmail = QMAIL.test(whole);
  const named = addressesIn(head.failedRecipients);
  const looksLikeOne =
    isQmail || named.length > 0 || (head.isFromSystem && saysSo(`${head.subject}\n${whole}`));
  if (!looksLikeOne) return null;
  const action: ReportedAction =
    DELAYED.test(head.subject) || (!FAILED.test(head.subject) && DELAYED.test(whole))
      ? 'delayed'
      : 'failed';
  const said = whole.slice(0, RETURNED.exec(whole)?.index ?? whole.length);
  const addresses = (named.length > 0 ? named : addressesIn(said)).slice(0, MAX_RECIPIENTS);
  const recipients = addresses.map((address) => ({
    address,
    action,
    status: null,
    diagnostic: reasonFor(
      said,
      address,
      addresses.filter((other) => other !== address),
    ),
  }));
  return recipients.length === 0 ? null : recipients;
}

/** Ids of a message that came back as text. */
export function idsWithin(text: string): readonly string[] {
  return [...text.slice(0, MAX_TEXT).matchAll(/^[ \t>]*message-id:\s*(<[^<>\s]{3,900}>)/gim)].map(
    ([, id = '']) => id,
  );
}

function saysSo(text: string): boolean {
  return FAILED.test(text) || DELAYED.test(text);
}

function addressesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(ADDRESS)].map(([, address = '']) => address.toLowerCase()))];
}

/** A reply's code, or an enhanced one: the line that holds it says the most. */
const CODE = /^.*(?:\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b).*$/m;

/** What stands behind the address and before the next: the line with a code, else the beginning. */
function reasonFor(said: string, address: string, others: readonly string[]): string | null {
  const lower = said.toLowerCase();
  const at = lower.indexOf(address);
  if (at === -1) return null;
  const start = at + address.length;
  const next = others
    .map((other) => lower.indexOf(other, start))
    .filter((position) => position !== -1);
  const behind = said.slice(start, Math.min(said.length, ...next)).replace(/^>?[:\s]*/, '');
  const paragraphs = behind.split(/\n[ \t]*\n/).slice(0, 2);
  const reason = oneLine(CODE.exec(behind)?.[0] ?? paragraphs.join(' '), MAX_REASON);
  return reason === '' ? null : reason;
}
