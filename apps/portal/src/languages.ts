/** By their own names: whoever looks for one cannot read the other. */
export const LANGUAGES = [
  ['en', 'English'],
  ['de', 'Deutsch'],
] as const;
