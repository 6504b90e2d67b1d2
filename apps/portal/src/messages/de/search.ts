import type { search as searchWords } from '../en/search.ts';
import type { Words } from '../words.ts';

export const search: Words<typeof searchWords> = {
  heading: 'Suche',
  field: 'E-Mails durchsuchen',
  clear: 'Feld leeren',
  back: 'Zurück zur Liste',
  loading: 'Wird gesucht',
  found: (count, hasMore) =>
    count === 1 && !hasMore ? '1 Nachricht' : `${count}${hasMore ? ' oder mehr' : ''} Nachrichten`,
  none: (query) => `Nichts gefunden für „${query}“`,
  noneText:
    'Durchsucht wurden Absender, Empfänger, Betreff, Text und Namen von Anhängen der letzten 30 Tage. Versuchen Sie weniger oder kürzere Wörter.',
  unclear: (typed) =>
    `Nicht verstanden, als Wörter gesucht: ${typed.map((each) => `„${each}“`).join(', ')}.`,
  missing: (time) => `E-Mails seit ${time} können noch fehlen: Sie werden gerade erfasst.`,
  end: 'Das ist alles, was gefunden wurde.',
  recent: 'Kürzlich gesucht, auf diesem Gerät',
  forget: 'Diese vergessen',
  forgotten: 'Suchen vergessen',
  help: 'Suche eingrenzen',
  helpText:
    'Wörter finden, was mit ihnen beginnt, in beliebiger Reihenfolge. Zusammen grenzen sie die Suche ein; tippen Sie auf eines, um es zu verwenden.',
  operators: [
    ['from:', 'anna', 'von jemandem, nach Name oder Adresse'],
    ['to:', 'ben', 'an jemanden, auch in Kopie'],
    ['subject:', 'rechnung', 'im Betreff'],
    ['has:attachment', '', 'mit Anhang'],
    ['file:', 'pdf', 'nach dem Namen eines Anhangs'],
    ['after:', '2026-11-20', 'an diesem Tag und später; auch today, yesterday, monday, 7d'],
    ['before:', '2026-11-20', 'vor diesem Tag'],
    ['on:', 'yesterday', 'an diesem Tag (hier: gestern)'],
    [
      'in:',
      'archive',
      'in einem Ordner: inbox, sent, archive, deleted, junk oder einer Ihrer eigenen',
    ],
    ['is:unread', '', 'noch nicht gelesen'],
    ['is:flagged', '', 'gekennzeichnet'],
    ['"', 'bericht 2026"', 'diese Wörter nebeneinander'],
    ['-', 'entwurf', 'ohne dieses Wort; auch -from:ben'],
  ],
};
