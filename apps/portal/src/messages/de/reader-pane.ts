import type { readerPane as readerPaneWords } from '../en/reader-pane.ts';
import type { Words } from '../words.ts';

export const readerPane: Words<typeof readerPaneWords> = {
  pick: 'Wählen Sie eine Nachricht, um sie hier zu lesen.',
  loading: 'Die Nachricht wird geladen',
};
