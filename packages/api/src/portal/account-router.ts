import {
  endDevices,
  makeRecoveryCodes,
  putBannerAway,
  readAccount,
  removePasskey,
} from '@holdfast/application';
import { endDevicesInput, removePasskeyInput, type AccountView } from '@holdfast/contracts';
import { presentAccount } from '../presenters/portal-account.ts';
import { mailboxProcedure, router } from './trpc.ts';

/** A user's own ways in. */
export const accountRouter = router({
  read: mailboxProcedure.query(async ({ ctx }): Promise<AccountView> => {
    return presentAccount(await readAccount(ctx.ports, ctx.actor), ctx.language);
  }),

  makeRecoveryCodes: mailboxProcedure.mutation(
    async ({ ctx }): Promise<{ readonly codes: readonly string[] }> => {
      return makeRecoveryCodes(ctx.ports, ctx.actor);
    },
  ),

  removePasskey: mailboxProcedure
    .input(removePasskeyInput)
    .mutation(async ({ ctx, input }): Promise<AccountView> => {
      await removePasskey(ctx.ports, ctx.actor, input);
      return presentAccount(await readAccount(ctx.ports, ctx.actor), ctx.language);
    }),

  endDevices: mailboxProcedure
    .input(endDevicesInput)
    .mutation(async ({ ctx, input }): Promise<AccountView> => {
      await endDevices(ctx.ports, ctx.actor, input);
      return presentAccount(await readAccount(ctx.ports, ctx.actor), ctx.language);
    }),

  putBannerAway: mailboxProcedure.mutation(async ({ ctx }): Promise<{ readonly ok: true }> => {
    await putBannerAway(ctx.ports, ctx.actor);
    return { ok: true };
  }),
});
