import type { CutOver, CutOverEvidence, CutOverFact, Instant } from '@holdfast/domain';
import type {
  CanaryProbeRecord,
  CutOverRecord,
  ExchangeAttestation,
  UninstallationRecord,
} from '../../records/cut-over.ts';

export interface CutOverRepository {
  list(): Promise<readonly CutOverRecord[]>;
  /** Before the first start as well: then there is nothing in it. */
  get(domain: string): Promise<CutOverRecord>;
  /** Same, and holds the domain's turn until the transaction ends. */
  lock(domain: string): Promise<CutOverRecord>;
  save(
    domain: string,
    state: CutOver | null,
    facts: readonly CutOverFact[],
    by: string,
  ): Promise<void>;
  saveEvidence(domain: string, evidence: CutOverEvidence, at: Instant): Promise<void>;
  chooseCanary(domain: string, mailbox: string): Promise<void>;
  /** Newest first. */
  facts(
    domain: string,
    limit: number,
  ): Promise<readonly { readonly at: Instant; readonly by: string; readonly fact: CutOverFact }[]>;
  /** After an uninstallation every domain begins anew. Facts stay. */
  clear(): Promise<void>;

  probe(id: string): Promise<CanaryProbeRecord | null>;
  saveProbe(probe: CanaryProbeRecord): Promise<void>;
  latestProbe(domain: string): Promise<CanaryProbeRecord | null>;
  /** Those that somebody waits for, or that are still in a mailbox. */
  openProbes(): Promise<readonly CanaryProbeRecord[]>;

  /** Those that were handed to our MX: they may lie in a mailbox. Oldest first. */
  sentProbes(): Promise<readonly CanaryProbeRecord[]>;

  attestations(): Promise<readonly ExchangeAttestation[]>;
  attest(attestation: ExchangeAttestation): Promise<void>;

  latestUninstallation(): Promise<UninstallationRecord | null>;
  saveUninstallation(record: UninstallationRecord): Promise<void>;
}
