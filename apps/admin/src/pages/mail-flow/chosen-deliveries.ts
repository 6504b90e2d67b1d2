import type { QueueRow } from '@holdfast/contracts';
import type { DeliveryCommandWord } from '../../messages/vocabulary.ts';

/** What the next command is for: ticked rows, also of other pages, or everything that matches. */
export interface ChosenDeliveries {
  readonly rows: readonly QueueRow[];
  readonly all: boolean;
}

export const NONE_CHOSEN: ChosenDeliveries = { rows: [], all: false };

/** Rows that one command may name; past them only *all that match* goes on. */
export const MOST_TICKED = 1000;

export function isChosen({ rows, all }: ChosenDeliveries, row: QueueRow): boolean {
  return all || rows.some(({ id }) => id === row.id);
}

/** A tick while everything is chosen leaves only what else is on the page. */
export function setChosen(
  chosen: ChosenDeliveries,
  page: readonly QueueRow[],
  rows: readonly QueueRow[],
  ticked: boolean,
): ChosenDeliveries {
  const before = chosen.all ? page : chosen.rows;
  const rest = before.filter(({ id }) => !rows.some((row) => row.id === id));
  return { rows: ticked ? [...rest, ...rows].slice(0, MOST_TICKED) : rest, all: false };
}

/** Those of the ticked rows that the command is possible for; of everything that matches the server knows. */
export function countPossible(
  { rows, all }: ChosenDeliveries,
  command: DeliveryCommandWord,
  total: number,
): number {
  return all ? total : rows.filter((row) => row.commands.includes(command)).length;
}

/** As the list shows them now: a row that has moved on since it was ticked offers other commands. */
export function refreshChosen(
  chosen: ChosenDeliveries,
  page: readonly QueueRow[],
): ChosenDeliveries {
  if (chosen.rows.length === 0) return chosen;
  const now = new Map(page.map((row) => [row.id, row]));
  return { ...chosen, rows: chosen.rows.map((row) => now.get(row.id) ?? row) };
}
