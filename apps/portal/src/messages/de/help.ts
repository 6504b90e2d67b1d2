import type { help as helpWords } from '../en/help.ts';
import type { Words } from '../words.ts';

export const help: Words<typeof helpWords> = {
  title: 'Hilfe',
  ask: 'Etwas geht nicht?',
};
