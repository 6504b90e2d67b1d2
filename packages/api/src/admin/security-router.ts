import { addListEntries, readLists, removeListEntries } from '@holdfast/application';
import { addListEntriesInput, removeListEntriesInput, type ListsView } from '@holdfast/contracts';
import { presentLists } from '../presenters/lists.ts';
import { router, sessionProcedure } from './trpc.ts';

export const securityRouter = router({
  lists: sessionProcedure.query(async ({ ctx }): Promise<ListsView> => {
    return presentLists(await readLists(ctx.ports, ctx.actor));
  }),

  add: sessionProcedure
    .input(addListEntriesInput)
    .mutation(async ({ ctx, input }): Promise<ListsView> => {
      return presentLists(await addListEntries(ctx.ports, ctx.actor, input));
    }),

  remove: sessionProcedure
    .input(removeListEntriesInput)
    .mutation(async ({ ctx, input }): Promise<ListsView> => {
      return presentLists(await removeListEntries(ctx.ports, ctx.actor, input));
    }),
});
