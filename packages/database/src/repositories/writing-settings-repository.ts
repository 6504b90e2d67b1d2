import { and, eq } from '../drizzle.ts';
import type { WritingSettingsRepository } from '@holdfast/application';
import { writingSettings } from '../schema/writing.ts';
import type { Transaction } from '../transaction.ts';

export function createWritingSettingsRepository(
  transaction: Transaction,
  organisationId: string,
): WritingSettingsRepository {
  return {
    get: async (userId) => {
      const { undoSeconds, signature, signatureUsed } = writingSettings;
      const [row] = await transaction
        .select({ undoSeconds, signature, signatureUsed })
        .from(writingSettings)
        .where(
          and(
            eq(writingSettings.organisationId, organisationId),
            eq(writingSettings.userId, userId),
          ),
        );
      return row ?? null;
    },
    save: async (userId, settings) => {
      await transaction
        .insert(writingSettings)
        .values({ organisationId, userId, ...settings })
        .onConflictDoUpdate({
          target: [writingSettings.organisationId, writingSettings.userId],
          set: settings,
        });
    },
  };
}
