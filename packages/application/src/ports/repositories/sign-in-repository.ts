import type { Instant } from '@holdfast/domain';
import type {
  DeviceRecord,
  PasskeyRecord,
  RecoveryCodeRecord,
  SignInCodeRecord,
} from '../../records/sign-in.ts';

/** A user's ways to sign in to the portal, and what they are told of them. */
export interface SignInRepository {
  /** Codes of the user that have not run out, locked: two at once must not both use one. */
  lockCodes(userId: string, now: Instant): Promise<readonly SignInCodeRecord[]>;
  /** Adds or changes one; those that ran out before its making go. */
  saveCode(code: SignInCodeRecord): Promise<void>;
  /** Nothing that was sent or read out works any more. */
  endCodes(userId: string, at: Instant): Promise<void>;

  recoveryCodes(userId: string): Promise<readonly RecoveryCodeRecord[]>;
  /** These and no others from now on. */
  replaceRecoveryCodes(userId: string, codes: readonly RecoveryCodeRecord[]): Promise<void>;
  /** False: somebody was faster. */
  takeRecoveryCode(id: string, at: Instant): Promise<boolean>;

  passkeys(userId: string): Promise<readonly PasskeyRecord[]>;
  addPasskey(passkey: PasskeyRecord): Promise<void>;
  passkeyUsed(id: string, counter: number, at: Instant): Promise<void>;
  removePasskey(userId: string, id: string): Promise<boolean>;
  removePasskeysSince(userId: string, since: Instant): Promise<void>;

  /** Devices with a session that has not run out, the latest first. */
  devices(userId: string, now: Instant): Promise<readonly DeviceRecord[]>;
  endDevice(userId: string, sessionId: string): Promise<boolean>;
  /** Ends every session of the user but `keep`; tells how many. */
  endDevices(userId: string, keep: string | null): Promise<number>;
}
