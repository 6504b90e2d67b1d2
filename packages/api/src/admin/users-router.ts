import { coverage, listUsers, requestInfo, resetInfo, saveProtection } from '@holdfast/application';
import {
  requestInfoInput,
  resetInfoInput,
  saveProtectionInput,
  usersInput,
  type Coverage,
  type ProtectionResult,
  type UserPage,
} from '@holdfast/contracts';
import { presentCoverage } from '../presenters/coverage.ts';
import { presentProtection, presentUserPage } from '../presenters/users.ts';
import { router, sessionProcedure } from './trpc.ts';

export const usersRouter = router({
  list: sessionProcedure.input(usersInput).query(async ({ ctx, input }): Promise<UserPage> => {
    return presentUserPage(await listUsers(ctx.ports, ctx.actor, input));
  }),

  coverage: sessionProcedure.query(async ({ ctx }): Promise<Coverage> => {
    return presentCoverage(await coverage(ctx.ports, ctx.actor));
  }),

  saveProtection: sessionProcedure
    .input(saveProtectionInput)
    .mutation(async ({ ctx, input }): Promise<ProtectionResult> => {
      return presentProtection(await saveProtection(ctx.ports, ctx.actor, input));
    }),

  requestInfo: sessionProcedure
    .input(requestInfoInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly asked: number }> => {
      return requestInfo(ctx.ports, ctx.actor, input);
    }),

  resetInfo: sessionProcedure
    .input(resetInfoInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
      await resetInfo(ctx.ports, ctx.actor, input);
      return { ok: true };
    }),
});
