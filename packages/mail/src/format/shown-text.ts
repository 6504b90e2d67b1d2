/** C0, C1, and the marks that make text show in another order than it is written: `exe.txt` for `txt.exe`. */
// oxlint-disable-next-line no-control-regex
const UNSHOWABLE = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g;

/** One line of a stranger's text, safe to show in a list: no control characters, no direction overrides, bounded. */
export function oneLine(text: string, maxLength: number): string {
  return truncate(text.replace(UNSHOWABLE, ' ').replace(/\s+/g, ' ').trim(), maxLength);
}

/** Cuts between characters, never through a surrogate pair. */
export function truncate(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
