import type { ConversationLinks, Instant } from '@holdfast/domain';

/** A message that has its rows, whatever came before or after it. */
export interface LinkedMessage {
  readonly organisationId: string;
  readonly links: ConversationLinks;
}

/** Conversations across all mailboxes of an organisation; each person sees what they have views of. */
export interface ConversationRepository {
  /** Joins what these messages tie together. Again for the same messages: nothing happens. */
  join(messages: readonly LinkedMessage[], at: Instant): Promise<void>;
}
