import { DAY, type Instant } from '../instant.ts';
import type { Language } from '../language.ts';
import type { ChannelKind } from './contact-channel.ts';

/**
 * A change to how somebody is reached or signs in. It is told to the work mailbox and to the channels from before, with
 * a link to say that it was not them.
 */
export type AccountChange =
  | {
      readonly kind: 'channel-verified';
      readonly channel: ChannelKind;
      readonly value: string;
      /** What it has taken the place of. */
      readonly before: string | null;
    }
  | { readonly kind: 'channel-removed'; readonly channel: ChannelKind; readonly before: string }
  | {
      /** By an administrator, for the user. */
      readonly kind: 'contact-entered';
      readonly channel: ChannelKind;
      readonly value: string;
      readonly by: string;
    }
  | { readonly kind: 'channels-reset' }
  | { readonly kind: 'password-chosen' }
  | { readonly kind: 'passkey-added'; readonly passkeyId: string; readonly device: string }
  | { readonly kind: 'passkey-removed'; readonly device: string }
  | { readonly kind: 'recovery-codes-made' }
  | { readonly kind: 'recovery-code-used'; readonly left: number }
  | {
      readonly kind: 'helpdesk-code-made' | 'helpdesk-code-used';
      /** E-mail address of the administrator who made it. */
      readonly by: string;
      readonly madeAt: Instant;
    };

/** "Not me" works this long: whoever was on holiday still can. */
export const NOT_ME_VALID_FOR = 14 * DAY;

/** What is to be typed: programs that follow links and post forms do not know it. Case does not matter. */
export const NOT_ME_WORDS: Readonly<Record<Language, string>> = { en: 'NO', de: 'NEIN' };

/** In any language: the page may have been in another one when it was opened. */
export function isNotMeWord(typed: string): boolean {
  return Object.values(NOT_ME_WORDS).includes(typed.trim().toUpperCase());
}
