/**
 * What a reader would take for the same: letters of other scripts, digits and pairs that look like Latin ones (the part
 * of Unicode TS 39's table that is used for deceit in addresses and names).
 */
const ALIKE: readonly (readonly [letters: string, latin: string])[] = [
  ['аαɑ', 'a'],
  ['ЬƄ', 'b'],
  ['сϲ', 'c'],
  ['ԁ', 'd'],
  ['еҽ', 'e'],
  ['ɡց', 'g'],
  ['һհ', 'h'],
  ['іıɩιӏl1|!ǀ', 'i'],
  ['јϳ', 'j'],
  ['κк', 'k'],
  ['мʍ', 'm'],
  ['ոп', 'n'],
  ['оοօ0ഠ', 'o'],
  ['рρ', 'p'],
  ['ԛ', 'q'],
  ['гꭇ', 'r'],
  ['ѕꜱ', 's'],
  ['тτ', 't'],
  ['υսμ', 'u'],
  ['νѵ', 'v'],
  ['ԝա', 'w'],
  ['хχ', 'x'],
  ['уγү', 'y'],
  ['ᴢ', 'z'],
  ['вΒ', 'b'],
  ['нΗ', 'h'],
];
const LATIN = new Map(
  ALIKE.flatMap(([letters, latin]) => Array.from(letters, (letter) => [letter, latin] as const)),
);
const PAIRS: readonly (readonly [pair: string, latin: string])[] = [
  ['rn', 'm'],
  ['vv', 'w'],
  ['cl', 'd'],
];
/** Marks, spaces and direction signs that change nothing of what is seen. */
const UNSEEN = /[\p{M}\p{Cf}\s._'’-]+/gu;

/** Two texts with the same skeleton look alike. Not for showing. */
export function skeletonOf(text: string): string {
  const folded = text.normalize('NFKD').toLowerCase().replace(UNSEEN, '');
  // Pairs first: `cl` is a `d` only as long as its `l` is still one.
  const paired = PAIRS.reduce((all, [pair, latin]) => all.replaceAll(pair, latin), folded);
  return Array.from(paired, (letter) => LATIN.get(letter) ?? letter).join('');
}

/** Letters of other scripts as the Latin ones that they look like; Latin text stays what it is. For finding names. */
export function latinised(text: string): string {
  return Array.from(text.toLowerCase(), (letter) =>
    letter.charCodeAt(0) < FIRST_BEYOND_ASCII ? letter : (LATIN.get(letter) ?? letter),
  ).join('');
}
const FIRST_BEYOND_ASCII = 0x80;

/** Shorter names are a letter away from too many others. */
const SHORTEST_NEAR = 6;

/**
 * A domain that is not `own` and would be read as it: the same skeleton, one letter more, less, other or swapped, or
 * `own` as a label of a stranger's domain (`contoso.example.evil.example`, `contoso-example.evil`).
 */
export function looksLikeDomain(domain: string, own: string): boolean {
  if (domain === own || domain.endsWith(`.${own}`)) return false;
  const skeleton = skeletonOf(domain);
  const ownSkeleton = skeletonOf(own);
  if (skeleton === ownSkeleton || domain.startsWith(`${own}.`)) return true;
  if (skeleton.startsWith(ownSkeleton)) return true;
  const name = skeletonOf(own.split('.')[0] ?? '');
  const theirs = skeletonOf(domain.split('.').at(-2) ?? '');
  const sameEnd = domain.split('.').slice(1).join('.') === own.split('.').slice(1).join('.');
  return sameEnd && name.length >= SHORTEST_NEAR && isOneStepAway(theirs, name);
}

/** One letter inserted, left out, replaced, or two neighbours swapped. */
function isOneStepAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  if (restA.slice(1) === restB.slice(1)) return true;
  if (restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
