import type {
  DomainSetupState,
  FilterMode,
  Instant,
  ListAttestation,
  MxRecord,
  RecipientListState,
} from '@holdfast/domain';
import type { DomainRecord, OutboundReading } from '../../records/organisation.ts';
import type { TenantDomainWithRoute } from '../office365/tenant-directory.ts';

export interface DomainRepository {
  list(): Promise<readonly DomainRecord[]>;
  get(name: string): Promise<DomainRecord | null>;
  /** Adds, updates and removes so that the list equals the tenant's; keeps states and filter modes. */
  replace(domains: readonly TenantDomainWithRoute[]): Promise<void>;
  /** Where the tenant takes the domain's mail. An empty route is never taken over: mail would have nowhere to go. */
  saveRoute(name: string, mx: readonly MxRecord[]): Promise<void>;
  saveObservation(
    name: string,
    observation: {
      readonly state: DomainSetupState;
      readonly observedMx: readonly MxRecord[];
      readonly observedTtl: number | null;
      readonly checkedAt: Instant;
      readonly checkDetail: string | null;
    },
  ): Promise<void>;
  saveFilterMode(
    name: string,
    mode: {
      readonly filterMode: FilterMode;
      readonly trustedHops: readonly string[];
      readonly by: string;
      readonly at: Instant;
    },
  ): Promise<void>;
  saveRecipientList(name: string, list: RecipientListState): Promise<void>;
  /** Null withdraws it. */
  saveAttestation(name: string, attestation: ListAttestation | null): Promise<void>;
  saveOutbound(name: string, outbound: OutboundReading): Promise<void>;
}
