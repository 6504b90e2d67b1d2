import type { DomainView, ListsView, PrimaryView, UserRow } from '@holdfast/contracts';

/** The words of the contracts under the names that pages use. */
export type { DomainView, UserRow };
export type PrimaryStateWord = PrimaryView['state'];
export type OverviewShape = PrimaryView['shape'];
export type AlternateInfoState = UserRow['alternateInfo'];
export type ListEntry = ListsView['entries'][number];
export type ListKind = ListEntry['kind'];
