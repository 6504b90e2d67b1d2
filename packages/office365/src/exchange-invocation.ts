import type {
  ExchangeExecution,
  ExchangeJournal,
  ExchangeReading,
  TenantCredentials,
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

async function take(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
  step: ExchangeStep,
  journal: ExchangeJournal,
): Promise<readonly string[]> {
  await journal(step, 'intended');
  const warnings: string[] = [];
  for (const { name, parameters } of cmdletsOf(step)) {
    const outcome = await exchange.run(credentials, {
      name,
      parameters,
      select: [],
      item: z.unknown(),
    });
    warnings.push(...outcome.warnings);
  }
  await journal(step, 'done');
  return warnings;
}
