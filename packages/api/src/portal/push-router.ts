import { readPushKey, subscribeDevice, unsubscribeDevice } from '@holdfast/application';
import { subscribeInput, type PushKeyView } from '@holdfast/contracts';
import { mailboxProcedure, router } from './trpc.ts';

/** Whether this device is told of new mail while the portal is closed. */
export const pushRouter = router({
  key: mailboxProcedure.query(async ({ ctx }): Promise<PushKeyView> => {
    return readPushKey(ctx.ports, ctx.actor);
  }),

  subscribe: mailboxProcedure
    .input(subscribeInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
      await subscribeDevice(ctx.ports, ctx.actor, input);
      return { ok: true };
    }),

  unsubscribe: mailboxProcedure.mutation(async ({ ctx }): Promise<{ readonly ok: true }> => {
    await unsubscribeDevice(ctx.ports, ctx.actor);
    return { ok: true };
  }),
});
