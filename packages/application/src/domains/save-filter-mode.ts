import { parseIpRange, type FilterMode } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { actorName } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { DomainRecord } from '../records/organisation.ts';
import { checkDomain } from './check-domain.ts';
import { findProtectableDomain } from './find-domain.ts';

/** Widest network of one trusted hop: mail filters publish up to a /16; more would trust the whole internet. */
export const WIDEST_HOP_IPV4 = 1n << 16n;
export const WIDEST_HOP_IPV6 = 1n << 96n;

export interface FilterModeInput {
  readonly name: string;
  readonly filterMode: FilterMode;
  /** Addresses, CIDR networks or ranges of a filter in front; used in that mode only. */
  readonly trustedHops: readonly string[];
  /** "I confirm one of the following": needed for both third-party modes. */
  readonly confirmed: boolean;
}

/**
 * Keeps what the administrator confirmed about a third-party filter, and checks the domain by the new expectation.
 * Refuses: `domains.unknown`, `domains.initial`, `domains.confirmation-missing`, `input.invalid` per hop.
 */
export async function saveFilterMode(
  ports: Ports,
  actor: Actor,
  input: FilterModeInput,
): Promise<DomainRecord> {
  if (input.filterMode !== 'none' && !input.confirmed) {
    throw new Refusal(
      'domains.confirmation-missing',
      'Tick the confirmation: it changes how mail of this domain is filtered.',
      { confirmed: 'Confirm this to go on.' },
    );
  }
  const trustedHops = input.filterMode === 'filter-in-front' ? readHops(input.trustedHops) : [];
  await ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const before = await findProtectableDomain(r, input.name);
    await r.domains.saveFilterMode(input.name, {
      filterMode: input.filterMode,
      trustedHops,
      by: actorName(actor),
      at: ports.clock.now(),
    });
    await r.audit.append(
      auditEntry(ports, actor, 'domain.filter-mode-saved', input.name, {
        from: before.filterMode,
        to: input.filterMode,
        trustedHops,
      }),
    );
    await r.notify({ channel: 'snapshot' });
  });
  return checkDomain(ports, actor, { name: input.name });
}

function readHops(hops: readonly string[]): readonly string[] {
  const fields: Record<string, string> = {};
  for (const [position, hop] of hops.entries()) {
    const words = hopProblem(hop);
    if (words !== null) fields[`trustedHops.${position}`] = words;
  }
  if (hops.length === 0) fields['trustedHops'] = 'List the addresses the filter delivers from.';
  if (Object.keys(fields).length === 0) return hops.map((hop) => hop.trim().toLowerCase());
  throw new Refusal(
    'input.invalid',
    'Some of the addresses of the filter cannot be used. Correct the marked ones.',
    fields,
  );
}

function hopProblem(hop: string): string | null {
  const range = parseIpRange(hop);
  if (range === null) return `"${hop}" is no IP address, network or range.`;
  const widest = hop.includes(':') ? WIDEST_HOP_IPV6 : WIDEST_HOP_IPV4;
  return range.last - range.first + 1n > widest
    ? `"${hop}" is too wide: at most /16 for IPv4 and /32 for IPv6.`
    : null;
}
