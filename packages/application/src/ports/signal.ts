/** `NOTIFY` is a hint; a slow poll is the truth. */
export type Signal =
  | { readonly channel: 'deliveries' }
  | { readonly channel: 'snapshot' }
  | {
      readonly channel: 'mailbox';
      readonly organisationId: string;
      readonly userIds: readonly string[];
    };
