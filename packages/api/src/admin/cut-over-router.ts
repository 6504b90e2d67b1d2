import {
  attestExchange,
  beginWayBack,
  checkCutOver,
  confirmCanary,
  giveUpCutOver,
  previewLockDown,
  readCutOver,
  readDirectSenders,
  readEmergencyCard,
  requestCanary,
  requestUninstall,
  resumeCutOver,
  reviewUninstall,
  skipCutOverStep,
  startCutOver,
  switchLockDown,
  type CutOverReading,
} from '@holdfast/application';
import {
  attestInput,
  canaryCodeInput,
  cutOverInput,
  lockDownInput,
  sendCanaryInput,
  skipStepInput,
  uninstallInput,
  wayBackInput,
  type CutOverView,
  type DirectSendersView,
  type EmergencyCardView,
  type LockDownPreviewView,
  type LockDownResultView,
  type UninstallView,
} from '@holdfast/contracts';
import {
  presentCutOver,
  presentDirectSenders,
  presentEmergencyCard,
  presentLockDownPreview,
  presentUninstall,
} from '../presenters/cut-over.ts';
import type { AdminContext } from '../context.ts';
import { router, sessionProcedure } from './trpc.ts';

function present(
  {
    ports,
    actor,
  }: { readonly ports: AdminContext['ports']; readonly actor: { organisationId: string } },
  reading: CutOverReading,
): CutOverView {
  return presentCutOver(reading, ports.settings, actor.organisationId);
}

export const cutOverRouter = router({
  get: sessionProcedure
    .input(cutOverInput)
    .query(async ({ ctx, input }): Promise<CutOverView> =>
      present(ctx, await readCutOver(ctx.ports, ctx.actor, input)),
    ),

  check: sessionProcedure
    .input(cutOverInput)
    .mutation(async ({ ctx, input }): Promise<CutOverView> =>
      present(ctx, await checkCutOver(ctx.ports, ctx.actor, input)),
    ),

  start: sessionProcedure
    .input(cutOverInput)
    .mutation(async ({ ctx, input }): Promise<CutOverView> =>
      present(ctx, await startCutOver(ctx.ports, ctx.actor, input)),
    ),

  giveUp: sessionProcedure
    .input(cutOverInput)
    .mutation(async ({ ctx, input }): Promise<CutOverView> =>
      present(ctx, await giveUpCutOver(ctx.ports, ctx.actor, input)),
    ),

  skip: sessionProcedure
    .input(skipStepInput)
    .mutation(async ({ ctx, input }): Promise<CutOverView> =>
      present(ctx, await skipCutOverStep(ctx.ports, ctx.actor, input)),
    ),

  attest: sessionProcedure
    .input(attestInput)
    .mutation(async ({ ctx, input }): Promise<CutOverView> =>
      present(ctx, await attestExchange(ctx.ports, ctx.actor, input)),
    ),

  sendCanary: sessionProcedure
    .input(sendCanaryInput)
    .mutation(async ({ ctx, input }): Promise<CutOverView> => {
      await requestCanary(ctx.ports, ctx.actor, input);
      return present(ctx, await readCutOver(ctx.ports, ctx.actor, input));
    }),

  confirmCanary: sessionProcedure
    .input(canaryCodeInput)
    .mutation(async ({ ctx, input }): Promise<CutOverView> => {
      await confirmCanary(ctx.ports, ctx.actor, input);
      return present(ctx, await readCutOver(ctx.ports, ctx.actor, input));
    }),

  directSenders: sessionProcedure
    .input(cutOverInput)
    .mutation(async ({ ctx, input }): Promise<DirectSendersView> =>
      presentDirectSenders(await readDirectSenders(ctx.ports, ctx.actor, input)),
    ),

  wayBack: sessionProcedure
    .input(wayBackInput)
    .mutation(async ({ ctx, input }): Promise<CutOverView> =>
      present(ctx, await beginWayBack(ctx.ports, ctx.actor, input)),
    ),

  resume: sessionProcedure
    .input(cutOverInput)
    .mutation(async ({ ctx, input }): Promise<CutOverView> =>
      present(ctx, await resumeCutOver(ctx.ports, ctx.actor, input)),
    ),

  /** A mutation, because it looks at everything anew. */
  previewLockDown: sessionProcedure.mutation(async ({ ctx }): Promise<LockDownPreviewView> =>
    presentLockDownPreview(await previewLockDown(ctx.ports, ctx.actor)),
  ),

  lockDown: sessionProcedure
    .input(lockDownInput)
    .mutation(async ({ ctx, input }): Promise<LockDownResultView> =>
      switchLockDown(ctx.ports, ctx.actor, input),
    ),

  reviewUninstall: sessionProcedure.query(async ({ ctx }): Promise<UninstallView> =>
    presentUninstall(await reviewUninstall(ctx.ports, ctx.actor)),
  ),

  uninstall: sessionProcedure
    .input(uninstallInput)
    .mutation(async ({ ctx, input }): Promise<UninstallView> => {
      await requestUninstall(ctx.ports, ctx.actor, input);
      return presentUninstall(await reviewUninstall(ctx.ports, ctx.actor));
    }),

  card: sessionProcedure.query(async ({ ctx }): Promise<EmergencyCardView> =>
    presentEmergencyCard(await readEmergencyCard(ctx.ports, ctx.actor), ctx.ports.clock.now()),
  ),
});
