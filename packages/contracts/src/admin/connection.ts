import {
  PERMISSION_TIERS,
  type PermissionTier,
  type PreflightItem,
  type TenantPermissionName,
  type TenantResource,
} from '@holdfast/domain';
import { z } from 'zod';
import type { IsoInstant } from '../words.ts';

const tiers = z.array(z.enum(PERMISSION_TIERS)).max(PERMISSION_TIERS.length);

/** Connecting with an application that the organisation has registered itself. */
export const connectInput = z.object({
  tenantId: z.string().trim().min(3, 'Enter the tenant: its id, or a domain of it.').max(120),
  clientId: z.string().trim().min(3, 'Enter the id of the application.').max(120),
  proof: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('secret'), secret: z.string().min(1).max(500) }),
    z.object({ kind: z.literal('made-here') }),
    z.object({
      kind: z.literal('certificate'),
      privateKey: z.string().trim().min(1).max(20_000),
      certificate: z.string().trim().min(1).max(20_000),
    }),
  ]),
  tiers: tiers.default([...PERMISSION_TIERS]),
  /** The last day on which the secret is valid, as Entra's page shows it. */
  secretExpiresOn: z.iso.date().nullable().default(null),
});

/** A certificate that was made here and waits to be registered in Entra ID; its key never leaves. */
export interface WaitingKeyView {
  /** PEM. */
  readonly certificate: string;
  /** As Entra's page shows it. */
  readonly thumbprint: string;
  readonly expiresAt: IsoInstant;
}

export const startConsentInput = z.object({
  /** A domain or the id of the tenant. */
  tenant: z.string().trim().min(3, 'Enter a domain of the tenant, or its id.').max(255),
  tiers,
});
export interface ConsentStart {
  /** Of Microsoft's page, on which the administrator decides. */
  readonly url: string;
  readonly expiresAt: IsoInstant;
}

/** What Microsoft sent the browser back with, as it is; nothing of it is believed. */
export const finishConsentInput = z.object({
  state: z.string().min(1).max(200),
  tenant: z.string().max(255).nullable(),
  adminConsent: z.boolean(),
  error: z.string().max(200).nullable(),
  errorDescription: z.string().max(4000).nullable(),
});

export type ConsentAnswerInput = z.infer<typeof finishConsentInput>;

/** Words of a front end for each check of the pre-flight list. */
export type PreflightCheckWords = Readonly<
  Record<
    PreflightItem['check'],
    {
      readonly title: string;
      readonly blocks: string;
      readonly mend: string;
      /** Of the console, where it is shown in full or mended. */
      readonly page?: { readonly href: string; readonly label: string };
    }
  >
>;

export interface PermissionView {
  /** As Entra has it: `User.Read.All`. */
  readonly name: TenantPermissionName;
  readonly resource: TenantResource;
  readonly tier: PermissionTier;
  /** Null: nobody has looked yet. */
  readonly granted: boolean | null;
}

export interface ConnectionView {
  readonly connected: boolean;
  /** `consent`: Holdfast's own application; null while nothing is connected. */
  readonly mode: 'consent' | 'application' | null;
  readonly proof: {
    readonly kind: 'secret' | 'certificate';
    readonly expiresAt: IsoInstant | null;
  } | null;
  /** What was asked for; `read` always. */
  readonly tiers: readonly PermissionTier[];
  /** When the tokens were last looked at; null: not yet. */
  readonly grantedAt: IsoInstant | null;
  /** Every permission that can be asked for, in the order of their tiers. */
  readonly permissions: readonly PermissionView[];
  /** Since when Microsoft no longer lets us in, and what it says. */
  readonly refused: { readonly since: IsoInstant; readonly detail: string } | null;
  /** What this installation's own applications ask for, each; empty when it has none. */
  readonly offered: readonly (readonly PermissionTier[])[];
  readonly tenantId: string | null;
  readonly clientId: string | null;
  readonly displayName: string | null;
  readonly initialDomain: string | null;
  readonly connectedAt: IsoInstant | null;
  readonly preflight: {
    readonly at: IsoInstant;
    readonly state: 'running' | 'done';
    /** What each check blocks, and how to mend it, are the console's words. */
    readonly items: readonly PreflightItem[];
  } | null;
}
