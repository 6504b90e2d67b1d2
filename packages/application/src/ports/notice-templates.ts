import type { Instant } from '@holdfast/domain';

/** An e-mail, ready for `AlternateEmailSender`: the same content as text and as HTML. */
export interface EmailNotice {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface NoticeAddressee {
  /** Name of the organisation as its people know it. */
  readonly organisation: string;
  /** Display name of the person; the SMS does without it. */
  readonly name: string;
}

export interface LoginNotice extends NoticeAddressee {
  /** The work address; it is the login of the emergency mailbox. */
  readonly login: string;
  readonly temporaryPassword: string;
  /** Address of the sign-in page, written out: no link shortener. */
  readonly url: string;
}

/**
 * What people are told, in words. Nothing here ever names subjects or senders of mail. SMS texts are at most 306
 * characters of the GSM alphabet: two parts.
 */
export interface NoticeTemplates {
  /** Goes to the normal mailbox when a user is protected, long before any event. */
  enabledNotice(input: NoticeAddressee & { readonly url: string }): EmailNotice;
  /** Asks for the alternate info; `url` is the personal link. */
  alternateInfoRequest(input: NoticeAddressee & { readonly url: string }): EmailNotice;
  verificationCodeSms(input: { readonly organisation: string; readonly code: string }): string;
  verificationCodeEmail(input: NoticeAddressee & { readonly code: string }): EmailNotice;
  eventStartedSms(input: LoginNotice): string;
  eventStartedEmail(input: LoginNotice): EmailNotice;
  /** The event was undone after notices had left. */
  eventStartedInErrorSms(input: { readonly organisation: string }): string;
  eventStartedInErrorEmail(input: NoticeAddressee): EmailNotice;
  eventEndedSms(input: { readonly organisation: string; readonly readOnlyUntil: Instant }): string;
  eventEndedEmail(
    input: NoticeAddressee & { readonly url: string; readonly readOnlyUntil: Instant },
  ): EmailNotice;
  /** The channel was never verified, so it carries no login. `url` is the portal. */
  eventHeldWithoutCredentialsSms(input: {
    readonly organisation: string;
    readonly url: string;
  }): string;
  eventHeldWithoutCredentialsEmail(
    input: NoticeAddressee & { readonly url: string },
  ): EmailNotice;
}
