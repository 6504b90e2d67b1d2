import type { list as listWords, days as daysWords, empty as emptyWords } from '../en/list.ts';
import type { Words } from '../words.ts';

const rules =
  'Regeln, Weiterleitungen und Kategorien von Outlook sowie die Journalfunktion gelten hier nicht.';

export const list: Words<typeof listWords> = {
  unread: (count) => `${count} neu`,
  unreadOne: 'Ungelesen',
  attachments: (count) => (count === 1 ? '1 Anhang' : `${count} Anhänge`),
  noSender: '(kein Absender)',
  noSubject: '(kein Betreff)',
  to: 'An',
  refresh: 'Nach neuen E-Mails sehen',
  folders: 'Ordner',
  updated: (time) => `Stand: ${time}`,
  loading: 'Nachrichten werden geladen',
  loadingMore: 'Ältere Nachrichten werden geladen',
  noMore: 'Ältere Nachrichten konnten nicht geladen werden.',
  end: 'Das ist alles aus den letzten 30 Tagen.',
  endNone: `Interne E-Mails und gesendete E-Mails aus der Zeit vor dem Ausfall sind nicht hier. ${rules}`,
  endPartly: `Nicht alle internen und nicht alle gesendeten E-Mails aus der Zeit vor dem Ausfall sind schon hier. ${rules}`,
  endWhole: rules,
  flagged: 'Gekennzeichnet',
  messages: (count) => `${count} Nachrichten`,
  viaGroup: 'Über die Gruppe',
  select: 'Auswählen',
  selectSome: 'Nachrichten auswählen',
  deletedKept:
    'Wird 30 Tage aufbewahrt und kommt danach in die gelöschten Elemente in Outlook. Von hier wird nichts endgültig entfernt.',
  offline: (time) => `Keine Verbindung · Stand: ${time}`,
  draft: 'Eine Nachricht ist noch nicht gesendet',
  drafts: (count) => `${count} Nachrichten sind noch nicht gesendet`,
  continueWriting: 'Weiterschreiben',
  newMail: (count) => (count === 1 ? '1 neue Nachricht' : `${count} neue Nachrichten`),
};

export const days: Words<typeof daysWords> = {
  sinceEvent: 'Seit Beginn des Ausfalls',
  today: 'Heute',
  todayBefore: 'Heute, vor dem Ausfall',
  yesterday: 'Gestern',
  tomorrow: 'Morgen',
};

export const empty: Words<typeof emptyWords> = {
  inbox: {
    heading: 'Noch keine E-Mails',
    text: 'Neue E-Mails erscheinen hier von selbst, meist nach Sekunden.',
  },
  sent: {
    heading: 'Nichts gesendet',
    text: 'Hier steht, was Sie von hier senden und ob es ankam. Später kommt es in die gesendeten Elemente in Outlook.',
  },
  drafts: {
    heading: 'Keine Entwürfe',
    text: 'Eine begonnene Nachricht bleibt auf diesem Gerät, bis Sie sie senden.',
  },
  archive: {
    heading: 'Nichts archiviert',
    text: 'Hier ist, was in Ordnern neben dem Posteingang abgelegt war.',
  },
  deleted: {
    heading: 'Nichts gelöscht',
    text: 'Was Sie hier löschen, bleibt hier, und ist in Outlook wie zuvor.',
  },
  junk: {
    heading: 'Kein Junk',
    text: 'Hierher kommt, was nach Junk aussieht. Ist es keiner, verschieben Sie es in den Posteingang.',
  },
};
