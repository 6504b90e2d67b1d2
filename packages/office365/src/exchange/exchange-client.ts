import { TenantError, type TenantCredentials } from '@holdfast/application';
import type { CmdletValue } from '@holdfast/domain';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { createAnchors } from './exchange-anchor.ts';
import { exchangeFailure } from './exchange-failure.ts';
import { failureOf, isPermissionFailure, parseJson, type ApiAnswer } from '../http/failure.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { exchangeHttp, isBelow } from '../http/http-exchange.ts';
import type { TenantAdapterSettings } from '../http/options.ts';
import { afterOthers } from '../http/tenant-queue.ts';
import type { TokenSource } from '../sign-in/token-source.ts';
import { withToken } from '../http/with-token.ts';

const PAGE_SIZE = 1000;

/** What the documented Exchange Online Admin API has of the cmdlets we read with (reference 3.2). */
const DOCUMENTED_ENDPOINTS: Readonly<Record<string, string>> = {
  'Get-AcceptedDomain': 'AcceptedDomain',
  'Get-OrganizationConfig': 'OrganizationConfig',
};
const DOCUMENTED_PERMISSION = 'Exchange.ManageAsAppV2';
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const answerBody = z.object({
  value: z.array(z.unknown()).nullish(),
  '@odata.nextLink': z.string().nullish(),
  '@adminapi.warnings': z.array(z.coerce.string()).nullish(),
});

interface Cmdlet<T> {
  readonly name: string;
  /** PowerShell parameter names without the dash. */
  readonly parameters: Readonly<Record<string, CmdletValue>>;
  /** Properties to return; all when empty. */
  readonly select: readonly string[];
  readonly item: z.ZodType<T>;
  /** Of a cmdlet on one mailbox: its address, which routes the request there. */
  readonly mailbox?: string;
}

interface CmdletOutcome<T> {
  readonly items: readonly T[];
  /** What Exchange remarked on a cmdlet that worked, in its own words. */
  readonly warnings: readonly string[];
}

/**
 * Exchange cmdlets, one request at a time for each tenant. Over `InvokeCommand`, undocumented, what Microsoft's own
 * PowerShell module uses; over the documented API where it has the cmdlet and the application its permission.
 */
export interface ExchangeClient {
  invoke<T>(
    credentials: TenantCredentials,
    cmdlet: Cmdlet<T>,
    onPage?: (items: readonly T[]) => void,
  ): Promise<readonly T[]>;
  /** The same, with Exchange's warnings. */
  run<T>(
    credentials: TenantCredentials,
    cmdlet: Cmdlet<T>,
    onPage?: (items: readonly T[]) => void,
  ): Promise<CmdletOutcome<T>>;
  /** Page by page, the next one when the last is taken: a list of any length in the memory of one page. */
  each<T>(
    credentials: TenantCredentials,
    cmdlet: Cmdlet<T>,
    receive: (items: readonly T[]) => Promise<void>,
  ): Promise<void>;
}

interface Route {
  readonly url: string;
  readonly anchor: string;
}

export function createExchangeClient(
  settings: TenantAdapterSettings,
  tokens: TokenSource,
  graph: GraphClient,
): ExchangeClient {
  const anchorOf = createAnchors(graph);
  const base = `${settings.exchangeBase}/adminapi`;

  async function once(
    credentials: TenantCredentials,
    { url, anchor }: Route,
    name: string,
    body: string,
  ): Promise<ApiAnswer> {
    return withToken(tokens, credentials, 'exchange', (token) =>
      exchangeHttp(settings, {
        method: 'POST',
        url,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json',
          'x-responseformat': 'json',
          'x-anchormailbox': anchor,
          'x-cmdletname': name,
          prefer: `odata.maxpagesize=${PAGE_SIZE}`,
        },
        body,
        patient: true,
        // Of a cmdlet that writes nobody knows whether it has taken effect.
        harmless: name.toLowerCase().startsWith('get-'),
        tenant: credentials.tenantId,
      }),
    );
  }

  const post = (
    credentials: TenantCredentials,
    route: Route,
    name: string,
    body: string,
  ): Promise<ApiAnswer> =>
    afterOthers(`${base} ${credentials.tenantId}`, () => once(credentials, route, name, body));

  async function follow<T>(
    credentials: TenantCredentials,
    cmdlet: Cmdlet<T>,
    root: string,
    onPage?: (items: readonly T[]) => void,
  ): Promise<CmdletOutcome<T>> {
    const items: T[] = [];
    const warnings: string[] = [];
    await eachPage(credentials, cmdlet, root, async (page) => {
      items.push(...page.items);
      warnings.push(...page.warnings);
      onPage?.(page.items);
    });
    return { items, warnings };
  }

  async function eachPage<T>(
    credentials: TenantCredentials,
    cmdlet: Cmdlet<T>,
    root: string,
    receive: (page: CmdletOutcome<T>) => Promise<void>,
  ): Promise<void> {
    const select = cmdlet.select.length === 0 ? '' : `?$select=${cmdlet.select.join(',')}`;
    const anchor = await anchorOf(credentials, cmdlet);
    const body = JSON.stringify({
      CmdletInput: { CmdletName: cmdlet.name, Parameters: wireParameters(cmdlet.parameters) },
    });
    const seen = new Set<string>();
    let url: string | null = `${root}${select}`;
    while (url !== null) {
      if (seen.has(url) || seen.size >= settings.limits.pages)
        throw failureOf('unexpected', `The pages of ${cmdlet.name} do not end.`);
      seen.add(url);
      const answer: ApiAnswer = await post(credentials, { url, anchor }, cmdlet.name, body);
      if (answer.status < 200 || answer.status >= 300) throw exchangeFailure(answer, cmdlet.name);
      const page = readPage(answer, cmdlet.name);
      const items = page.value.map((entry) => readItem(cmdlet, entry));
      await receive({ items, warnings: page.warnings });
      if (page.next !== null && !isBelow(settings.exchangeBase, page.next))
        throw failureOf('unexpected', `${cmdlet.name} points to another host for its next page.`);
      url = page.next;
    }
  }

  /** Null where the documented API does not serve this: not this cmdlet, not this application, not this tenant. */
  async function documented<T>(
    credentials: TenantCredentials,
    cmdlet: Cmdlet<T>,
  ): Promise<CmdletOutcome<T> | null> {
    const endpoint = DOCUMENTED_ENDPOINTS[cmdlet.name];
    if (endpoint === undefined || !GUID.test(credentials.tenantId)) return null;
    const token = await tokens.token(credentials, 'exchange');
    if (!rolesOf(token).includes(DOCUMENTED_PERMISSION)) return null;
    try {
      const root = `${base}/v2.0/${credentials.tenantId}/${endpoint}`;
      const outcome = await follow(credentials, { ...cmdlet, item: z.unknown() }, root);
      // A preview: what it leaves out is asked for the other way.
      if (!outcome.items.every((item) => hasAll(item, cmdlet.select))) return null;
      return { ...outcome, items: outcome.items.map((item) => readItem(cmdlet, item)) };
    } catch (error) {
      if (isPermissionFailure(error)) return null;
      if (error instanceof TenantError && error.failure.code === 'not-found') return null;
      throw error;
    }
  }

  async function run<T>(
    credentials: TenantCredentials,
    cmdlet: Cmdlet<T>,
    onPage?: (items: readonly T[]) => void,
  ): Promise<CmdletOutcome<T>> {
    const outcome = await documented(credentials, cmdlet);
    if (outcome !== null) {
      onPage?.(outcome.items);
      return outcome;
    }
    return follow(credentials, cmdlet, invokeUrl(credentials), onPage);
  }

  function invokeUrl({ tenantId }: TenantCredentials): string {
    return `${base}/beta/${encodeURIComponent(tenantId)}/InvokeCommand`;
  }

  return {
    run,
    invoke: async (credentials, cmdlet, onPage) => (await run(credentials, cmdlet, onPage)).items,
    each: (credentials, cmdlet, receive) =>
      eachPage(credentials, cmdlet, invokeUrl(credentials), ({ items }) => receive(items)),
  };
}

/** Arrays replace a multivalued property; a change of it goes as a hash table (reference 3.1). */
function wireParameters(parameters: Readonly<Record<string, CmdletValue>>): object {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && 'add' in value
        ? {
            '@odata.type': '#Exchange.GenericHashTable',
            ...(value.add.length === 0 ? {} : { add: value.add }),
            ...(value.remove.length === 0 ? {} : { remove: value.remove }),
          }
        : value,
    ]),
  );
}

function rolesOf(token: string): readonly unknown[] {
  try {
    const { roles } = decodeJwt(token);
    return Array.isArray(roles) ? roles : [];
  } catch {
    return [];
  }
}

function hasAll(item: unknown, names: readonly string[]): boolean {
  return typeof item === 'object' && item !== null && names.every((name) => name in item);
}

function readPage(
  answer: ApiAnswer,
  name: string,
): {
  readonly value: readonly unknown[];
  readonly next: string | null;
  readonly warnings: readonly string[];
} {
  // A Set cmdlet may answer with an empty body.
  if (answer.text.trim() === '') return { value: [], next: null, warnings: [] };
  const body = answerBody.safeParse(parseJson(answer.text));
  if (!body.success) throw failureOf('unexpected', `${name}: the answer is unreadable.`);
  return {
    value: body.data.value ?? [],
    next: body.data['@odata.nextLink'] || null,
    warnings: body.data['@adminapi.warnings'] ?? [],
  };
}

function readItem<T>(cmdlet: Cmdlet<T>, entry: unknown): T {
  const item = cmdlet.item.safeParse(entry);
  if (item.success) return item.data;
  const where = item.error.issues[0]?.path.join('.') ?? '';
  throw failureOf('unexpected', `${cmdlet.name}: ${where} is unreadable.`);
}
