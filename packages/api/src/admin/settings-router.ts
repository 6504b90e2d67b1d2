import { readHelpdeskOf, saveHelpdesk } from '@holdfast/application';
import { saveHelpdeskInput, type HelpdeskView } from '@holdfast/contracts';
import { router, sessionProcedure } from './trpc.ts';

export const settingsRouter = router({
  helpdesk: sessionProcedure.query(async ({ ctx }): Promise<HelpdeskView | null> => {
    return readHelpdeskOf(ctx.ports, ctx.actor);
  }),

  saveHelpdesk: sessionProcedure
    .input(saveHelpdeskInput)
    .mutation(async ({ ctx, input }): Promise<HelpdeskView | null> => {
      return saveHelpdesk(ctx.ports, ctx.actor, input.helpdesk);
    }),
});
