import type { IdentityCheck, Instant, SignInCode, SignInMethod } from '@holdfast/domain';

export interface SignInCodeRecord extends SignInCode {
  readonly id: string;
  readonly userId: string;
  readonly madeAt: Instant;
  /** Helpdesk only: e-mail address of the administrator, and how they checked. */
  readonly madeBy: string | null;
  readonly identityCheck: IdentityCheck | null;
}

export interface RecoveryCodeRecord {
  readonly id: string;
  readonly userId: string;
  readonly codeMac: string;
  readonly madeAt: Instant;
  readonly usedAt: Instant | null;
}

export interface PasskeyRecord {
  readonly id: string;
  readonly userId: string;
  /** base64url, as the browser names it. */
  readonly credentialId: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  /** Where it was made, in words. */
  readonly device: string;
  readonly madeAt: Instant;
  readonly lastUsedAt: Instant | null;
}

export interface PasskeyChallengeRecord {
  readonly challengeHash: string;
  readonly purpose: 'register' | 'sign-in';
  /** Who registers; null while nobody knows who signs in. */
  readonly userId: string | null;
  readonly expiresAt: Instant;
}

/** A user's device that is signed in. */
export interface DeviceRecord {
  readonly id: string;
  readonly method: SignInMethod;
  readonly device: string;
  /** Address of the network it was opened from. */
  readonly network: string | null;
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
}
