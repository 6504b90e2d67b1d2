import { isMailSystem, type DeliveryReport, type ReportedRecipient } from '@holdfast/domain';
import { idsWithin, readBareReport } from './bare-report.ts';
import type { FormatLimits } from './format-limits.ts';
import { parseMessage, type KeptPart, type ParsedMessage } from './parse-message.ts';
import { readHeaders } from './read-headers.ts';
import { readDeliveryStatus } from './report-fields.ts';
import { oneLine } from './shown-text.ts';

/** Bytes of each part of a report that are read: fields, and the header of what came back. */
const MAX_PART = 64 * 1024;
const MAX_IDS = 20;
const STATUS = /^message\/(?:global-)?delivery-status$/;
const RETURNED =
  /^(?:message\/(?:rfc822|global|rfc822-headers|global-headers)|text\/rfc822-headers)$/;

/** What a report leaves to whoever knows which check was ours. */
export type ReadReport = Omit<DeliveryReport, 'authenticationResults'>;

/**
 * What a delivery report says: RFC 3464, or sentences in the manner of older systems. Null for everything else, receipts
 * (RFC 8098), complaints (RFC 5965) and automatic answers (RFC 3834) among it.
 */
export async function readReport(
  message: Uint8Array,
  limits: FormatLimits,
): Promise<ReadReport | null> {
  const parsed = await parseMessage(message, limits, {
    forReading: true,
    keep: (contentType) => (STATUS.test(contentType) || RETURNED.test(contentType) ? MAX_PART : 0),
  });
  const { from, subject, inReplyTo, references } = readHeaders(
    parsed.headers,
    null,
    limits.parties,
  );
  const author = from?.address ?? null;
  const found = structured(parsed.kept) ?? bare(parsed, subject, author);
  if (found === null) return null;
  const returned = parsed.kept.filter(({ contentType }) => RETURNED.test(contentType));
  const ids = [
    ...returned.flatMap(({ content }) => idsWithin(headerOf(content))),
    ...idsWithin(parsed.text),
    ...(inReplyTo === null ? [] : [inReplyTo]),
    ...references.toReversed(),
  ];
  return { ...found, messageIds: [...new Set(ids)].slice(0, MAX_IDS), from: author };
}

interface Said {
  readonly recipients: readonly ReportedRecipient[];
  readonly envelopeId: string | null;
}

function structured(kept: readonly KeptPart[]): Said | null {
  for (const { contentType, content } of kept) {
    if (!STATUS.test(contentType)) continue;
    const status = readDeliveryStatus(content.toString('utf8'));
    if (status.recipients.length > 0) return status;
  }
  return null;
}

function bare(parsed: ParsedMessage, subject: string, author: string | null): Said | null {
  // A receipt or a complaint: it says what it is, and it is no delivery report.
  const { type, reportType } = typeOf(parsed);
  if (type === 'multipart/report' && reportType !== '' && reportType !== 'delivery-status')
    return null;
  const recipients = readBareReport(parsed.text, {
    subject,
    isFromSystem: author !== null && isMailSystem(author),
    failedRecipients: oneLine(textOf(parsed.headers.get('x-failed-recipients')), MAX_PART),
  });
  return recipients === null ? null : { recipients, envelopeId: null };
}

function typeOf({ headers }: Pick<ParsedMessage, 'headers'>): {
  readonly type: string;
  readonly reportType: string;
} {
  const field: unknown = headers.get('content-type');
  if (typeof field !== 'object' || field === null || !('value' in field))
    return { type: '', reportType: '' };
  const params: unknown = 'params' in field ? field.params : null;
  const report: unknown =
    typeof params === 'object' && params !== null ? Reflect.get(params, 'report-type') : '';
  return {
    type: textOf(field.value).toLowerCase(),
    reportType: textOf(report).toLowerCase(),
  };
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((entry) => textOf(entry)).join(', ');
  return typeof value === 'string' ? value : '';
}

function headerOf(content: Buffer): string {
  const text = content.toString('utf8').replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  return end === -1 ? text : text.slice(0, end);
}
