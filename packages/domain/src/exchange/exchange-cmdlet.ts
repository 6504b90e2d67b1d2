/** A change of a list that others share: what is not named stays as it is. */
export interface ListChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** A value that a cmdlet of Exchange takes. An array replaces a whole list. */
export type CmdletValue = string | number | boolean | null | readonly string[] | ListChange;

/** One cmdlet of Exchange Online, as both ways of running it understand it. Parameters without the dash. */
export interface CmdletCall {
  readonly name: string;
  readonly parameters: Readonly<Record<string, CmdletValue>>;
}
