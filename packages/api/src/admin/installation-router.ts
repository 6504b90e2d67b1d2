import {
  install,
  installationState,
  retryInstallationSteps,
  reviewInstallation,
} from '@holdfast/application';
import { installInput, type InstallationReview, type InstallationState } from '@holdfast/contracts';
import { presentInstallation, presentReview } from '../presenters/installation.ts';
import { router, sessionProcedure } from './trpc.ts';

export const installationRouter = router({
  state: sessionProcedure.query(async ({ ctx }): Promise<InstallationState> => {
    return presentInstallation(await installationState(ctx.ports, ctx.actor));
  }),

  review: sessionProcedure
    .input(installInput)
    .query(async ({ ctx, input }): Promise<InstallationReview> => {
      return presentReview(await reviewInstallation(ctx.ports, ctx.actor, input));
    }),

  install: sessionProcedure
    .input(installInput)
    .mutation(async ({ ctx, input }): Promise<InstallationState> => {
      return presentInstallation(await install(ctx.ports, ctx.actor, input));
    }),

  retry: sessionProcedure.mutation(async ({ ctx }): Promise<InstallationState> => {
    return presentInstallation(await retryInstallationSteps(ctx.ports, ctx.actor));
  }),
});
