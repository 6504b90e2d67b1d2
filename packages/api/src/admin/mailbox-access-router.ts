import { readCopyProgress } from '@holdfast/application';
import type { MailboxCopiesView } from '@holdfast/contracts';
import { toIsoOrNull } from '../presenters/instant.ts';
import { router, sessionProcedure } from './trpc.ts';

export const mailboxAccessRouter = router({
  copies: sessionProcedure.query(async ({ ctx }): Promise<MailboxCopiesView> => {
    const { isPermitted, progress } = await readCopyProgress(ctx.ports, ctx.actor);
    const { bytes, bytesToday, oldestCheck, ...counts } = progress;
    return {
      isPermitted,
      ...counts,
      size: bytes,
      sizeToday: bytesToday,
      oldestCheck: toIsoOrNull(oldestCheck),
    };
  }),
});
