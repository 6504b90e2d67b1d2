const LEVEL = /mso-list:[^;]*\blevel([1-9])\b/i;
const NUMBERED = /^[\s\u00a0]*(?:\d+|[a-z]{1,4})[.)]/i;

/**
 * Word and Outlook hand over the items of a list as paragraphs, each with its mark as text and its level in a style of
 * their own (`mso-list`). They become the list that they were.
 */
export function settleWordLists(root: DocumentFragment): void {
  /** The lists around the item before, the outermost first. */
  let open: HTMLElement[] = [];
  for (const item of root.querySelectorAll<HTMLElement>('p[style*="mso-list"]')) {
    const level = Number(LEVEL.exec(item.getAttribute('style') ?? '')?.[1] ?? 0);
    if (level === 0) continue;
    const mark = item.querySelector('[style*="mso-list:Ignore" i]');
    const kind = NUMBERED.test(mark?.textContent ?? '') ? 'ol' : 'ul';
    mark?.remove();
    // Something stands between: another list begins.
    if (open[0] !== elementBefore(item)) open = [];
    open = open.slice(0, level);
    if (open.length === level && open[level - 1]?.localName !== kind)
      open = open.slice(0, level - 1);
    while (open.length < level) {
      const list = item.ownerDocument.createElement(kind);
      const around = open.at(-1);
      if (around === undefined) item.before(list);
      else (around.lastElementChild ?? around).append(list);
      open.push(list);
    }
    const entry = item.ownerDocument.createElement('li');
    entry.append(...item.childNodes);
    open.at(-1)?.append(entry);
    item.remove();
  }
}

/** But for white space, which is nothing between two paragraphs. */
function elementBefore(element: HTMLElement): Node | null {
  let before = element.previousSibling;
  while (before !== null && before.nodeType === Node.TEXT_NODE && before.textContent?.trim() === '')
    before = before.previousSibling;
  return before;
}
