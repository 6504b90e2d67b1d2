import { z } from 'zod';
import type { ListEntryType, ListKind } from '@holdfast/domain';
import { uuid, type IsoInstant } from '../words.ts';

export const addListEntriesInput = z.object({
  kind: z.enum(['allow', 'block']),
  values: z.array(z.string().trim().min(1).max(254)).min(1).max(500),
  note: z.string().trim().max(200).default(''),
});
export const removeListEntriesInput = z.object({ ids: z.array(uuid).min(1).max(500) });

export interface ListsView {
  readonly entries: readonly {
    readonly id: string;
    readonly kind: ListKind;
    readonly type: ListEntryType;
    readonly value: string;
    readonly source: 'administrator' | 'tenant';
    readonly note: string;
    readonly addedBy: string;
    readonly addedAt: IsoInstant;
  }[];
  readonly copiedAt: IsoInstant | null;
  readonly copyDetail: string | null;
}
