import type { Language } from '@holdfast/domain';
import type { NoticeOutcome } from './notifications.ts';

/** A call that speaks a text to whoever picks up. */
export interface VoiceCaller {
  /** Whether calls can be made at all. Where not, landlines are refused and nothing is offered. */
  readonly available: boolean;
  /** `reference` makes a repeated request one call. Never speaks subjects or senders of mail, nor a password. */
  call(message: {
    readonly to: string;
    readonly text: string;
    readonly language: Language;
    readonly reference: string;
  }): Promise<NoticeOutcome>;
}

/** What is said on the telephone. A code is spoken only to whoever has asked for one. */
export type SpokenMessage =
  | { readonly kind: 'verification-code' | 'proof-code' | 'way-in'; readonly code: string }
  | {
      readonly kind:
        | 'event-started'
        | 'event-started-in-error'
        | 'event-ended'
        | 'drill-started'
        | 'drill-ended'
        | 'account-changed';
    };

/** The words of a call in one language. */
export type SpokenTexts = (
  message: SpokenMessage,
  input: {
    readonly organisation: string;
    /** Of the portal; its host name is spoken. */
    readonly portalUrl: string;
    /** Minutes. */
    readonly codeValidFor: number;
  },
) => string;
