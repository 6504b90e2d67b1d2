import { checkConnection, connectTenant, readConnection } from '@holdfast/application';
import { connectInput, type ConnectionView } from '@holdfast/contracts';
import { presentConnection } from '../presenters/connection.ts';
import { router, sessionProcedure } from './trpc.ts';

export const connectionRouter = router({
  get: sessionProcedure.query(async ({ ctx }): Promise<ConnectionView> => {
    return presentConnection(await readConnection(ctx.ports, ctx.actor));
  }),

  connect: sessionProcedure
    .input(connectInput)
    .mutation(async ({ ctx, input }): Promise<ConnectionView> => {
      return presentConnection(await connectTenant(ctx.ports, ctx.actor, input));
    }),

  check: sessionProcedure.mutation(async ({ ctx }): Promise<ConnectionView> => {
    return presentConnection(await checkConnection(ctx.ports, ctx.actor));
  }),
});
