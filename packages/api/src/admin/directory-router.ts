import {
  attestRecipientList,
  confirmDirectorySync,
  directoryState,
  requestDirectorySync,
  saveSyncGuard,
  withdrawAttestation,
} from '@holdfast/application';
import {
  confirmRemovalsInput,
  recipientListInput,
  refreshInput,
  saveGuardInput,
  type DirectoryState,
  type SyncRunView,
} from '@holdfast/contracts';
import { presentDirectory, presentSyncRun } from '../presenters/directory.ts';
import { router, sessionProcedure } from './trpc.ts';

export const directoryRouter = router({
  state: sessionProcedure.query(async ({ ctx }): Promise<DirectoryState> => {
    return presentDirectory(await directoryState(ctx.ports, ctx.actor));
  }),

  refresh: sessionProcedure
    .input(refreshInput)
    .mutation(async ({ ctx, input }): Promise<SyncRunView> => {
      return presentSyncRun(await requestDirectorySync(ctx.ports, ctx.actor, input));
    }),

  confirmRemovals: sessionProcedure
    .input(confirmRemovalsInput)
    .mutation(async ({ ctx, input }): Promise<SyncRunView> => {
      return presentSyncRun(await confirmDirectorySync(ctx.ports, ctx.actor, input));
    }),

  saveGuard: sessionProcedure
    .input(saveGuardInput)
    .mutation(async ({ ctx, input }): Promise<DirectoryState> => {
      await saveSyncGuard(ctx.ports, ctx.actor, input);
      return presentDirectory(await directoryState(ctx.ports, ctx.actor));
    }),

  attest: sessionProcedure
    .input(recipientListInput)
    .mutation(async ({ ctx, input }): Promise<DirectoryState> => {
      await attestRecipientList(ctx.ports, ctx.actor, input);
      return presentDirectory(await directoryState(ctx.ports, ctx.actor));
    }),

  withdrawAttestation: sessionProcedure
    .input(recipientListInput)
    .mutation(async ({ ctx, input }): Promise<DirectoryState> => {
      await withdrawAttestation(ctx.ports, ctx.actor, input);
      return presentDirectory(await directoryState(ctx.ports, ctx.actor));
    }),
});
