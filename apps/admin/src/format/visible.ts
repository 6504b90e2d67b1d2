/**
 * What a stranger wrote, so that it stays where it is put: control characters and those that turn the direction of
 * writing become a visible sign, and a very long text ends.
 */
export function visible(text: string, most = 500): string {
  // oxlint-disable-next-line no-control-regex
  const signs =
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
  const shown = text.toWellFormed().replace(signs, '\uFFFD');
  return shown.length > most ? `${shown.slice(0, most).toWellFormed()}…` : shown;
}
