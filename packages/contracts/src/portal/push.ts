import { z } from 'zod';

/** Longer than any endpoint that is taken; what it may be is the server's decision. Unit: characters. */
const LONGEST_TEXT = 4_096;

export const subscribeInput = z.object({ endpoint: z.string().min(1).max(LONGEST_TEXT) });

export interface PushKeyView {
  /** What a browser subscribes with: base64url. */
  readonly publicKey: string;
  /** Where this device is told at; null: it is not. */
  readonly endpoint: string | null;
}
