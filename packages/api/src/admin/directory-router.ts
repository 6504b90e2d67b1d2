import { confirmDirectorySync, directoryState, requestDirectorySync } from '@holdfast/application';
import { confirmRemovalsInput, type DirectoryState, type SyncRunView } from '@holdfast/contracts';
import { presentDirectory, presentSyncRun } from '../presenters/directory.ts';
import { router, sessionProcedure } from './trpc.ts';

export const directoryRouter = router({
  state: sessionProcedure.query(async ({ ctx }): Promise<DirectoryState> => {
    return presentDirectory(await directoryState(ctx.ports, ctx.actor));
  }),

  refresh: sessionProcedure.mutation(async ({ ctx }): Promise<SyncRunView> => {
    return presentSyncRun(await requestDirectorySync(ctx.ports, ctx.actor));
  }),

  confirmRemovals: sessionProcedure
    .input(confirmRemovalsInput)
    .mutation(async ({ ctx, input }): Promise<SyncRunView> => {
      return presentSyncRun(await confirmDirectorySync(ctx.ports, ctx.actor, input));
    }),
});
