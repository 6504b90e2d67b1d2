import { en, type Messages } from './en.ts';

/** The catalogue in use. A second language is a second file of the same type, chosen here. */
export const m: Messages = en;
