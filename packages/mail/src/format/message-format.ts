import type { MessageFormat, MessageSummary, SearchableMessage } from '@holdfast/application';
import { headerFields } from '../authentication/header-fields.ts';
import { calendarBytes, calendarOf } from './calendar-part.ts';
import { composeBounce } from './compose-bounce.ts';
import { composeMessage } from './compose-message.ts';
import { detachedSigner, signatureBytes } from './detached-signature.ts';
import { DEFAULT_FORMAT_LIMITS, type FormatLimits } from './format-limits.ts';
import { ordinarySearchable, ordinarySummary } from './ordinary-summary.ts';
import { openMessage, partAt } from './open-message.ts';
import type { ParsedMessage } from './parse-message.ts';
import { withoutArmour } from './pgp-armour.ts';
import { previewOf, searchedText } from './preview.ts';
import { partiesOf, rawDate, readHeaders } from './read-headers.ts';
import { protectionOf } from './message-protection.ts';
import { readInvitation } from './read-invitation.ts';
import { forMailPrograms, quotation, writtenIn } from './quotation.ts';
import { readReport } from './read-report.ts';
import { sanitiseHtml } from './sanitise-html.ts';
import { sanitiseRichText } from './sanitise-rich-text.ts';
import { oneLine } from './shown-text.ts';
import { withReadableText } from './unlabelled-text.ts';

export interface MessageFormatOptions {
  /** Our name in `Authentication-Results`: fields of others are not believed. */
  readonly authservId: string;
  readonly limits?: Partial<FormatLimits>;
}

export function createMessageFormat(options: MessageFormatOptions): MessageFormat {
  const limits = { ...DEFAULT_FORMAT_LIMITS, ...options.limits };
  return {
    async summarise(message) {
      const readable = withReadableText(message);
      return ordinarySummary(readable, limits) ?? fullSummary(readable, limits);
    },
    async searchable(message) {
      const readable = withReadableText(message);
      return ordinarySearchable(readable, limits) ?? fullSearchable(readable, limits);
    },
    async read(message) {
      const parsed = await openMessage(withReadableText(message), limits, {
        forReading: true,
        keep: (type) => Math.max(calendarBytes(type), signatureBytes(type)),
      });
      const calendar = calendarOf(parsed.kept);
      const clean = parsed.html === null ? null : sanitiseHtml(parsed.html);
      return {
        ...summaryOf(parsed, limits),
        replyTo: partiesOf(parsed.headers, 'reply-to', limits.parties),
        bcc: partiesOf(parsed.headers, 'bcc', limits.parties),
        text: withoutArmour(parsed.text),
        html: clean?.html ?? null,
        hasRemoteContent: clean?.hasRemoteContent ?? false,
        trackers: clean?.trackers ?? 0,
        isCut: parsed.isCut,
        parts: parsed.parts,
        protection: protectionOf(parsed, await detachedSigner(message, parsed.kept)),
        invitation: calendar === null ? null : readInvitation(calendar),
        authenticationResults: ownResults(message, options.authservId),
      };
    },
    async report(message, traceHeaders) {
      const said = await readReport(message, limits);
      return said === null
        ? null
        : {
            ...said,
            authenticationResults: ownResults(
              Buffer.from(`${traceHeaders}\r\n`),
              options.authservId,
            ),
          };
    },
    async attachment(message, index) {
      const { parts, content } = await openMessage(message, limits, { wantedPart: index });
      const part = partAt(parts, index);
      return part === undefined || content === null ? null : { part, content };
    },
    compose: composeMessage,
    richText: sanitiseRichText,
    quotation,
    forMailPrograms,
    async written(message) {
      const { html } = await openMessage(message, limits, {});
      return html === null ? { html: null, isQuoting: false } : writtenIn(html);
    },
    composeBounce,
  };
}

/** By the full parser, whatever the message. */
export async function fullSummary(
  message: Uint8Array,
  limits: FormatLimits,
): Promise<MessageSummary> {
  return summaryOf(await openMessage(message, limits, {}), limits);
}

export async function fullSearchable(
  message: Uint8Array,
  limits: FormatLimits,
): Promise<SearchableMessage> {
  const parsed = await openMessage(message, limits, {});
  return {
    summary: summaryOf(parsed, limits),
    text: searchedText(parsed.text, parsed.html),
    fileNames: parsed.parts.map(({ fileName }) => fileName),
  };
}

function summaryOf(parsed: ParsedMessage, limits: FormatLimits): MessageSummary {
  return {
    ...readHeaders(parsed.headers, rawDate(parsed.headerLines), limits.parties),
    preview: previewOf(parsed.text, parsed.html),
    attachments: parsed.parts.filter((part) => !part.inline).length,
  };
}

/** The topmost field, and only when it carries our name: anyone can write one further down (RFC 8601 §5). */
function ownResults(message: Uint8Array, authservId: string): string | null {
  const first = headerFields(message).find(({ name }) => name === 'authentication-results');
  if (first === undefined) return null;
  const value = oneLine(first.value, 8000);
  const name = /^[^\s;]+/.exec(value)?.[0];
  return name?.toLowerCase() === authservId.toLowerCase() ? value : null;
}
