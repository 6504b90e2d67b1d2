import type { actions as actionsWords } from '../en/actions.ts';
import type { Words } from '../words.ts';

export const actions: Words<typeof actionsWords> = {
  undo: 'Rückgängig',
  undone: 'Rückgängig gemacht',
  failed: 'Das hat nicht geklappt.',
  dismiss: 'Ausblenden',
};
