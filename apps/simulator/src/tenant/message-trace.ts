import { randomUUID } from 'node:crypto';

/** One message to one recipient as the tenant's message trace has it. */
export interface TraceRow {
  readonly id: string;
  readonly senderAddress: string;
  readonly recipientAddress: string;
  /** With angle brackets. */
  readonly messageId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly subject: string;
  readonly size: number;
  readonly fromIp: string;
}

/** What the tenant has received, newest first. */
export class MessageTrace {
  #rows: TraceRow[] = [];
  /**
   * Until Microsoft's own service principal is in the tenant, message trace answers 401 to every application, whatever
   * was consented.
   */
  open = true;

  record(row: Omit<TraceRow, 'id'>): void {
    this.#rows.unshift({ id: randomUUID(), ...row });
  }

  between(from: number, to: number): readonly TraceRow[] {
    return this.#rows.filter(({ receivedAt }) => receivedAt >= from && receivedAt <= to);
  }

  reset(): void {
    this.#rows = [];
    this.open = true;
  }
}
