import { z } from 'zod';
import { ALTERNATE_INFO_STATES, DIRECTORY_KINDS, LANGUAGES } from '@holdfast/domain';

export { LANGUAGES, type Language, type Words } from '@holdfast/domain';

export const MAX_PAGE_SIZE = 200;
/** Longest password that is hashed; shortest that is accepted (NIST SP 800-63B: length over composition). Unit: characters. */
export const MAX_PASSWORD_LENGTH = 256;
export const MIN_PASSWORD_LENGTH = 12;

export const uuid = z.uuid();
export const directoryKind = z.enum(DIRECTORY_KINDS);
export const language = z.enum(LANGUAGES);
export const alternateInfo = z.enum(ALTERNATE_INFO_STATES);
export const address = z.string().trim().min(3).max(254);
export const newPassword = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `Use at least ${MIN_PASSWORD_LENGTH} characters. A sentence is fine.`)
  .max(MAX_PASSWORD_LENGTH);
/** ISO 8601, UTC. */
export type IsoInstant = string;
