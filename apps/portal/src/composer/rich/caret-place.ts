/** Where a caret is, in terms that hold when the same words are put in anew and their elements are others. */
interface CaretPlace {
  readonly line: number;
  /** Letters of the line before it. */
  readonly letters: number;
}

/** A text or a line's end, the number of its line, and how many letters of the line stand before it. */
interface Leaf extends CaretPlace {
  readonly node: Node;
}

const BLOCK = 'div, p, li, ul, ol, blockquote';
/** The editor holds places for formats with it; it is in no message. */
const NO_LETTER = /\u200b/g;

function lettersIn(text: string | null): number {
  return (text ?? '').replace(NO_LETTER, '').length;
}

function leavesOf(root: HTMLElement): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  let block: Element | null = null;
  let line = -1;
  let letters = 0;
  let isEnded = true;
  while (walker.nextNode() !== null) {
    const node = walker.currentNode;
    const isBreak = node.nodeName === 'BR';
    if (!isBreak && !(node instanceof Text)) continue;
    const around = node.parentElement?.closest(BLOCK) ?? root;
    if (isEnded || around !== block) {
      line += 1;
      letters = 0;
    }
    leaves.push({ node, line, letters });
    letters += lettersIn(node.textContent);
    block = around;
    isEnded = isBreak;
  }
  return leaves;
}

/** Null: in no line. */
export function caretPlace(root: HTMLElement, container: Node, offset: number): CaretPlace | null {
  const leaves = leavesOf(root);
  const within = container.childNodes[offset];
  const leaf =
    within === undefined
      ? leaves.findLast(({ node }) => container.contains(node))
      : leaves.find(({ node }) => within.contains(node));
  if (leaf === undefined) return null;
  const { node, line, letters } = leaf;
  if (within !== undefined) return { line, letters };
  const before = node === container ? node.textContent?.slice(0, offset) : node.textContent;
  return { line, letters: letters + lettersIn(before ?? '') };
}

/** Puts one end of a range there; where the line has become shorter, at its end. */
export function pointAt(
  root: HTMLElement,
  place: CaretPlace,
): readonly [node: Node, offset: number] | null {
  const line = leavesOf(root).filter((leaf) => leaf.line === place.line);
  const leaf =
    line.find(
      ({ node, letters }) =>
        node instanceof Text && place.letters <= letters + lettersIn(node.textContent),
    ) ??
    line.findLast(({ node }) => node instanceof Text) ??
    line[0];
  if (leaf === undefined) return null;
  const { node, letters } = leaf;
  if (node instanceof Text) return [node, Math.min(node.length, place.letters - letters)];
  const parent = node.parentNode;
  return parent === null ? null : [parent, [...parent.childNodes].indexOf(node as ChildNode)];
}
