import type { AuthenticationResult, Instant } from '@holdfast/domain';

export interface SigningKeyPair {
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  /** SubjectPublicKeyInfo, base64: what DNS shows. */
  readonly publicKey: string;
}

/** DKIM (RFC 6376) for mail that we write. */
export interface MessageSigner {
  /** RSA, 2048 bits: what every verifier takes (RFC 8301), and no more than fits DNS. */
  createKeyPair(): Promise<SigningKeyPair>;
  /**
   * One `DKIM-Signature` field, CRLF-terminated, to be put on top of exactly these bytes. Throws when the message has
   * no From field, or not exactly one.
   */
  sign(
    message: Uint8Array,
    key: {
      readonly domain: string;
      readonly selector: string;
      readonly privateKey: string;
      readonly at: Instant;
    },
  ): string;
}

/** What a recipient would say of us, asked live through the configured resolvers. */
export interface SenderPolicy {
  /**
   * SPF of mail from this domain that reaches a recipient from each of these addresses, in their order. Never throws:
   * trouble is `temperror`.
   */
  spf(input: {
    readonly domain: string;
    readonly addresses: readonly string[];
    readonly helo: string;
  }): Promise<readonly AuthenticationResult[]>;
}
