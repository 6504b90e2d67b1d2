/** The row is ticked, or no longer. */
export function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** With Shift: everything from the row that was ticked last to this one, in the order of the list. */
export function withRange(
  ids: ReadonlySet<string>,
  order: readonly string[],
  from: string | null,
  to: string,
): ReadonlySet<string> {
  const [start, end] = [order.indexOf(from ?? to), order.indexOf(to)];
  if (start < 0 || end < 0) return new Set([...ids, to]);
  return new Set([...ids, ...order.slice(Math.min(start, end), Math.max(start, end) + 1)]);
}
