import type { AdministratorRole, HelpdeskContact } from '@holdfast/domain';

export interface EmailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The words of every notice in one language: calm, exact, short. Values are inserted escaped; no notice carries subjects or senders of mail. */
export interface NoticeTemplates {
  /** The same e-mail with a last line that says how to get no more of them. */
  withStopLink(email: EmailText, url: string): EmailText;
  /** The same e-mail with whom to ask, above that line; unchanged where nobody was named. */
  withHelpdesk(email: EmailText, helpdesk: HelpdeskContact | null): EmailText;
  /** To the work mailbox: an administrator has enabled Email Continuity for you. */
  enabledNotice(input: {
    readonly organisation: string;
    readonly name: string;
    readonly address: string;
  }): EmailText;
  /** To the work mailbox: please give alternate info behind this link. */
  alternateInfoRequest(input: {
    readonly organisation: string;
    readonly name: string;
    readonly address: string;
    readonly url: string;
    readonly validDays: number;
    /** Asked for the first time or by an administrator; reminded; asked whether what was given still holds. */
    readonly reason: 'first' | 'reminder' | 'confirm-again';
  }): EmailText;
  /** To administrators: something has changed in DNS that mail depends on. */
  domainAlert(input: {
    readonly organisation: string;
    readonly domain: string;
    readonly title: string;
    readonly consequence: string;
    readonly mend: string;
    readonly seen: string;
    /** ISO 8601. */
    readonly since: string;
    readonly url: string;
  }): EmailText;
  /** To the work mailbox and channels from before: something was changed, and where to say that it was not you. */
  accountChanged(input: {
    readonly organisation: string;
    readonly login: string;
    /** One sentence. */
    readonly what: string;
    /** ISO 8601. */
    readonly at: string;
    readonly url: string;
  }): { readonly sms: string; readonly email: EmailText };
  /** To administrators: a user says that a change was not theirs. */
  changeDisputed(input: {
    readonly organisation: string;
    readonly address: string;
    readonly what: string;
    /** ISO 8601. */
    readonly at: string;
    readonly url: string;
  }): EmailText;
  verificationCode(input: {
    readonly organisation: string;
    readonly code: string;
    readonly validMinutes: number;
    /** Where somebody else gave the same number; else null. */
    readonly login: string | null;
  }): { readonly sms: string; readonly email: EmailText };
  /** To a channel that is proven: the code that a change needs. */
  proofCode(input: {
    readonly organisation: string;
    readonly code: string;
    readonly validMinutes: number;
    readonly login: string;
  }): { readonly sms: string; readonly email: EmailText };
  /** To somebody who is asked to administer. */
  administratorInvitation(input: {
    readonly organisation: string;
    readonly name: string;
    readonly by: string;
    readonly role: AdministratorRole;
    readonly url: string;
    readonly validDays: number;
  }): EmailText;
  /** To administrators: somebody was asked to become one, has another role, or is none any more. */
  administratorsChanged(input: {
    readonly organisation: string;
    readonly kind: 'invited' | 'role' | 'removed';
    readonly email: string;
    readonly role: AdministratorRole;
    readonly by: string;
    /** ISO 8601. */
    readonly at: string;
    readonly url: string;
  }): EmailText;
  /** To administrators: a colleague has made a sign-in code for somebody who can be told nowhere else. */
  helpdeskCodeMade(input: {
    readonly organisation: string;
    readonly address: string;
    readonly by: string;
    /** ISO 8601. */
    readonly at: string;
    readonly url: string;
  }): EmailText;
  /** A link and a code to sign in with: to verified channels only. */
  wayIn(input: {
    readonly organisation: string;
    /** On a number that several use; null otherwise. */
    readonly login: string | null;
    readonly code: string;
    readonly url: string;
    readonly validMinutes: number;
  }): { readonly sms: string; readonly email: EmailText };
  /** As the start of an event, with DRILL as the first word. With credentials: to verified channels only. */
  drillStarted(input: {
    readonly organisation: string;
    readonly login: string;
    readonly temporaryPassword: string;
    readonly url: string;
    readonly validHours: number;
    readonly helpdesk: HelpdeskContact | null;
  }): { readonly sms: string; readonly email: EmailText };
  drillStartedUnverified(input: {
    readonly organisation: string;
    readonly login: string;
    readonly url: string;
    readonly helpdesk: HelpdeskContact | null;
  }): { readonly sms: string; readonly email: EmailText };
  drillEnded(input: {
    readonly organisation: string;
    readonly login: string;
    /** An event has begun, which does not cover this user. */
    readonly forEvent: boolean;
  }): { readonly sms: string; readonly email: EmailText };
  /** With credentials: to verified channels only. */
  eventStarted(input: {
    readonly organisation: string;
    readonly login: string;
    readonly temporaryPassword: string;
    readonly url: string;
    readonly validHours: number;
    /** Whom to ask, in the text message as far as there is room; null: nobody was named. */
    readonly helpdesk: HelpdeskContact | null;
  }): { readonly sms: string; readonly email: EmailText };
  /** Without credentials: to channels that were given and never verified. */
  eventStartedUnverified(input: {
    readonly organisation: string;
    readonly login: string;
    readonly url: string;
    readonly helpdesk: HelpdeskContact | null;
  }): { readonly sms: string; readonly email: EmailText };
  eventStartedInError(input: { readonly organisation: string; readonly login: string }): {
    readonly sms: string;
    readonly email: EmailText;
  };
  eventEnded(input: {
    readonly organisation: string;
    readonly login: string;
    readonly url: string;
    readonly readOnlyUntil: string;
  }): { readonly sms: string; readonly email: EmailText };
}
