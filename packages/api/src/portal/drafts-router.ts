import {
  discardDraft,
  listDrafts,
  readDraft,
  restoreDraft,
  saveDraft,
} from '@holdfast/application';
import {
  discardDraftInput,
  draftInput,
  saveDraftInput,
  type DiscardResult,
  type DraftRow,
  type DraftView,
  type RestoredDraft,
  type SaveDraftResult,
} from '@holdfast/contracts';
import { presentDraft, presentDraftRow, presentSaved } from '../presenters/portal-drafts.ts';
import { mailboxProcedure, router } from './trpc.ts';

export const draftsRouter = router({
  list: mailboxProcedure.query(async ({ ctx }): Promise<readonly DraftRow[]> => {
    return (await listDrafts(ctx.ports, ctx.actor)).map(presentDraftRow);
  }),

  read: mailboxProcedure.input(draftInput).query(async ({ ctx, input }): Promise<DraftView> => {
    return presentDraft(await readDraft(ctx.ports, ctx.actor, input));
  }),

  save: mailboxProcedure
    .input(saveDraftInput)
    .mutation(async ({ ctx, input }): Promise<SaveDraftResult> => {
      const writtenAt = Date.parse(input.writtenAt);
      return presentSaved(await saveDraft(ctx.ports, ctx.actor, { ...input, writtenAt }));
    }),

  discard: mailboxProcedure
    .input(discardDraftInput)
    .mutation(async ({ ctx, input }): Promise<DiscardResult> => {
      return discardDraft(ctx.ports, ctx.actor, input);
    }),

  restore: mailboxProcedure
    .input(draftInput)
    .mutation(async ({ ctx, input }): Promise<RestoredDraft> => {
      return restoreDraft(ctx.ports, ctx.actor, input);
    }),
});
