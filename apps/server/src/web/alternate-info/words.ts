import type { Language } from '@holdfast/domain';
import { GERMAN } from './words-de.ts';
import { ENGLISH, type InfoWords } from './words-en.ts';

export type { InfoWords };

/** Every sentence of the alternate-info pages, by language. */
export const WORDS: Readonly<Record<Language, InfoWords>> = { en: ENGLISH, de: GERMAN };

/** By their own names: whoever looks for one cannot read the other. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };
