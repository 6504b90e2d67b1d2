import type { TenantCredentials } from '@holdfast/application';
import { failureOf } from '../http/failure.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { domain } from '../graph/graph-schemas.ts';

/** Cmdlets for the organisation are routed by this mailbox, which every tenant has (reference 3.1). */
const SYSTEM_MAILBOX = 'SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}';
/** Those about the organisation's own configuration by another one. */
const CONFIGURATION_MAILBOX = 'SystemMailbox{8cc370d3-822a-4ab8-a926-bb94bd0641a9}';
const ANCHORED_IN_CONFIGURATION: ReadonlySet<string> = new Set([
  'Get-OrganizationConfig',
  'Set-OrganizationConfig',
  'Get-AdminAuditLogConfig',
  'Set-AdminAuditLogConfig',
  'Enable-OrganizationCustomization',
]);

/** Says which mailbox routes a cmdlet: header `X-AnchorMailbox`. */
export type AnchorOf = (
  credentials: TenantCredentials,
  cmdlet: { readonly name: string; readonly mailbox?: string },
) => Promise<string>;

export function createAnchors(graph: GraphClient): AnchorOf {
  const initialDomains = new Map<string, string>();

  /** It never changes, so it is asked for once. */
  async function initialDomain(credentials: TenantCredentials): Promise<string> {
    const known = initialDomains.get(credentials.tenantId);
    if (known !== undefined) return known;
    const domains = await graph.list(credentials, '/domains', { $select: 'id,isInitial' }, domain);
    const initial = domains.find((candidate) => candidate.isInitial)?.id;
    if (initial === undefined) throw failureOf('unexpected', 'The tenant names no initial domain.');
    initialDomains.set(credentials.tenantId, initial);
    return initial;
  }

  return async (credentials, { name, mailbox }) => {
    if (mailbox !== undefined) return `UPN:${mailbox}`;
    const system = ANCHORED_IN_CONFIGURATION.has(name) ? CONFIGURATION_MAILBOX : SYSTEM_MAILBOX;
    return `UPN:${system}@${await initialDomain(credentials)}`;
  };
}
