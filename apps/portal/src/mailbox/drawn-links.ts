/** The links of the rows that are drawn, from the top down. In the page they stand in the order in which they were drawn. */
export function drawnLinks(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.list-pane a.m')].sort(
    (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
  );
}

/** Messages below and above this one, the nearest first: where somebody goes on when it goes away. */
export function neighboursOf(itemId: string): readonly string[] {
  const ids = drawnLinks().map((link) => link.dataset['item'] ?? '');
  const at = ids.indexOf(itemId);
  return at < 0 ? [] : [...ids.slice(at + 1), ...ids.slice(0, at).toReversed()];
}
