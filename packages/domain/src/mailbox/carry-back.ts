import { MINUTE, SECOND, type Instant } from '../instant.ts';
import { folderInTenant, type MailFolder, type WellKnownFolder } from './mail-folder.ts';

/** A message as its reader left it in the emergency mailbox. */
export interface LeftHere {
  readonly folder: MailFolder;
  readonly isRead: boolean;
  readonly isFlagged: boolean;
  readonly touchedAt: Instant;
  /** When it was moved; null: it lies where it came. */
  readonly movedAt: Instant | null;
}

/** The same message as it stands in Office 365. */
export interface StandsThere {
  readonly folder: WellKnownFolder | null;
  readonly isRead: boolean;
  readonly isFlagged: boolean;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

export type CarryBack =
  | { readonly kind: 'same' }
  /** It was changed in Office 365 later, and stays so. */
  | { readonly kind: 'theirs' }
  | {
      readonly kind: 'change';
      readonly mark: { readonly isRead?: boolean; readonly isFlagged?: boolean };
      readonly moveTo: WellKnownFolder | null;
    };

/** Exchange itself still writes to a message for a moment after it was delivered. Unit: milliseconds. */
const DELIVERY_SETTLES = 2 * MINUTE;
/** After a message was not found: it may be on its way, or not in the index yet (reference 5f). Unit: milliseconds. */
export const LOOK_AGAIN_AFTER = [30 * SECOND, 2 * MINUTE, 10 * MINUTE] as const;

/**
 * What is to be done in Office 365 so that a message is there as it was left here. The later change wins: what was touched
 * in Outlook after it was touched here is left alone. Only what was moved here is moved there; deleted means Deleted Items.
 */
export function decideCarryBack(here: LeftHere, there: StandsThere): CarryBack {
  const target = here.movedAt === null ? null : folderInTenant(here.folder);
  const moveTo = target === there.folder ? null : target;
  const mark = {
    ...(here.isRead === there.isRead ? {} : { isRead: here.isRead }),
    ...(here.isFlagged === there.isFlagged ? {} : { isFlagged: here.isFlagged }),
  };
  if (moveTo === null && Object.keys(mark).length === 0) return { kind: 'same' };
  const wasTouchedThere = there.changedAt - there.createdAt > DELIVERY_SETTLES;
  if (wasTouchedThere && there.changedAt > here.touchedAt) return { kind: 'theirs' };
  return { kind: 'change', mark, moveTo };
}
