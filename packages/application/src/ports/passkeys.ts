import type { PasskeyRecord } from '../records/sign-in.ts';

/** What a browser makes of options, and options for it, as JSON (WebAuthn Level 3 §5.1): its content is the adapter's business. */
export type PasskeyJson = Readonly<Record<string, unknown>>;

/** Passkeys of the portal (WebAuthn), bound to the host name of its public address. */
export interface Passkeys {
  /** False where browsers refuse them: plain HTTP, or an address without a name. */
  readonly possible: boolean;
  /** Options for making one; `known` are not made twice on one device. `challenge` is base64url. */
  creation(input: {
    readonly challenge: string;
    readonly userId: string;
    readonly login: string;
    readonly name: string;
    readonly known: readonly PasskeyRecord[];
  }): Promise<PasskeyJson>;
  /** Options for signing in with whichever the device has. */
  request(input: { readonly challenge: string }): Promise<PasskeyJson>;
  /** The challenge that an answer says it answers, base64url; null when it is none. */
  challengeOf(answer: PasskeyJson): string | null;
  /** Null: not made here, by a person who was there, for this challenge. */
  verifyCreation(
    answer: PasskeyJson,
    challenge: string,
  ): Promise<Pick<PasskeyRecord, 'credentialId' | 'publicKey' | 'counter' | 'transports'> | null>;
  /** The new counter; null: not signed by this passkey for this challenge, or by a copy of it. */
  verifySignIn(
    answer: PasskeyJson,
    challenge: string,
    passkey: PasskeyRecord,
  ): Promise<{ readonly counter: number } | null>;
}
