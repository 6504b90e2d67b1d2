import type { AddressProbe, AttemptOutcome, DeliveryRoute } from '@holdfast/domain';

export interface RelayEnvelope {
  readonly from: string;
  readonly recipients: readonly string[];
  readonly bodyType: '7BIT' | '8BITMIME';
  readonly smtpUtf8: boolean;
  /** What a delivery report is to call it (RFC 3461 §4.4), where the host carries that; letters, digits and dashes. */
  readonly envelopeId?: string | undefined;
}

/** One outcome per recipient, in the order of the envelope. */
export interface RelayResult {
  readonly recipient: string;
  readonly outcome: AttemptOutcome;
  /** The host that answered, for the trace; null when none did. */
  readonly host: string | null;
  /** TLS version, cipher and whether the host's name was verified; null in clear, or when none answered. */
  readonly tls: string | null;
}

export interface RelayTransport {
  /**
   * Offers one message to the first host that answers. Never throws for what the network or the far end does: that is
   * an outcome. The final-dot timeout is 10 minutes (RFC 5321 §4.5.3.2.6): shorter ones make duplicates.
   */
  send(input: {
    readonly route: Exclude<DeliveryRoute, 'internal'>;
    /** For `primary`: the tenant's hosts. For `remote`: empty, the transport looks up MX of the recipients' domain or uses the smart host. */
    readonly hosts: readonly string[];
    readonly envelope: RelayEnvelope;
    readonly message: { readonly size: number; stream(): AsyncIterable<Uint8Array> };
  }): Promise<readonly RelayResult[]>;
  /**
   * Every address of every host, each over a connection of its own and all at once, up to RCPT TO: how the tenant's front
   * ends stand. Never throws for what they do.
   */
  probeHosts(input: {
    readonly hosts: readonly string[];
    readonly from: string;
    readonly recipients: readonly string[];
    /** Milliseconds for each. */
    readonly timeout: number;
  }): Promise<readonly AddressProbe[]>;
  /** RCPT without DATA, for call-outs: the outcome of RCPT TO. */
  probe(input: {
    readonly hosts: readonly string[];
    readonly from: string;
    readonly recipient: string;
    readonly timeout: number;
  }): Promise<AttemptOutcome>;
  close(): Promise<void>;
}
