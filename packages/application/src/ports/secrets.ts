/**
 * Everything that needs `HOLDFAST_SECRET_KEY`, behind one port. All hashes and tokens are base64url text.
 * The organisation's own key is wrapped by the secret key and derived material never leaves in clear.
 */
export interface Secrets {
  /** Encrypts a credential at rest (AES-256-GCM); `context` is authenticated with it and must match on opening. */
  seal(plain: string, context: string): string;
  /** Throws `SealBrokenError` when the text was not sealed with a current or previous key, or for another context. */
  open(sealed: string, context: string): string;
  /** argon2id, 19 MiB, t=2 (OWASP 2024): for passwords that people choose. */
  hashPassword(password: string): Promise<string>;
  verifyPassword(password: string, hash: string): Promise<boolean>;
  /** SHA-256: for tokens that already hold at least 128 random bits. */
  hashToken(token: string): string;
  /** HMAC under a key derived for `purpose`: for short codes and temporary passwords. */
  mac(purpose: string, parts: readonly string[], value: string): string;
  /** A new random key of an organisation, wrapped by the secret key: what `organisations.wrapped_key` holds. */
  createOrganisationKey(organisationId: string): string;
  /**
   * Derived (HKDF) from the organisation's key, the purpose and the parts: the same inputs give the same token, so that
   * a job holds no secret. 32 bytes.
   */
  deriveToken(organisation: KeyHolder, purpose: string, parts: readonly string[]): string;
  /**
   * A temporary password for people to type: 13 letters and digits of an alphabet of 31 without look-alikes
   * (64 bits), grouped `XXXXX-XXXX-XXXX`.
   */
  deriveTemporaryPassword(organisation: KeyHolder, parts: readonly string[]): string;
  /** Decimal digits, uniformly distributed. */
  randomDigits(count: number): string;
  /** Hexadecimal form of a base64url token. */
  hexOf(token: string): string;
  /** Constant-time comparison of two hashes or tokens. */
  equal(left: string, right: string): boolean;
}

export interface KeyHolder {
  readonly id: string;
  readonly wrappedKey: string;
}
