import type { drafts as draftsWords } from '../en/drafts.ts';
import type { Words } from '../words.ts';

export const drafts: Words<typeof draftsWords> = {
  loading: 'Entwürfe werden geladen',
  noRecipient: '(kein Empfänger)',
  alsoElsewhere: 'Auch auf einem anderen Gerät geschrieben',
  sentElsewhere: 'Geschrieben, nachdem ein anderes Gerät gesendet hatte',
  returned: 'Nicht gesendet',
  onlyHere: 'Auf diesem Gerät, noch nicht gespeichert',
  attachments: (count) => (count === 1 ? '1 Anhang' : `${count} Anhänge`),
  notDiscarded: 'Nicht verworfen: Es gibt keine Verbindung. Versuchen Sie es noch einmal.',
};
