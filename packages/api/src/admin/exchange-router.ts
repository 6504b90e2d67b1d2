import {
  applyExchange,
  checkExchange,
  chooseExchange,
  confirmExchangeScript,
  readExchangeDifference,
  refuseTenantFailure,
  writeExchangeScript,
} from '@holdfast/application';
import {
  confirmScriptInput,
  exchangeChoiceInput,
  exchangeScriptInput,
  type ExchangeView,
} from '@holdfast/contracts';
import { presentExchange } from '../presenters/exchange.ts';
import { router, sessionProcedure } from './trpc.ts';

export const exchangeRouter = router({
  get: sessionProcedure.query(async ({ ctx }): Promise<ExchangeView> => {
    return presentExchange(await readExchangeDifference(ctx.ports, ctx.actor));
  }),

  choose: sessionProcedure
    .input(exchangeChoiceInput)
    .mutation(async ({ ctx, input }): Promise<ExchangeView> => {
      return presentExchange(await chooseExchange(ctx.ports, ctx.actor, input));
    }),

  carryOut: sessionProcedure.mutation(async ({ ctx }): Promise<ExchangeView> => {
    return presentExchange(await refuseTenantFailure(() => applyExchange(ctx.ports, ctx.actor)));
  }),

  check: sessionProcedure.mutation(async ({ ctx }): Promise<ExchangeView> => {
    return presentExchange(await checkExchange(ctx.ports, ctx.actor));
  }),

  script: sessionProcedure
    .input(exchangeScriptInput)
    .query(async ({ ctx, input }): Promise<{ readonly script: string }> => {
      return writeExchangeScript(ctx.ports, ctx.actor, input);
    }),

  confirmScript: sessionProcedure
    .input(confirmScriptInput)
    .mutation(async ({ ctx, input }): Promise<ExchangeView> => {
      return presentExchange(await confirmExchangeScript(ctx.ports, ctx.actor, input));
    }),
});
