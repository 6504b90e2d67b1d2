import type { Instant } from '@holdfast/domain';

/** Senders whose pictures a user wants to see without being asked. Addresses are lower-case. */
export interface PictureSenderRepository {
  isChosen(userId: string, address: string): Promise<boolean>;
  choose(userId: string, address: string, at: Instant): Promise<void>;
  forget(userId: string, address: string): Promise<void>;
}
