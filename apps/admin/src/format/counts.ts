const numbers = new Intl.NumberFormat('en-GB');
const plurals = new Intl.PluralRules('en-GB');
const lists = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** `1,204`. */
export function formatCount(value: number): string {
  return numbers.format(value);
}

/** `1 user`, `2 users`, `1,204 users`. */
export function counted(value: number, one: string, other: string): string {
  return `${formatCount(value)} ${plurals.select(value) === 'one' ? one : other}`;
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return lists.format(words);
}

const SHARE = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 0 });

/** 0.95 → `95%`. */
export function formatShare(value: number): string {
  return SHARE.format(value);
}
