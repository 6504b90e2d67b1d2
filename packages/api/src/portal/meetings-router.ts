import { readMeetings } from '@holdfast/application';
import type { MeetingsView } from '@holdfast/contracts';
import { toIso, toIsoOrNull } from '../presenters/instant.ts';
import { mailboxProcedure, router } from './trpc.ts';

export const meetingsRouter = router({
  list: mailboxProcedure.query(async ({ ctx }): Promise<MeetingsView> => {
    const { asOf, meetings } = await readMeetings(ctx.ports, ctx.actor);
    return {
      asOf: toIsoOrNull(asOf),
      meetings: meetings.map(({ start, end, ...meeting }) => ({
        ...meeting,
        start: toIso(start),
        end: toIso(end),
      })),
    };
  }),
});
