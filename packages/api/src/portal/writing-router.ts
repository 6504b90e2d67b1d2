import { readWritingSettings, saveWritingSettings } from '@holdfast/application';
import { writingSettingsInput, type WritingSettingsView } from '@holdfast/contracts';
import { mailboxProcedure, router } from './trpc.ts';

export const writingRouter = router({
  settings: mailboxProcedure.query(async ({ ctx }): Promise<WritingSettingsView> => {
    return readWritingSettings(ctx.ports, ctx.actor);
  }),

  saveSettings: mailboxProcedure
    .input(writingSettingsInput)
    .mutation(async ({ ctx, input }): Promise<{ readonly ok: true }> => {
      await saveWritingSettings(ctx.ports, ctx.actor, input);
      return { ok: true };
    }),
});
