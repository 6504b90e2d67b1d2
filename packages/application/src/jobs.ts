import type { AdministratorRole } from '@holdfast/domain';

/**
 * Background work, sent in the transaction of the decision that causes it, with deterministic ids so that sending twice
 * is harmless. A job holds ids, never secrets or mail.
 */
export interface JobPayloads {
  'account.tell-change': { readonly organisationId: string; readonly changeId: string };
  'account.tell-dispute': { readonly organisationId: string; readonly changeId: string };
  'cut-over.tell-refused': {
    readonly organisationId: string;
    readonly domain: string;
    readonly since: number;
  };
  'cut-over.send-canary': { readonly organisationId: string; readonly probeId: string };
  'administrator.invite': { readonly organisationId: string; readonly invitationId: string };
  'administrators.changed': {
    readonly organisationId: string;
    readonly kind: 'invited' | 'role' | 'removed';
    readonly email: string;
    readonly role: AdministratorRole;
    readonly by: string;
    readonly at: number;
  };
  'connection.preflight': { readonly organisationId: string; readonly at: number };
  'directory.sync': {
    readonly organisationId: string;
    readonly runId: string;
    /** An administrator has confirmed that this run may remove many. Absent: it asks. */
    readonly allowRemovals?: boolean;
  };
  'domain.alert': { readonly organisationId: string; readonly alertId: string };
  'domain.check': { readonly organisationId: string; readonly name: string };
  'installation.copy-lists': { readonly organisationId: string };
  'lists.copy-users': {
    readonly organisationId: string;
    /** Mailboxes whose address comes after this one; empty: from the first. */
    readonly after: string;
  };
  'installation.exchange': { readonly organisationId: string };
  'uninstall.run': { readonly organisationId: string; readonly uninstallationId: string };
  'user.welcome': {
    readonly organisationId: string;
    readonly userId: string;
    readonly enabledAt: number;
  };
  'user.request-info': {
    readonly organisationId: string;
    readonly userId: string;
    readonly requestId: string;
    /** Absent: an administrator asks, or the protection that has just begun. */
    readonly reason?: 'reminder' | 'confirm-again';
  };
  'channel.send-code': {
    readonly organisationId: string;
    readonly userId: string;
    readonly kind: 'sms' | 'email';
    readonly challengeId: string;
    /** Absent in jobs of versions before. */
    readonly askedAt?: number;
    /** By a call. */
    readonly spoken?: true;
  };
  'portal.way-in': {
    /** As typed, in lower case: whether it belongs to anybody is found out by the worker alone. */
    readonly login: string;
    readonly requestId: string;
    readonly ticketHash: string;
    readonly askedAt: number;
  };
  'channel.send-proof': {
    readonly organisationId: string;
    readonly userId: string;
    readonly proofId: string;
  };
  'drill.start-notices': { readonly organisationId: string; readonly drillId: string };
  'drill.end-notices': { readonly organisationId: string; readonly drillId: string };
  'drill.notice': {
    readonly organisationId: string;
    readonly drillId: string;
    readonly userId: string;
    readonly kind: 'start' | 'end';
  };
  'drill.clear-mail': { readonly organisationId: string; readonly drillId: string };
  'event.start-notices': {
    readonly organisationId: string;
    readonly eventId: string;
    readonly generation: number;
  };
  'event.notice': {
    readonly organisationId: string;
    readonly eventId: string;
    readonly generation: number;
    readonly userId: string;
    readonly kind: 'start' | 'undo' | 'end';
  };
  'event.undo-notices': {
    readonly organisationId: string;
    readonly eventId: string;
    readonly generation: number;
  };
  'event.end-notices': {
    readonly organisationId: string;
    readonly eventId: string;
    readonly generation: number;
  };
  'event.carry-back': {
    readonly organisationId: string;
    readonly eventId: string;
    readonly itemId: string;
  };
  'event.put-back': { readonly organisationId: string; readonly eventId: string };
  'event.put-back-item': {
    readonly organisationId: string;
    readonly eventId: string;
    readonly itemId: string;
  };
  'queue.action': { readonly organisationId: string; readonly actionId: string };
}

export type JobName = keyof JobPayloads;

export interface JobRequest<Name extends JobName = JobName> {
  readonly name: Name;
  readonly payload: JobPayloads[Name];
  /** Same id, same job: sent once however often it is asked for. */
  readonly id: string;
  /** Not before this instant; null: at once. */
  readonly startAfter: number | null;
}

export interface Job<Name extends JobName> {
  readonly id: string;
  readonly payload: JobPayloads[Name];
}

/** Sending, bound to the transaction it is called in. */
export interface JobSender {
  send<Name extends JobName>(job: JobRequest<Name>): Promise<void>;
}

/** What the worker role runs. A handler that throws is retried with back-off by the adapter. */
export interface JobRunner {
  work<Name extends JobName>(name: Name, handler: (job: Job<Name>) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}
