import type { DeliveryReport } from '@holdfast/domain';
import type { Invitation } from './invitation.ts';

export interface MailParty {
  readonly name: string;
  readonly address: string;
}

/** What the list of an emergency mailbox shows; made at ingest, under size, depth and time limits. */
export interface MessageSummary {
  /** With angle brackets; null when the message has none. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  /** Oldest first. */
  readonly references: readonly string[];
  readonly subject: string;
  readonly from: MailParty | null;
  readonly to: readonly MailParty[];
  readonly cc: readonly MailParty[];
  /** The Date field, ms since epoch; null when missing or unreadable. */
  readonly sentAt: number | null;
  /** Plain text of the beginning, white space folded, at most 200 characters. */
  readonly preview: string;
  readonly attachments: number;
}

export interface AttachmentPart {
  /** Position among all leaves, stable for these bytes. */
  readonly index: number;
  readonly fileName: string;
  readonly contentType: string;
  readonly size: number;
  readonly contentId: string | null;
  readonly inline: boolean;
}

/** Who signed, as the certificate says that came with the message: nobody here knows whether to believe its issuer. */
export interface SignatureFinding {
  readonly name: string;
  /** Lower case. */
  readonly addresses: readonly string[];
  readonly issuer: string;
  /** Whether the signature fits these words and that certificate; `unknown`: it could not be computed. */
  readonly fits: 'yes' | 'no' | 'unknown';
}

/** How a message is signed or encrypted. */
export interface MessageProtection {
  readonly by: 'smime' | 'pgp';
  /** `opaque`: signed in a form that could not be opened, so that its content stays hidden. */
  readonly how: 'signed' | 'opaque' | 'encrypted';
  /** Null where it was not looked at: PGP, and what came without a certificate. */
  readonly signer: SignatureFinding | null;
}

export interface ReadableMessage extends MessageSummary {
  readonly replyTo: readonly MailParty[];
  readonly bcc: readonly MailParty[];
  readonly text: string;
  /** Sanitised: no script, no event handlers, no forms, remote resources moved to `data-blocked-src`; null when plain text only. */
  readonly html: string | null;
  readonly hasRemoteContent: boolean;
  /** Pictures taken out because nobody can see them: they only tell that the message was opened. */
  readonly trackers: number;
  /** Text or HTML is longer than what is handed out. */
  readonly isCut: boolean;
  readonly attachments: number;
  readonly parts: readonly AttachmentPart[];
  readonly protection: MessageProtection | null;
  /** What its calendar part says; null without one that can be read. */
  readonly invitation: Invitation | null;
  /** `Authentication-Results` that we wrote, or null. */
  readonly authenticationResults: string | null;
}

/** What of a message can be searched. */
export interface SearchableMessage {
  readonly summary: MessageSummary;
  /** The beginning of the text as a reader sees it; from HTML where there is no other. */
  readonly text: string;
  readonly fileNames: readonly string[];
}

export interface ComposeInput {
  readonly messageId: string;
  readonly date: number;
  readonly from: MailParty;
  readonly to: readonly MailParty[];
  readonly cc: readonly MailParty[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly attachments: readonly {
    readonly fileName: string;
    readonly contentType: string;
    readonly content: Uint8Array;
    /** A picture of the HTML, which names it by this. Without angle brackets. */
    readonly contentId?: string | undefined;
  }[];
  /** Extra header fields, e.g. `Auto-Submitted`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What is made of a message that an answer quotes as it looks. */
export interface Quotation {
  readonly html: string;
  /** Indexes of the parts whose pictures are in it, as named by `contentIdOf`. */
  readonly pictures: readonly number[];
}

/** What the writer of a message of ours wrote, without what the server put below. */
export interface WrittenText {
  /** Null: plain text. */
  readonly html: string | null;
  readonly isQuoting: boolean;
}

/** Mail content is hostile (invariant 9): every method keeps its limits and never throws for content. */
export interface MessageFormat {
  summarise(message: Uint8Array): Promise<MessageSummary>;
  searchable(message: Uint8Array): Promise<SearchableMessage>;
  read(message: Uint8Array): Promise<ReadableMessage>;
  /** Null when it is no delivery report. Our own check of its sender is in the trace headers, kept beside the body. */
  report(message: Uint8Array, traceHeaders: string): Promise<DeliveryReport | null>;
  attachment(
    message: Uint8Array,
    index: number,
  ): Promise<{ readonly part: AttachmentPart; readonly content: Uint8Array } | null>;
  compose(input: ComposeInput): Promise<Uint8Array>;
  /** Nothing but light rich text is left of it. */
  richText(html: string): string;
  /** Of a message that was read: pictures of its own that may come along stay, all others are named in words. */
  quotation(
    message: Pick<ReadableMessage, 'html' | 'text' | 'parts'>,
    options: {
      readonly as: 'reply' | 'forward';
      readonly mayTake: (part: AttachmentPart) => boolean;
      readonly contentIdOf: (index: number) => string;
    },
  ): Quotation;
  /** HTML of a message that was read, for another program than our page. */
  forMailPrograms(html: string): string;
  /** Of a message that was composed here. */
  written(message: Uint8Array): Promise<WrittenText>;
  /** RFC 3464 `multipart/report` about recipients of one message, from the null sender. */
  composeBounce(input: BounceInput): Promise<Uint8Array>;
}

export interface BounceInput {
  readonly messageId: string;
  readonly date: number;
  readonly reportingMta: string;
  readonly from: MailParty;
  readonly to: string;
  /** When we accepted the message. */
  readonly arrivedAt: number;
  readonly recipients: readonly {
    readonly address: string;
    /** What the host answered, or what happened in its place; begins with the code. */
    readonly reply: string;
    /** The host that answered; null when none did. */
    readonly host: string | null;
    readonly at: number;
  }[];
  /** Message-ID of what could not be delivered, with brackets: the report goes into its conversation. */
  readonly inReplyTo: string | null;
  /** Beginning of the original: its header is returned, and never its content. */
  readonly original: Uint8Array;
}
