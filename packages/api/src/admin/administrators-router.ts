import {
  changeRole,
  inviteAdministrator,
  listAdministrators,
  removeAdministrator,
  withdrawInvitation,
} from '@holdfast/application';
import {
  administratorInput,
  changeRoleInput,
  inviteAdministratorInput,
  type AdministratorsView,
} from '@holdfast/contracts';
import type { AdminContext } from '../context.ts';
import { presentAdministrators } from '../presenters/administrators.ts';
import { router, sessionProcedure } from './trpc.ts';

interface SignedIn extends AdminContext {
  readonly actor: NonNullable<AdminContext['actor']>;
}

async function present({
  ports,
  actor,
}: Pick<SignedIn, 'ports' | 'actor'>): Promise<AdministratorsView> {
  return presentAdministrators(await listAdministrators(ports, actor), actor, ports.clock.now());
}

export const administratorsRouter = router({
  list: sessionProcedure.query(({ ctx }) => present(ctx)),

  invite: sessionProcedure
    .input(inviteAdministratorInput)
    .mutation(async ({ ctx, input }): Promise<AdministratorsView> => {
      await inviteAdministrator(ctx.ports, ctx.actor, input);
      return present(ctx);
    }),

  withdraw: sessionProcedure
    .input(administratorInput)
    .mutation(async ({ ctx, input }): Promise<AdministratorsView> => {
      await withdrawInvitation(ctx.ports, ctx.actor, input);
      return present(ctx);
    }),

  changeRole: sessionProcedure
    .input(changeRoleInput)
    .mutation(async ({ ctx, input }): Promise<AdministratorsView> => {
      await changeRole(ctx.ports, ctx.actor, input);
      return present(ctx);
    }),

  remove: sessionProcedure
    .input(administratorInput)
    .mutation(async ({ ctx, input }): Promise<AdministratorsView> => {
      await removeAdministrator(ctx.ports, ctx.actor, input);
      return present(ctx);
    }),
});
