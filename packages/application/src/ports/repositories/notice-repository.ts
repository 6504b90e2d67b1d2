import type { NoticeRecord } from '../../records/people.ts';

export interface NoticeRepository {
  get(id: string): Promise<NoticeRecord | null>;
  save(notice: NoticeRecord): Promise<void>;
  ofEvent(eventId: string): Promise<readonly NoticeRecord[]>;
}
