import {
  TenantError,
  type TenantCredentials,
  type TenantDomainWithRoute,
} from '@holdfast/application';
import type { DomainMailType, MxRecord } from '@holdfast/domain';
import { z } from 'zod';
import type { ExchangeClient } from '../exchange/exchange-client.ts';
import { isPermissionFailure } from '../http/failure.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import * as graphSchema from '../graph/graph-schemas.ts';

const acceptedDomain = z.object({ DomainName: z.string(), DomainType: z.coerce.string() });

/** By Exchange's word, lower-case. */
const MAIL_TYPES: Readonly<Record<string, DomainMailType>> = {
  authoritative: 'authoritative',
  internalrelay: 'internal-relay',
  externalrelay: 'external-relay',
};

export async function readDomains(
  graph: GraphClient,
  exchange: ExchangeClient,
  credentials: TenantCredentials,
): Promise<readonly TenantDomainWithRoute[]> {
  const query = { $select: graphSchema.DOMAIN_FIELDS };
  const rows = await graph.list(credentials, '/domains', query, graphSchema.domain);
  const types = await readMailTypes(exchange, credentials);
  const domains: TenantDomainWithRoute[] = [];
  for (const row of rows) {
    const services = row.supportedServices.map((service) => service.toLowerCase());
    const carriesMail = services.includes('email');
    const mx = carriesMail && row.isVerified ? await readRoute(graph, credentials, row.id) : [];
    const { isInitial, isVerified } = row;
    const name = row.id.toLowerCase();
    // Graph knows relay domains by a service of their own; that it does not say so proves nothing.
    const relays = services.includes('emailinternalrelayonly');
    const mailType = types.get(name) ?? (relays ? 'internal-relay' : null);
    domains.push({ name, isInitial, isVerified, carriesMail, mx, mailType });
  }
  return domains;
}

/** Empty without the permission: then nobody knows whether Exchange refuses unknown recipients. */
async function readMailTypes(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
): Promise<ReadonlyMap<string, DomainMailType>> {
  try {
    const rows = await exchange.invoke(credentials, {
      name: 'Get-AcceptedDomain',
      parameters: { ResultSize: 'Unlimited' },
      select: ['DomainName', 'DomainType'],
      item: acceptedDomain,
    });
    return new Map(
      rows.flatMap(({ DomainName, DomainType }) => {
        const type = MAIL_TYPES[DomainType.toLowerCase()];
        return type === undefined ? [] : [[DomainName.toLowerCase(), type] as const];
      }),
    );
  } catch (error) {
    const absent = error instanceof TenantError && error.failure.code === 'not-found';
    if (absent || isPermissionFailure(error)) return new Map();
    throw error;
  }
}

/** Microsoft's only source of truth for where a domain's mail goes (MC1048624); never built from the name. */
async function readRoute(
  graph: GraphClient,
  credentials: TenantCredentials,
  domain: string,
): Promise<readonly MxRecord[]> {
  const path = `/domains/${encodeURIComponent(domain)}/serviceConfigurationRecords`;
  const records = await graph.list(credentials, path, {}, graphSchema.serviceRecord);
  return records
    .filter((record) => record.recordType === 'mx' && record.supportedService === 'email')
    .map((record) => ({
      exchange: (record.mailExchange ?? '').toLowerCase().replace(/\.$/, ''),
      preference: record.preference,
    }))
    .filter((record) => record.exchange !== '')
    .sort((a, b) => a.preference - b.preference);
}
