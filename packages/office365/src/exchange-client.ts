import type { TenantCredentials, TenantError } from '@holdfast/application';
import { z } from 'zod';
import { codeOfStatus, failureOf, parseJson, tidy, type ApiAnswer } from './failure.ts';
import type { GraphClient } from './graph-client.ts';
import { domain } from './graph-schemas.ts';
import { exchangeHttp, isBelow } from './http-exchange.ts';
import type { TenantAdapterSettings } from './options.ts';
import type { TokenSource } from './token-source.ts';

/** Organisation-wide cmdlets are routed by this mailbox, which every tenant has (reference 3.1). */
const SYSTEM_MAILBOX = 'SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}';
const PAGE_SIZE = 1000;

const answerBody = z.object({
  value: z.array(z.unknown()).nullish(),
  '@odata.nextLink': z.string().nullish(),
});

const errorBody = z.object({
  error: z.object({
    code: z.string().nullish(),
    message: z.string().nullish(),
    details: z.array(z.object({ message: z.string().nullish() })).nullish(),
    innererror: z
      .object({ internalException: z.object({ message: z.string().nullish() }).nullish() })
      .nullish(),
  }),
});

interface Cmdlet<T> {
  readonly name: string;
  /** PowerShell parameter names without the dash. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Properties to return; all when empty. */
  readonly select: readonly string[];
  readonly item: z.ZodType<T>;
}

/** Exchange cmdlets over `InvokeCommand`: undocumented, what Microsoft's own PowerShell module uses. */
export interface ExchangeClient {
  invoke<T>(
    credentials: TenantCredentials,
    cmdlet: Cmdlet<T>,
    onPage?: (items: readonly T[]) => void,
  ): Promise<readonly T[]>;
}

export function createExchangeClient(
  settings: TenantAdapterSettings,
  tokens: TokenSource,
  graph: GraphClient,
): ExchangeClient {
  const anchors = new Map<string, string>();

  /** The initial domain of a tenant never changes, so it is asked for once. */
  async function anchorOf(credentials: TenantCredentials): Promise<string> {
    const known = anchors.get(credentials.tenantId);
    if (known !== undefined) return known;
    const domains = await graph.list(credentials, '/domains', { $select: 'id,isInitial' }, domain);
    const initial = domains.find((candidate) => candidate.isInitial)?.id;
    if (initial === undefined) throw failureOf('unexpected', 'The tenant names no initial domain.');
    const anchor = `UPN:${SYSTEM_MAILBOX}@${initial}`;
    anchors.set(credentials.tenantId, anchor);
    return anchor;
  }

  async function post(
    credentials: TenantCredentials,
    url: string,
    cmdlet: string,
    body: string,
  ): Promise<ApiAnswer> {
    const anchor = await anchorOf(credentials);
    for (let attempt = 1; ; attempt += 1) {
      const token = await tokens.token(credentials, 'exchange');
      const answer = await exchangeHttp(settings, {
        method: 'POST',
        url,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json',
          'x-responseformat': 'json',
          'x-anchormailbox': anchor,
          'x-cmdletname': cmdlet,
          prefer: `odata.maxpagesize=${PAGE_SIZE}`,
        },
        body,
        patient: true,
      });
      if (answer.status !== 401 || attempt > 1) return answer;
      tokens.forget(credentials, 'exchange');
    }
  }

  async function invoke<T>(
    credentials: TenantCredentials,
    cmdlet: Cmdlet<T>,
    onPage?: (items: readonly T[]) => void,
  ): Promise<readonly T[]> {
    const tenant = encodeURIComponent(credentials.tenantId);
    const select = cmdlet.select.length === 0 ? '' : `?$select=${cmdlet.select.join(',')}`;
    const body = JSON.stringify({
      CmdletInput: { CmdletName: cmdlet.name, Parameters: cmdlet.parameters },
    });
    const items: T[] = [];
    const seen = new Set<string>();
    let url: string | null =
      `${settings.exchangeBase}/adminapi/beta/${tenant}/InvokeCommand${select}`;
    while (url !== null) {
      if (seen.has(url) || seen.size >= settings.limits.pages)
        throw failureOf('unexpected', `The pages of ${cmdlet.name} do not end.`);
      seen.add(url);
      const answer: ApiAnswer = await post(credentials, url, cmdlet.name, body);
      if (answer.status < 200 || answer.status >= 300) throw exchangeFailure(answer, cmdlet.name);
      const { value, next } = readPage(answer, cmdlet.name);
      const part = value.map((entry) => readItem(cmdlet, entry));
      items.push(...part);
      onPage?.(part);
      if (next !== null && !isBelow(settings.exchangeBase, next))
        throw failureOf('unexpected', `${cmdlet.name} points to another host for its next page.`);
      url = next;
    }
    return items;
  }

  return { invoke };
}

function readPage(
  answer: ApiAnswer,
  name: string,
): { readonly value: readonly unknown[]; readonly next: string | null } {
  // A Set cmdlet may answer with an empty body.
  if (answer.text.trim() === '') return { value: [], next: null };
  const body = answerBody.safeParse(parseJson(answer.text));
  if (!body.success) throw failureOf('unexpected', `${name}: the answer is unreadable.`);
  return { value: body.data.value ?? [], next: body.data['@odata.nextLink'] || null };
}

function readItem<T>(cmdlet: Cmdlet<T>, entry: unknown): T {
  const item = cmdlet.item.safeParse(entry);
  if (item.success) return item.data;
  const where = item.error.issues[0]?.path.join('.') ?? '';
  throw failureOf('unexpected', `${cmdlet.name}: ${where} is unreadable.`);
}

/** `details[0].message`, then the internal exception, then `message`; each may be `Ex<hash>|<.NET type>|<text>`. */
export function exchangeFailure(answer: ApiAnswer, name: string): TenantError {
  const padded = answer.text.replaceAll('\u0000', '');
  const { error } = errorBody.safeParse(parseJson(padded)).data ?? {};
  const raw =
    error?.details?.[0]?.message ||
    error?.innererror?.internalException?.message ||
    error?.message ||
    tidy(padded) ||
    `HTTP ${answer.status}`;
  const [, type, ...said] = raw.split('|');
  const text = said.length > 0 ? said.join('|') : raw;
  const refused = /AccessDenied|CommandNotFound|Unauthorized/i.test(type ?? '');
  const missing = /ManagementObjectNotFound/i.test(type ?? '');
  const code = refused ? 'forbidden' : missing ? 'not-found' : codeOfStatus(answer.status);
  return failureOf(code, `${name}: ${text}`, answer.retryAfter);
}
