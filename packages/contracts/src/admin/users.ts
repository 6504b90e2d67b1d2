import { z } from 'zod';
import {
  IDENTITY_CHECKS,
  type AlternateInfoState,
  type ChannelKind,
  type DirectoryKind,
  type IneligibleReason,
} from '@holdfast/domain';
import { alternateInfo, directoryKind, MAX_PAGE_SIZE, uuid, type IsoInstant } from '../words.ts';

export const userSort = z.enum([
  'name',
  'address',
  'kind',
  'alternateInfo',
  'lastAskedAt',
  'lastSignInAt',
]);
export const usersInput = z.object({
  search: z.string().max(200).default(''),
  kinds: z.array(directoryKind).nullable().default(null),
  protected: z.boolean().nullable().default(null),
  alternateInfo: z.array(alternateInfo).nullable().default(null),
  sort: userSort.default('name'),
  descending: z.boolean().default(false),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(MAX_PAGE_SIZE).default(50),
});
export type UsersInput = z.input<typeof usersInput>;

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly kind: DirectoryKind;
  readonly accountEnabled: boolean;
  readonly protected: boolean;
  readonly eligible: boolean;
  readonly reason: IneligibleReason | null;
  /** Selected, but MX of the domain does not point here yet. */
  readonly effective: boolean;
  readonly alternateInfo: AlternateInfoState;
  /** Masked: `••42`, `m••••@posteo.example`. */
  readonly channels: readonly {
    readonly kind: ChannelKind;
    readonly masked: string;
    /** `stale`: proven long ago, still used. */
    readonly state: 'given' | 'verified' | 'stale' | 'opted-out';
    /** Somebody else gave it too. */
    readonly shared: boolean;
    readonly weak: boolean;
  }[];
  readonly lastAskedAt: IsoInstant | null;
  readonly lastSignInAt: IsoInstant | null;
  /** That was in a drill. */
  readonly lastSignInDrill: boolean;
}

export interface UserPage {
  readonly rows: readonly UserRow[];
  readonly total: number;
  readonly offset: number;
  readonly syncedAt: IsoInstant | null;
}

export const saveProtectionInput = z.object({
  protect: z.array(uuid).max(50_000).default([]),
  unprotect: z.array(uuid).max(50_000).default([]),
});
export const requestInfoInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('missing') }),
  z.object({ kind: z.literal('users'), userIds: z.array(uuid).min(1).max(50_000) }),
]);

export const enterContactInput = z.object({
  userId: uuid,
  kind: z.enum(['sms', 'email']),
  value: z.string().trim().min(1).max(254),
  asTyped: z.boolean().default(false),
});
export const enteredContactInput = z.object({ userId: uuid, kind: z.enum(['sms', 'email']) });
export const enteredContactsInput = z.object({ userId: uuid });

/** A contact that an administrator has entered and that is not used yet. */
export interface EnteredContactView {
  readonly kind: ChannelKind;
  readonly masked: string;
  readonly by: string;
  readonly usableAt: IsoInstant;
}

export const resetInfoInput = z.object({ userId: uuid });

export const makeSignInCodeInput = z.object({
  userId: uuid,
  identityCheck: z.enum(IDENTITY_CHECKS),
});
export const endSessionsInput = z.object({ userId: uuid });

/** To be read out; it is shown once. */
export interface SignInCodeView {
  readonly code: string;
  readonly expiresAt: IsoInstant;
}

export interface ProtectionResult {
  readonly protected: number;
  readonly unprotected: number;
  readonly refused: readonly {
    readonly id: string;
    readonly address: string;
    readonly reason: IneligibleReason;
  }[];
}
