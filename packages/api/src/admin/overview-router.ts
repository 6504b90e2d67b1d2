import { readOverview } from '@holdfast/application';
import type { Overview } from '@holdfast/contracts';
import { presentOverview } from '../presenters/overview.ts';
import { router, sessionProcedure } from './trpc.ts';

export const overviewRouter = router({
  get: sessionProcedure.query(async ({ ctx }): Promise<Overview> => {
    const reading = await readOverview(ctx.ports, ctx.actor);
    const ledger = (await ctx.readLedger?.(ctx.actor.organisationId)) ?? null;
    return presentOverview(reading, ledger);
  }),
});
