import {
  endDrill,
  previewDrill,
  readDrillReport,
  readDrills,
  startDrill,
  undoDrill,
} from '@holdfast/application';
import {
  drillInput,
  drillPreviewInput,
  startDrillInput,
  type DrillPreview,
  type DrillReport,
  type DrillView,
} from '@holdfast/contracts';
import { HOUR } from '@holdfast/domain';
import { presentDrill, presentDrillPreview, presentDrillReport } from '../presenters/drills.ts';
import { router, sessionProcedure } from './trpc.ts';

export const drillRouter = router({
  list: sessionProcedure.query(async ({ ctx }): Promise<readonly DrillView[]> => {
    return (await readDrills(ctx.ports, ctx.actor)).map(presentDrill);
  }),

  report: sessionProcedure.input(drillInput).query(async ({ ctx, input }): Promise<DrillReport> => {
    return presentDrillReport(await readDrillReport(ctx.ports, ctx.actor, input));
  }),

  preview: sessionProcedure
    .input(drillPreviewInput)
    .query(async ({ ctx, input }): Promise<DrillPreview> => {
      return presentDrillPreview(await previewDrill(ctx.ports, ctx.actor, input));
    }),

  start: sessionProcedure
    .input(startDrillInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly id: string }> => {
      const { hours, reason, userIds } = input;
      const endsAt = ctx.ports.clock.now() + hours * HOUR;
      const { id } = await startDrill(ctx.ports, ctx.actor, { userIds, reason, endsAt });
      return { id };
    }),

  undo: sessionProcedure
    .input(drillInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly id: string }> => {
      const { id } = await undoDrill(ctx.ports, ctx.actor, input);
      return { id };
    }),

  end: sessionProcedure
    .input(drillInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly id: string }> => {
      const { id } = await endDrill(ctx.ports, ctx.actor, input);
      return { id };
    }),
});
