import type { Language } from '@holdfast/domain';

/** The outcome of handing a notice to its channel; `permanent` means that retrying is useless (bad number, refused address). */
export type NoticeOutcome =
  | { readonly ok: true; readonly reference: string }
  | { readonly ok: false; readonly permanent: boolean; readonly detail: string };

export interface SmsSender {
  /** `reference` makes a repeated call harmless at the gateway. Never carries subjects or senders of mail. */
  send(message: {
    readonly to: string;
    readonly text: string;
    readonly reference: string;
  }): Promise<NoticeOutcome>;
}

/** Mail to private addresses on a route of its own, never through Office 365. */
export interface AlternateEmailSender {
  send(message: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly html: string;
    readonly reference: string;
  }): Promise<NoticeOutcome>;
}

export type PhoneReading =
  | {
      readonly ok: true;
      readonly e164: string;
      readonly country: string;
      readonly canReceiveSms: boolean;
      /** Not where whoever calls pays more than for a call: premium, shared cost, satellite. */
      readonly canBeCalled: boolean;
    }
  | {
      readonly ok: false;
      readonly reason: 'not-a-number' | 'too-short' | 'too-long' | 'unknown-country';
    };

export interface PhoneNumbers {
  /** `country` is ISO 3166-1 alpha-2, used when the number has no +prefix. */
  read(input: string, country: string): PhoneReading;
  /** Countries to choose from: code, name in that language, calling code; sorted by name. */
  countries(language: Language): readonly {
    readonly code: string;
    readonly name: string;
    readonly callingCode: string;
  }[];
}
