export type PreflightItem = {
  readonly check:
    | 'sign-in'
    | 'organisation'
    | 'domains'
    | 'users'
    | 'mailbox-kinds'
    | 'exchange'
    | 'mail-write'
    | 'service-health';
  readonly ok: boolean;
  /** What does not work without it, in words. */
  readonly blocks: string;
  readonly detail: string;
};
