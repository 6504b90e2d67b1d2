import type { EnteredContact, Instant } from '@holdfast/domain';

export interface EnteredContactRepository {
  ofUser(userId: string): Promise<readonly EnteredContact[]>;
  lock(userId: string, kind: EnteredContact['kind']): Promise<EnteredContact | null>;
  /** In the place of an earlier one of the kind. */
  save(contact: EnteredContact): Promise<void>;
  remove(userId: string, kind: EnteredContact['kind']): Promise<void>;
  /** Whose waiting time is over. */
  due(now: Instant): Promise<readonly EnteredContact[]>;
}
