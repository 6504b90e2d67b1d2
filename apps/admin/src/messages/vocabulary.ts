import type {
  CommandResult,
  CutOverView,
  DirectSendersView,
  DomainView,
  ListsView,
  PrimaryView,
  QueueCountView,
  QueueRow,
  StepView,
  UserRow,
  WaitReasonWord,
} from '@holdfast/contracts';

/** The words of the contracts under the names that pages use. */
export type { CutOverView, DirectSendersView, DomainView, StepView, UserRow };
export type PrimaryStateWord = PrimaryView['state'];
export type OverviewShape = PrimaryView['shape'];
export type AlternateInfoState = UserRow['alternateInfo'];
export type ListEntry = ListsView['entries'][number];
export type ListKind = ListEntry['kind'];
export type QueueStateWord = QueueCountView['state'];
export type DeliveryStateWord = QueueRow['state'];
export type DeliveryCommandWord = QueueRow['commands'][number];
export type CommandRefusalWord = CommandResult['refused'][number]['reason'];
export type VerdictWord = QueueRow['verdict'];
export type { WaitReasonWord };
