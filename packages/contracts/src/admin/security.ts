import { z } from 'zod';
import type { ListEntryType, ListKind } from '@holdfast/domain';
import { uuid, type IsoInstant } from '../words.ts';

export const addListEntriesInput = z.object({
  kind: z.enum(['allow', 'block']),
  values: z.array(z.string().trim().min(1).max(254)).min(1).max(500),
  note: z.string().trim().max(200).default(''),
  /** From then on the entries say nothing. */
  expiresAt: z.iso.datetime().nullable().default(null),
});
export const userListsInput = z.object({ userId: uuid });
export const addUserEntriesInput = addListEntriesInput.extend({ userId: uuid });
export const removeListEntriesInput = z.object({ ids: z.array(uuid).min(1).max(500) });

export const removeUserEntriesInput = removeListEntriesInput.extend({ userId: uuid });

export interface ListEntryView {
  readonly id: string;
  readonly kind: ListKind;
  readonly type: ListEntryType;
  /** As an administrator writes it: `=partner.example` is the domain alone. */
  readonly value: string;
  /** As people read it, where that is another form: `bücher.example` for `xn--bcher-kva.example`. */
  readonly readable: string | null;
  /** For recipients of this domain alone; null: for everyone, or for the user whose list it is. */
  readonly forDomain: string | null;
  readonly expiresAt: IsoInstant | null;
  readonly source: 'administrator' | 'tenant';
  readonly note: string;
  readonly addedBy: string;
  readonly addedAt: IsoInstant;
}

/** Lists of one user, which apply to mail for this user only. */
export interface UserListsView {
  readonly userId: string;
  readonly entries: readonly ListEntryView[];
  /** When the junk settings of the mailbox were read; null: not yet. */
  readonly readAt: IsoInstant | null;
  readonly contactsTrusted: boolean;
  readonly listsOnly: boolean;
}

export interface ListsView {
  readonly entries: readonly ListEntryView[];
  readonly copiedAt: IsoInstant | null;
  readonly copyDetail: string | null;
}
