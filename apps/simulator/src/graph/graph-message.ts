/** The parts of a Graph message that clients send; checked against the schema before they get this type. */
export interface GraphRecipient {
  readonly emailAddress?: {
    readonly name?: string | null;
    readonly address?: string | null;
  } | null;
}

export interface GraphAttachment {
  readonly '@odata.type'?: string;
  readonly name?: string | null;
  readonly contentType?: string | null;
  readonly contentBytes?: string | null;
  readonly contentId?: string | null;
  readonly isInline?: boolean;
}

export interface GraphMessageInput {
  readonly subject?: string | null;
  readonly body?: {
    readonly contentType?: 'text' | 'html' | null;
    readonly content?: string | null;
  } | null;
  readonly from?: GraphRecipient | null;
  readonly sender?: GraphRecipient | null;
  readonly toRecipients?: readonly GraphRecipient[] | null;
  readonly ccRecipients?: readonly GraphRecipient[] | null;
  readonly bccRecipients?: readonly GraphRecipient[] | null;
  readonly replyTo?: readonly GraphRecipient[] | null;
  readonly internetMessageId?: string | null;
  readonly isRead?: boolean | null;
  readonly importance?: 'low' | 'normal' | 'high' | null;
  readonly inferenceClassification?: 'focused' | 'other' | null;
  readonly categories?: readonly string[] | null;
  readonly flag?: { readonly flagStatus?: 'notFlagged' | 'flagged' | 'complete' | null } | null;
  readonly attachments?: readonly GraphAttachment[];
  readonly singleValueExtendedProperties?: readonly {
    readonly id?: string;
    readonly value?: string | null;
  }[];
}
