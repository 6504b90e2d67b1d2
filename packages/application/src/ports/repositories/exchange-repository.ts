import type { ExchangeChangeRecord, ExchangeSideRecord } from '../../records/exchange.ts';

/** What the Office 365 side shall be like, what was seen there, and what was changed there for us. */
export interface ExchangeRepository {
  side(): Promise<ExchangeSideRecord>;
  saveSide(change: Partial<ExchangeSideRecord>): Promise<void>;
  /** Oldest first. */
  changes(): Promise<readonly ExchangeChangeRecord[]>;
  /** Of a known id: what became of it. */
  saveChange(record: ExchangeChangeRecord): Promise<void>;
}
