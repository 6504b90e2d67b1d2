import type { ExchangeAdministration } from '@holdfast/application';
import { createExchangeClient } from './exchange-client.ts';
import { createExchangeInvocation } from './exchange-invocation.ts';
import { readExchangeState } from './exchange-state.ts';
import { createGraphClient } from '../graph/graph-client.ts';
import { settle, type TenantAdapterOptions } from '../http/options.ts';
import { createTokenSource } from '../sign-in/token-source.ts';

/** The Office 365 side of mail flow, by Exchange cmdlets. */
export function createExchangeAdministration(
  options: TenantAdapterOptions,
): ExchangeAdministration {
  const settings = settle(options);
  const tokens = createTokenSource(settings);
  const graph = createGraphClient(settings, tokens);
  const exchange = createExchangeClient(settings, tokens, graph);
  return {
    ...createExchangeInvocation(exchange),
    readState: (credentials) => readExchangeState(exchange, credentials),
  };
}
