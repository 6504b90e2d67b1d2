import type { page as original } from '../en/page.ts';
import type { Words } from '../words.ts';

export const page: Words<typeof original> = {
  language: 'de',
  title: 'Notfall-Postfach',
  shortTitle: 'Notfall-Mail',
};
