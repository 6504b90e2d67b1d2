import { TenantError } from '@holdfast/application';
import { missingPermissions } from '@holdfast/domain';
import { z } from 'zod';
import { exchangeFailure } from '../exchange/exchange-failure.ts';
import { failureOf, parseJson } from '../http/failure.ts';
import { exchangeHttp } from '../http/http-exchange.ts';
import { readClaims } from '../sign-in/token-claims.ts';
import { withToken } from '../http/with-token.ts';
import { readTrace } from '../mailbox/tenant-message-trace.ts';
import { attention, blocked, ok, type Check, type PreflightRun } from './finding.ts';

/** Without these nothing is known of Exchange, nor copied from it. */
const READING = [
  'Get-AcceptedDomain',
  'Get-HostedConnectionFilterPolicy',
  'Get-HostedContentFilterPolicy',
  'Get-InboundConnector',
  'Get-OrganizationConfig',
  'Get-Recipient',
  'Get-TenantAllowBlockListItems',
  'Get-TransportRule',
] as const;
/** Without these the administrator runs the script that we show. */
const WRITING = [
  'New-InboundConnector',
  'New-TransportRule',
  'Set-HostedConnectionFilterPolicy',
  'Set-InboundConnector',
  'Set-TransportRule',
] as const;
/** What the module file is asked as: the version of Microsoft's module whose shape this is (reference 3.1). */
const MODULE_VERSION = '3.5.1';

const moduleFile = z.object({
  value: z.array(z.object({ exportedCmdlets: z.string().nullish() })),
});
const acceptedDomain = z.object({ DomainName: z.string(), DomainType: z.string().nullish() });

export const permissionsConfigure: Check = async ({ tokens, credentials }) => {
  const { roles } = readClaims(await tokens.freshToken(credentials, 'exchange'));
  const missing = missingPermissions(['configure'], { graph: [], exchange: roles }).filter(
    ({ resource }) => resource === 'exchange',
  );
  return missing.length === 0
    ? ok('Granted.')
    : blocked(`Not granted: ${missing.map(({ name }) => name).join(', ')}.`);
};

/** The permission alone does nothing: a role says which cmdlets may be run. */
export const exchangeCmdlets: Check = async (run) => {
  const allowed = new Set((await allowedCmdlets(run)).map((name) => name.toLowerCase()));
  const without = (names: readonly string[]): readonly string[] =>
    names.filter((name) => !allowed.has(name.toLowerCase()));
  const unreadable = without(READING);
  if (unreadable.length > 0) return blocked(`The role does not allow ${unreadable.join(', ')}.`);
  const unwritable = without(WRITING);
  return unwritable.length > 0
    ? attention(`The role allows to look, and not to change: ${unwritable.join(', ')} are missing.`)
    : ok('The role allows everything that is needed.');
};

export const directSend: Check = async (run) => {
  const { state } = await run.exchangeState();
  if (state.organisation === null) return blocked('Get-OrganizationConfig may not be run.');
  return state.organisation.rejectDirectSend
    ? attention('RejectDirectSend is on.')
    : ok('RejectDirectSend is off.');
};

export const customization: Check = async (run) => {
  const { state } = await run.exchangeState();
  if (state.organisation === null) return blocked('Get-OrganizationConfig may not be run.');
  return state.organisation.dehydrated ? blocked('IsDehydrated is true.') : ok();
};

/** A connector of somebody else's for all senders that takes mail from its own addresses only refuses ours. */
export const connectors: Check = async (run) => {
  const { state } = await run.exchangeState();
  if (state.connectors === null) return blocked('Get-InboundConnector may not be run.');
  const clashes = state.connectors.filter(
    (connector) =>
      connector.enabled &&
      connector.type.toLowerCase() === 'partner' &&
      connector.senderDomains.includes('*') &&
      (connector.restrictToAddresses || connector.restrictToCertificate) &&
      !connector.comment.includes('holdfast:'),
  );
  return clashes.length === 0
    ? ok('None in the way.')
    : blocked(`In the way: ${clashes.map(({ name }) => name).join(', ')}.`);
};

export const transportRules: Check = async (run) => {
  const { state } = await run.exchangeState();
  if (state.rules === null) return blocked('Get-TransportRule may not be run.');
  const passing = state.rules.filter(({ enabled, scl }) => enabled && scl === -1);
  return passing.length === 0
    ? ok('None passes the filter by.')
    : attention(`They set the spam level to −1: ${passing.map(({ name }) => name).join(', ')}.`);
};

export const domainTypes: Check = async ({ exchange, credentials }) => {
  const rows = await exchange.invoke(credentials, {
    name: 'Get-AcceptedDomain',
    parameters: {},
    select: ['DomainName', 'DomainType'],
    item: acceptedDomain,
  });
  const relays = rows.filter(
    ({ DomainType }) => (DomainType ?? 'Authoritative').toLowerCase() !== 'authoritative',
  );
  return relays.length === 0
    ? ok('All authoritative.')
    : attention(relays.map((row) => `${row.DomainName}: ${row.DomainType}`).join(', '));
};

/** An hour is enough to see whether it answers. Unit: milliseconds. */
const TRACE_TRIED = 3_600_000;

/** Nothing depends on it but a figure, so that it blocks nothing. */
export const messageTrace: Check = async ({ graph, settings, credentials }) => {
  const until = settings.clock.now();
  const window = { since: until - TRACE_TRIED, until, limit: 1 };
  try {
    await readTrace(graph, credentials, window);
    return ok();
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const { code, detail } = error.failure;
    if (code !== 'forbidden' && code !== 'not-found') throw error;
    return attention(detail);
  }
};

async function allowedCmdlets(run: PreflightRun): Promise<readonly string[]> {
  const { settings, tokens, credentials } = run;
  const tenant = encodeURIComponent(credentials.tenantId);
  const answer = await withToken(tokens, credentials, 'exchange', (token) =>
    exchangeHttp(settings, {
      method: 'GET',
      url: `${settings.exchangeBase}/adminapi/v1.0/${tenant}/EXOModuleFile?Version=${MODULE_VERSION}`,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        commandname: '*',
      },
      patient: true,
    }),
  );
  if (answer.status !== 200) throw exchangeFailure(answer, 'EXOModuleFile');
  const body = moduleFile.safeParse(parseJson(answer.text));
  if (!body.success) throw failureOf('unexpected', 'EXOModuleFile: the answer is unreadable.');
  return body.data.value.flatMap(({ exportedCmdlets }) =>
    (exportedCmdlets ?? '').split(',').map((name) => name.trim()),
  );
}
