import type { SentItem } from '@holdfast/application';

type Mailbox = SentItem['from'];
export type SentAttachment = SentItem['attachments'][number];

/** PS_INTERNET_HEADERS is for headers; this set of names is everybody's (PS_PUBLIC_STRINGS, reference 5b). */
const MARKER = 'String {00020329-0000-0000-C000-000000000046} Name X-Continuity-Id';

/** Graph takes 4 MB a request; base64 adds a third, and the body wants room as well. Bytes before encoding. */
const INLINE_BUDGET = 2_500_000;
/** From here on Graph wants an upload session. Bytes. */
export const SESSION_FROM = 3_000_000;

const recipient = ({ name, address }: Mailbox) => ({ emailAddress: { name, address } });

/** With angle brackets, as the header has it (RFC 5322 §3.6.4). */
export function bracketed(messageId: string): string {
  return `<${messageId.trim().replace(/^<|>$/g, '')}>`;
}

/** Attachments that travel with the message itself, smallest first, and those that follow one by one. */
export function splitAttachments(attachments: readonly SentAttachment[]): {
  readonly inline: readonly SentAttachment[];
  readonly later: readonly SentAttachment[];
} {
  const bySize = attachments.toSorted((a, b) => a.content.byteLength - b.content.byteLength);
  const inline = new Set<SentAttachment>();
  let used = 0;
  for (const attachment of bySize) {
    used += attachment.content.byteLength;
    if (used > INLINE_BUDGET) break;
    inline.add(attachment);
  }
  return {
    inline: attachments.filter((attachment) => inline.has(attachment)),
    later: attachments.filter((attachment) => !inline.has(attachment)),
  };
}

export function fileAttachment(attachment: SentAttachment) {
  return {
    '@odata.type': '#microsoft.graph.fileAttachment',
    name: attachment.fileName,
    contentType: attachment.contentType,
    contentBytes: Buffer.from(attachment.content).toString('base64'),
    isInline: attachment.inline,
    ...(attachment.contentId === null ? {} : { contentId: attachment.contentId }),
  };
}

/**
 * A dated, non-draft item. Graph ignores dates and headers in the JSON and makes everything a draft, unless these MAPI
 * properties are set at creation (reference 5b): 0x0E07 flags without "unsent", 0x0E06 delivery time, 0x0039 submit
 * time, 0x1035 Message-ID, 0x007D the header as it left, 0x1042 In-Reply-To, 0x1039 References.
 */
export function sentMessage(item: SentItem, inline: readonly SentAttachment[]) {
  const at = new Date(item.sentAt).toISOString();
  const properties = [
    { id: 'Integer 0x0E07', value: '1' },
    { id: 'SystemTime 0x0E06', value: at },
    { id: 'SystemTime 0x0039', value: at },
    { id: 'String 0x1035', value: bracketed(item.messageId) },
    { id: 'String 0x007D', value: item.transportHeaders },
    { id: MARKER, value: item.marker },
  ];
  if (item.inReplyTo !== null) {
    properties.push({ id: 'String 0x1042', value: bracketed(item.inReplyTo) });
  }
  if (item.references.length > 0) {
    properties.push({ id: 'String 0x1039', value: item.references.map(bracketed).join(' ') });
  }
  return {
    subject: item.subject,
    isRead: true,
    from: recipient(item.from),
    sender: recipient(item.from),
    toRecipients: item.to.map(recipient),
    ccRecipients: item.cc.map(recipient),
    bccRecipients: item.bcc.map(recipient),
    body:
      item.html === null
        ? { contentType: 'text' as const, content: item.text }
        : { contentType: 'html' as const, content: item.html },
    ...(inline.length === 0 ? {} : { attachments: inline.map(fileAttachment) }),
    singleValueExtendedProperties: properties,
  };
}
