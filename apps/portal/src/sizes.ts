const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** `840 B`, `12.5 kB`, `3 MB`; decimal, as phones and mail programs count. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${number.format(Math.round(bytes / 100) / 10)} kB`;
  return `${number.format(bytes / 1_000_000)} MB`;
}
