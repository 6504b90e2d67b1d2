import { readHealth, readOverview } from '@holdfast/application';
import type { HealthView, Overview } from '@holdfast/contracts';
import { presentHealth } from '../presenters/primary.ts';
import { presentOverview } from '../presenters/overview.ts';
import { recentLedger } from './recent-ledger.ts';
import { router, sessionProcedure } from './trpc.ts';

export const overviewRouter = router({
  get: sessionProcedure.query(async ({ ctx }): Promise<Overview> => {
    const reading = await readOverview(ctx.ports, ctx.actor);
    const ledger = await recentLedger(ctx.ports, ctx.actor.organisationId);
    return presentOverview(reading, ledger);
  }),

  health: sessionProcedure.query(async ({ ctx }): Promise<HealthView> => {
    return presentHealth(await readHealth(ctx.ports, ctx.actor));
  }),
});
