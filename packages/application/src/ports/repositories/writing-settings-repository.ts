import type { WritingSettings } from '../../records/writing.ts';

export interface WritingSettingsRepository {
  /** Null: this person never set any. */
  get(userId: string): Promise<WritingSettings | null>;
  save(userId: string, settings: WritingSettings): Promise<void>;
}
