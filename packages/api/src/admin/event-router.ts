import {
  endEvent,
  previewEvent,
  readEventProgress,
  readEventState,
  startEvent,
  retryPutBack,
  undoEvent,
} from '@holdfast/application';
import {
  endEventInput,
  eventPreviewInput,
  startEventInput,
  type EventPreview,
  type EventState,
  type EventView,
} from '@holdfast/contracts';
import { presentEvent, presentEventPreview, presentEventState } from '../presenters/events.ts';
import { recentLedger } from './recent-ledger.ts';
import { router, sessionProcedure } from './trpc.ts';

export const eventRouter = router({
  state: sessionProcedure.query(async ({ ctx }): Promise<EventState> => {
    const model = await readEventState(ctx.ports, ctx.actor);
    const ledger = await recentLedger(ctx.ports, ctx.actor.organisationId);
    return presentEventState(model, ledger);
  }),

  preview: sessionProcedure
    .input(eventPreviewInput)
    .query(async ({ ctx, input }): Promise<EventPreview> => {
      return presentEventPreview(await previewEvent(ctx.ports, ctx.actor, input));
    }),

  start: sessionProcedure
    .input(startEventInput)
    .mutation(async ({ ctx, input }): Promise<EventView> => {
      const endsAt = input.endsAt === null ? null : Date.parse(input.endsAt);
      const event = await startEvent(ctx.ports, ctx.actor, { ...input, endsAt });
      return presentEvent(await readEventProgress(ctx.ports, ctx.actor, event));
    }),

  undo: sessionProcedure.mutation(async ({ ctx }): Promise<EventView> => {
    const event = await undoEvent(ctx.ports, ctx.actor);
    return presentEvent(await readEventProgress(ctx.ports, ctx.actor, event));
  }),

  retryPutBack: sessionProcedure.mutation(async ({ ctx }): Promise<EventView> => {
    const { event } = await retryPutBack(ctx.ports, ctx.actor);
    return presentEvent(await readEventProgress(ctx.ports, ctx.actor, event));
  }),

  end: sessionProcedure
    .input(endEventInput)
    .mutation(async ({ ctx, input }): Promise<EventView> => {
      const event = await endEvent(ctx.ports, ctx.actor, input);
      return presentEvent(await readEventProgress(ctx.ports, ctx.actor, event));
    }),
});
