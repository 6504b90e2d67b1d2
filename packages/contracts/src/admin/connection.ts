import { z } from 'zod';
import type { IsoInstant } from '../words.ts';

export const connectInput = z.object({
  tenantId: z.string().trim().min(3).max(120),
  clientId: z.string().trim().min(3).max(120),
  proof: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('secret'), secret: z.string().min(1).max(500) }),
    z.object({
      kind: z.literal('certificate'),
      privateKey: z.string().trim().min(1).max(20_000),
      certificate: z.string().trim().min(1).max(20_000),
    }),
  ]),
});

export interface ConnectionView {
  readonly connected: boolean;
  readonly tenantId: string | null;
  readonly clientId: string | null;
  readonly displayName: string | null;
  readonly initialDomain: string | null;
  readonly connectedAt: IsoInstant | null;
  readonly preflight: {
    readonly at: IsoInstant;
    readonly items: readonly {
      readonly check: string;
      readonly ok: boolean;
      readonly blocks: string;
      readonly detail: string;
    }[];
  } | null;
}
