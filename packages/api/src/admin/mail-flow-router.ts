import {
  commandDeliveries,
  inspectMessage,
  listQueue,
  readSpoolAlarms,
  traceMessages,
} from '@holdfast/application';
import {
  commandDeliveriesInput,
  inspectInput,
  queueInput,
  traceInput,
  type CommandResult,
  type QueuePage,
  type SpoolAlarmView,
  type TracedMessage,
  type TracePage,
} from '@holdfast/contracts';
import {
  presentCommanded,
  presentQueuePage,
  presentSpoolAlarm,
  presentTracePage,
} from '../presenters/queue.ts';
import { presentTracedMessage } from '../presenters/traced-message.ts';
import { readQueueQuery, readSelection, readTraceQuery } from '../presenters/queue-query.ts';
import { router, sessionProcedure } from './trpc.ts';

export const mailFlowRouter = router({
  queue: sessionProcedure.input(queueInput).query(async ({ ctx, input }): Promise<QueuePage> => {
    const query = readQueueQuery(input, ctx.ports.clock.now());
    return presentQueuePage(await listQueue(ctx.ports, ctx.actor, query));
  }),

  alarms: sessionProcedure.query(async ({ ctx }): Promise<readonly SpoolAlarmView[]> => {
    return (await readSpoolAlarms(ctx.ports, ctx.actor)).map(presentSpoolAlarm);
  }),

  command: sessionProcedure
    .input(commandDeliveriesInput)
    .mutation(async ({ ctx, input }): Promise<CommandResult> => {
      const { command, reason, allowSender } = input;
      const commanded = await commandDeliveries(ctx.ports, ctx.actor, {
        selection: readSelection(input.selection, ctx.ports.clock.now()),
        command: command === 'discard' ? { kind: command, reason } : { kind: command },
        allowSender,
      });
      return presentCommanded(commanded);
    }),

  message: sessionProcedure
    .input(inspectInput)
    .query(async ({ ctx, input }): Promise<TracedMessage> => {
      return presentTracedMessage(await inspectMessage(ctx.ports, ctx.actor, input));
    }),

  trace: sessionProcedure.input(traceInput).query(async ({ ctx, input }): Promise<TracePage> => {
    return presentTracePage(await traceMessages(ctx.ports, ctx.actor, readTraceQuery(input)));
  }),
});
