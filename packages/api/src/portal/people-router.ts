import { searchPeople } from '@holdfast/application';
import { peopleInput, type Party } from '@holdfast/contracts';
import { mailboxProcedure, router } from './trpc.ts';

export const peopleRouter = router({
  search: mailboxProcedure
    .input(peopleInput)
    .query(async ({ ctx, input }): Promise<readonly Party[]> => {
      return searchPeople(ctx.ports, ctx.actor, input);
    }),
});
