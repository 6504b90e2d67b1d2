import type { Instant } from '@holdfast/domain';
import type { MessageRecord } from '../../records/mail.ts';
import type { StoreReference } from '../spool.ts';

export interface MessageRepository {
  /** Where the bytes lie now: retention moves what is still needed. Null when the row is gone. */
  reference(message: Pick<MessageRecord, 'id' | 'acceptedAt'>): Promise<StoreReference | null>;
  /** By Message-ID, with or without brackets, or by the id of the record. */
  findErasable(messageId: string): Promise<readonly ErasableMessage[]>;
  /** Blanks what the row says of the content and takes the message out of every mailbox. */
  markErased(message: Pick<MessageRecord, 'id' | 'acceptedAt'>, at: Instant): Promise<void>;
}

export interface ErasableMessage {
  readonly id: string;
  readonly acceptedAt: Instant;
  readonly reference: StoreReference;
  readonly messageId: string | null;
  /** Some delivery is not in its final state. */
  readonly open: boolean;
}
