import type { Instant } from '@holdfast/domain';
import type { DomainKeyRecord } from '../../records/organisation.ts';

export interface DomainKeyRepository {
  /** Newest first, retired ones included. */
  all(): Promise<readonly DomainKeyRecord[]>;
  ofDomain(domain: string): Promise<readonly DomainKeyRecord[]>;
  /** False when the domain has a key of this selector already. */
  add(key: DomainKeyRecord): Promise<boolean>;
  saveCheck(
    domain: string,
    selector: string,
    check: Pick<DomainKeyRecord, 'state' | 'checkedAt' | 'checkDetail'>,
  ): Promise<void>;
  /** Forgets the private keys of these selectors for good. */
  retire(domain: string, selectors: readonly string[], at: Instant): Promise<void>;
}
