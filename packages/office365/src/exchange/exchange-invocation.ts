import {
  TenantError,
  type ExchangeExecution,
  type ExchangeJournal,
  type ExchangeReading,
  type TenantCredentials,
  type TenantFailure,
} from '@holdfast/application';
import { cmdletsOf, planOrder, type ExchangeStep } from '@holdfast/domain';
import { z } from 'zod';
import type { ExchangeClient } from './exchange-client.ts';
import { readExchangeState } from './exchange-state.ts';

/** Carries orders out by `InvokeCommand`: reads, plans, takes note, changes, and reads again. */
export function createExchangeInvocation(exchange: ExchangeClient): ExchangeExecution {
  return {
    async carryOut(credentials, order, journal) {
      const before: ExchangeReading = await readExchangeState(exchange, credentials);
      const { steps } = planOrder(before.state, order);
      const warnings: string[] = [];
      for (const step of steps) {
        warnings.push(...(await take(exchange, credentials, step, journal)));
      }
      const after = steps.length === 0 ? before : await readExchangeState(exchange, credentials);
      return { kind: 'done', steps, warnings, after };
    },
  };
}

/** Refused for certain, as opposed to an answer that never came. */
const CERTAIN: readonly TenantFailure['code'][] = ['forbidden', 'not-found', 'throttled'];

async function take(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
  step: ExchangeStep,
  journal: ExchangeJournal,
): Promise<readonly string[]> {
  await journal(step, 'intended');
  const warnings: string[] = [];
  try {
    for (const { name, parameters } of cmdletsOf(step)) {
      const cmdlet = { name, parameters, select: [], item: z.unknown() };
      warnings.push(...(await exchange.run(credentials, cmdlet)).warnings);
    }
  } catch (error) {
    const refused = error instanceof TenantError && CERTAIN.includes(error.failure.code);
    if (refused) await journal(step, 'refused');
    throw error;
  }
  await journal(step, 'done');
  return warnings;
}
