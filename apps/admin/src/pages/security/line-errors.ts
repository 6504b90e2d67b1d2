/** The contract's bound of one call. */
export const MAX_LINES = 500;

export interface LineError {
  /** From 1, as people count. */
  readonly line: number;
  readonly value: string | null;
  readonly message: string;
}

/** Field errors come as `values.2`, or under the value itself; both become "line 3". */
export function lineErrors(
  fields: Readonly<Record<string, string>>,
  values: readonly string[],
): readonly LineError[] {
  return Object.entries(fields)
    .flatMap(([path, message]): readonly LineError[] => {
      const index = /^values[.[](\d+)\]?$/.exec(path)?.[1];
      const at = index === undefined ? values.indexOf(path) : Number(index);
      return at < 0 ? [] : [{ line: at + 1, value: values[at] ?? null, message }];
    })
    .toSorted((a, b) => a.line - b.line);
}
