import type { RelayResult } from './relay-transport.ts';

/** Our own MX as the world reaches it: by the public names, over SMTP, with the same checks as everybody's mail. */
export interface FrontDoor {
  /** Never throws for what the network or the far end does: that is an outcome. */
  deliver(input: {
    readonly from: string;
    readonly recipient: string;
    readonly message: Uint8Array;
  }): Promise<RelayResult>;
}
