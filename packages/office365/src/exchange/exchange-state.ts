import { TenantError, type ExchangeReading, type TenantCredentials } from '@holdfast/application';
import type {
  ExchangeConnector,
  ExchangePart,
  ExchangeRule,
  ExchangeState,
} from '@holdfast/domain';
import { z } from 'zod';
import type { ExchangeClient } from './exchange-client.ts';
import { isPermissionFailure } from '../http/failure.ts';

/** Exchange leaves out what is not set, or says null. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const flag = z
  .union([z.boolean(), z.string().transform((value) => value.toLowerCase() === 'true')])
  .nullish()
  .transform((value) => value ?? false);
/** A list may come as one text with commas, and a list of one without its array. */
const texts = z
  .union([z.array(z.coerce.string()), z.string().transform((value) => value.split(','))])
  .nullish()
  .transform((values) => (values ?? []).map((value) => value.trim()).filter(Boolean));

const organisation = z.object({ IsDehydrated: flag, RejectDirectSend: flag });

const connector = z
  .object({
    Name: z.string(),
    Enabled: flag,
    ConnectorType: text,
    SenderDomains: texts,
    SenderIPAddresses: texts,
    RestrictDomainsToIPAddresses: flag,
    RestrictDomainsToCertificate: flag,
    TlsSenderCertificateName: text,
    RequireTls: flag,
    EFSkipLastIP: flag,
    EFSkipIPs: texts,
    Comment: text,
  })
  .transform((row): ExchangeConnector => ({
    name: row.Name,
    enabled: row.Enabled,
    type: row.ConnectorType,
    senderDomains: row.SenderDomains.map(plainDomain),
    senderAddresses: row.SenderIPAddresses,
    restrictToAddresses: row.RestrictDomainsToIPAddresses,
    restrictToCertificate: row.RestrictDomainsToCertificate,
    certificateName: plainCertificate(row.TlsSenderCertificateName),
    requireTls: row.RequireTls,
    skipLastAddress: row.EFSkipLastIP,
    skipAddresses: row.EFSkipIPs,
    comment: row.Comment,
  }));

/** Exchange shows sender domains as address spaces: `smtp:*;1`. */
function plainDomain(space: string): string {
  return space.replace(/^smtp:/i, '').replace(/;\d+$/, '');
}

/** A certificate's name may come as a whole subject: `CN=mx.holdfast.example, O=…`. */
function plainCertificate(name: string): string {
  return /(?:^|,)\s*CN=([^,]+)/i.exec(name)?.[1]?.trim() ?? name.trim();
}

const rule = z
  .object({
    Name: z.string(),
    State: text,
    Priority: z.coerce.number().nullish(),
    Comments: text,
    HeaderContainsMessageHeader: text,
    HeaderContainsWords: texts,
    SetSCL: z.union([z.number(), z.string()]).nullish(),
  })
  .transform((row): ExchangeRule => ({
    name: row.Name,
    enabled: row.State.toLowerCase() !== 'disabled',
    priority: row.Priority ?? 0,
    comment: row.Comments,
    headerName: row.HeaderContainsMessageHeader,
    headerWords: row.HeaderContainsWords,
    scl: level(row.SetSCL),
  }));

function level(scl: string | number | null | undefined): number | null {
  const number = scl === '' || scl === null || scl === undefined ? Number.NaN : Number(scl);
  return Number.isInteger(number) ? number : null;
}

const connectionPolicy = z.object({ IPAllowList: texts });
const arcConfig = z.object({ ArcTrustedSealers: texts });

/** What the tenant has. A part that we may not read is named; trouble of any other kind is an error. */
export async function readExchangeState(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
): Promise<ExchangeReading> {
  const unreadable: { part: ExchangePart; detail: string }[] = [];
  const failures: TenantError[] = [];
  async function part<T, R>(
    name: ExchangePart,
    cmdlet: Parameters<typeof exchange.invoke<T>>[1],
    of: (rows: readonly T[]) => R,
  ): Promise<R | null> {
    try {
      return of(await exchange.invoke(credentials, cmdlet));
    } catch (error) {
      if (!isPermissionFailure(error)) throw error;
      failures.push(error);
      unreadable.push({ part: name, detail: error.failure.detail });
      return null;
    }
  }
  const all = { parameters: {}, select: [] };
  const ofDefault = { parameters: { Identity: 'Default' }, select: [] };
  const state: ExchangeState = {
    organisation: await part(
      'organisation',
      {
        name: 'Get-OrganizationConfig',
        parameters: {},
        select: ['IsDehydrated', 'RejectDirectSend'],
        item: organisation,
      },
      ([row]) => ({
        dehydrated: row?.IsDehydrated ?? false,
        rejectDirectSend: row?.RejectDirectSend ?? false,
      }),
    ),
    connectors: await part(
      'connectors',
      { name: 'Get-InboundConnector', ...all, item: connector },
      (rows) => rows,
    ),
    allowedAddresses: await part(
      'ip-allow-list',
      { name: 'Get-HostedConnectionFilterPolicy', ...ofDefault, item: connectionPolicy },
      ([row]) => row?.IPAllowList ?? [],
    ),
    rules: await part('rules', { name: 'Get-TransportRule', ...all, item: rule }, (rows) => rows),
    sealers: await part(
      'sealers',
      { name: 'Get-ArcConfig', ...all, item: arcConfig },
      ([row]) => row?.ArcTrustedSealers ?? [],
    ),
  };
  const [first] = failures;
  if (first !== undefined && Object.values(state).every((value) => value === null)) throw first;
  return { state, unreadable };
}
