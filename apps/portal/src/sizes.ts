import { locale } from './locale.ts';

const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

const KB = 1024;
const MB = 1024 * KB;

/** `840 B`, `12.5 kB`, `3 MB`; in steps of 1024, as the limit of a message is counted. */
export function sizeText(bytes: number): string {
  if (bytes < KB) return `${bytes} B`;
  return bytes < MB ? `${number.format(bytes / KB)} kB` : `${number.format(bytes / MB)} MB`;
}
