import {
  TenantError,
  type TenantCredentials,
  type TenantListItem,
  type TenantListSection,
  type TenantLists,
  type TenantListsReading,
  type TenantSpoof,
} from '@holdfast/application';
import type { PolicyRule } from '@holdfast/domain';
import type { z } from 'zod';
import { createExchangeClient, type ExchangeClient } from './exchange-client.ts';
import {
  connectionPolicy,
  contentPolicy,
  contentRule,
  fromConnectionPolicy,
  fromContentPolicy,
  fromContentRule,
  fromJunkConfiguration,
  fromSpoofItem,
  fromTenantList,
  isSimulation,
  junkConfiguration,
  spoofItem,
  tenantListItem,
} from './exchange-lists.ts';
import { createGraphClient } from '../graph/graph-client.ts';
import { settle, type TenantAdapterOptions } from '../http/options.ts';
import { createTokenSource } from '../sign-in/token-source.ts';

/** Allow and block lists of a tenant, by Exchange cmdlets. Nothing is written. */
export function createTenantLists(options: TenantAdapterOptions): TenantLists {
  const settings = settle(options);
  const tokens = createTokenSource(settings);
  const exchange = createExchangeClient(settings, tokens, createGraphClient(settings, tokens));
  return {
    read: (credentials) => readLists(readerOf(exchange, credentials), settings.clock.now()),
    async readJunkSettings(credentials, mailbox) {
      const rows = await exchange.invoke(credentials, {
        name: 'Get-MailboxJunkEmailConfiguration',
        parameters: { Identity: mailbox },
        select: [],
        item: junkConfiguration,
        mailbox,
      });
      const [row] = rows;
      return row === undefined
        ? { safe: [], blocked: [], contactsTrusted: false, listsOnly: false }
        : fromJunkConfiguration(row);
    },
  };
}

type Reader = <T>(
  name: string,
  item: z.ZodType<T>,
  parameters?: Readonly<Record<string, string>>,
) => Promise<readonly T[]>;

function readerOf(exchange: ExchangeClient, credentials: TenantCredentials): Reader {
  return (name, item, parameters = {}) =>
    exchange.invoke(credentials, { name, parameters, select: [], item });
}

const ITEMS = 'Get-TenantAllowBlockListItems';

/** What is gathered section by section. */
interface Gathered {
  readonly items: TenantListItem[];
  readonly rules: PolicyRule[];
  readonly spoofs: TenantSpoof[];
  notFiltered: TenantListsReading['notFiltered'];
}

async function readLists(read: Reader, now: number): Promise<TenantListsReading> {
  const gathered: Gathered = {
    items: [],
    rules: [],
    spoofs: [],
    notFiltered: { urls: 0, files: 0, simulations: 0 },
  };
  const sections: { section: TenantListSection; failure: string | null }[] = [];
  const failures: TenantError[] = [];
  const plan = sectionsOf(read, now, gathered);
  for (const [section, work] of plan) {
    try {
      await work();
      sections.push({ section, failure: null });
    } catch (error) {
      if (!(error instanceof TenantError)) throw error;
      failures.push(error);
      sections.push({ section, failure: error.failure.detail });
    }
  }
  const [first] = failures;
  if (first !== undefined && failures.length === plan.length) throw first;
  return { ...gathered, sections };
}

function sectionsOf(
  read: Reader,
  now: number,
  gathered: Gathered,
): readonly (readonly [TenantListSection, () => Promise<void>])[] {
  const simulations = (rows: readonly z.infer<typeof tenantListItem>[]): number =>
    rows.filter(isSimulation).length;
  const add = (count: Partial<TenantListsReading['notFiltered']>): void => {
    const { urls, files, simulations: known } = gathered.notFiltered;
    gathered.notFiltered = {
      urls: urls + (count.urls ?? 0),
      files: files + (count.files ?? 0),
      simulations: known + (count.simulations ?? 0),
    };
  };
  const tenantList = async (ListType: string): Promise<void> => {
    const rows = await read(ITEMS, tenantListItem, { ListType });
    gathered.items.push(...fromTenantList(rows, now));
    add({ simulations: simulations(rows) });
  };
  return [
    [
      'content-filter',
      async () => {
        const policies = await read('Get-HostedContentFilterPolicy', contentPolicy);
        gathered.items.push(...policies.flatMap(fromContentPolicy));
      },
    ],
    [
      'content-filter-rules',
      async () => {
        const rules = await read('Get-HostedContentFilterRule', contentRule);
        gathered.rules.push(...rules.map(fromContentRule));
      },
    ],
    ['tenant-senders', () => tenantList('Sender')],
    ['tenant-ips', () => tenantList('IP')],
    [
      'connection-filter',
      async () => {
        const policies = await read('Get-HostedConnectionFilterPolicy', connectionPolicy, {
          Identity: 'Default',
        });
        gathered.items.push(...policies.flatMap(fromConnectionPolicy));
      },
    ],
    [
      'not-filtered',
      async () => {
        const urls = await read(ITEMS, tenantListItem, { ListType: 'Url' });
        const files = await read(ITEMS, tenantListItem, { ListType: 'FileHash' });
        const phishing = await read(ITEMS, tenantListItem, {
          ListType: 'Url',
          ListSubType: 'AdvancedDelivery',
        });
        add({
          urls: urls.length - simulations(urls),
          files: files.length,
          simulations: phishing.length,
        });
      },
    ],
    [
      'spoofs',
      async () => {
        const rows = await read('Get-TenantAllowBlockListSpoofItems', spoofItem);
        gathered.spoofs.push(...rows.flatMap(fromSpoofItem));
      },
    ],
  ];
}
