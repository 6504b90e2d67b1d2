import type { Catalogue } from './catalogue.ts';

/** In German. What goes into an SMS keeps to the GSM alphabet, which has umlauts and ß, and no typographic quotation marks. */
export const GERMAN: Catalogue = {
  unnamed: 'Ihre Organisation',
  ask: 'Fragen, oder etwas klappt nicht?',
  askSms: 'Hilfe: {helpdesk}',
  stopLink: 'Keine Nachrichten mehr an diese Adresse',
  enabledNotice: {
    subject: 'Email Continuity ist für Sie eingeschaltet',
    greeting: 'Guten Tag {name},',
    body: [
      '{organisation} hat für {address} Email Continuity eingeschaltet.',
      'Fällt Office 365 aus, können Sie Ihre E-Mails in einem Notfall-Postfach lesen und beantworten. Heute ändert sich für Sie nichts.',
      'Sie werden noch nach einer Mobilnummer oder einer privaten Adresse gefragt, damit wir Sie erreichen, wenn dieses Postfach es nicht kann.',
    ],
    action: null,
  },
  alternateInfoRequest: {
    subject: 'Wo erreichen wir Sie, wenn E-Mail ausfällt?',
    greeting: 'Guten Tag {name},',
    body: [
      '{organisation} schützt {address} mit Email Continuity. Fällt Office 365 aus, kann Ihr Zugang zum Notfall-Postfach nicht in dieses Postfach kommen.',
      'Bitte geben Sie eine Mobilnummer oder eine private Adresse an. Das dauert eine Minute; verwendet wird sie für nichts anderes.',
      'Der Link gehört nur Ihnen und gilt {validDays} Tage.',
    ],
    action: 'Ersatzkontakte angeben',
  },
  alternateInfoReminder: {
    subject: 'Erinnerung: Wo erreichen wir Sie, wenn E-Mail ausfällt?',
    greeting: 'Guten Tag {name},',
    body: [
      '{organisation} schützt {address} mit Email Continuity und kann Sie bei einem Ausfall von Office 365 noch nicht erreichen.',
      'Bitte geben Sie eine Mobilnummer oder eine private Adresse an, und geben Sie den Code ein, den wir senden. Das dauert eine Minute; verwendet wird sie für nichts anderes. Die Angabe ist freiwillig.',
      'Der Link gehört nur Ihnen und gilt {validDays} Tage. Er ersetzt den früheren.',
    ],
    action: 'Ersatzkontakte angeben',
  },
  alternateInfoAgain: {
    subject: 'Erreicht Sie das noch?',
    greeting: 'Guten Tag {name},',
    body: [
      'Vor einiger Zeit haben Sie eine Nummer oder Adresse bestätigt, damit {organisation} Sie erreicht, wenn Office 365 ausfällt.',
      'Bitte prüfen Sie, ob sie noch Ihre ist: Öffnen Sie den Link, lassen Sie sich einen Code senden, und geben Sie ihn ein. Bis dahin wird sie weiter verwendet.',
      'Der Link gehört nur Ihnen und gilt {validDays} Tage.',
    ],
    action: 'Ersatzkontakte prüfen',
  },
  accountChanged: {
    sms: '{organisation}, Notfall-Postfach von {login}: {what} Nicht Sie? {url}',
    smsShort: '{what} Nicht Sie? {url}',
    subject: 'Waren Sie das? Ihr Notfall-Postfach bei {organisation}',
    greeting: null,
    body: [
      '{what}',
      'Es geht um das Notfall-Postfach von {login} bei {organisation}. Zeitpunkt: {at}.',
      'Waren Sie es, ist nichts zu tun.',
      'Waren Sie es nicht, sagen Sie es: Die Änderung wird zurückgenommen, alle werden abgemeldet, und Ihre Administratoren erfahren davon.',
    ],
    action: 'Das war ich nicht',
  },
  verificationCode: {
    sms: '{code} ist Ihr Code für Email Continuity bei {organisation}. Er gilt {validMinutes} Minuten. Geben Sie ihn niemandem.',
    subject: '{code} ist Ihr Code für Email Continuity',
    greeting: null,
    body: [
      'Ihr Code ist {code}.',
      'Er bestätigt diese Adresse als Ersatzkontakt bei {organisation} und gilt {validMinutes} Minuten. Geben Sie ihn niemandem.',
      'Haben Sie ihn nicht angefordert, ist nichts zu tun.',
    ],
    action: null,
  },
  wayIn: {
    sms: '{code} ist Ihr Anmeldecode für das Notfall-Postfach ({organisation}). Oder öffnen Sie {url}\nGilt {validMinutes} min. Wir fragen Sie nie danach.\n@{host} #{code}',
    smsShort: '{code} ist Ihr Anmeldecode. Oder öffnen Sie {url}\n@{host} #{code}',
    subject: '{code} ist Ihr Anmeldecode',
    greeting: null,
    body: [
      'Ihr Code für das Notfall-Postfach bei {organisation} ist {code}.',
      'Geben Sie ihn dort ein, wo Sie ihn angefordert haben, oder öffnen Sie den Link und klicken Sie dort auf die Schaltfläche. Beides gilt einmal, {validMinutes} Minuten lang, zusammen mit Ihrem Anmeldenamen.',
      'Haben Sie ihn nicht angefordert, ist nichts zu tun: Ohne ihn kommt niemand herein. Geben Sie ihn niemandem, wer auch fragt.',
    ],
    action: 'Anmelden',
  },
  wayInShared: {
    sms: '{code} ist der Anmeldecode von {login} für das Notfall-Postfach ({organisation}). Geben Sie beides dort ein, wo Sie ihn angefordert haben. Gilt {validMinutes} min.\n@{host} #{code}',
    smsShort: '{code} ist der Anmeldecode von {login}.\n@{host} #{code}',
    subject: '{code} ist der Anmeldecode von {login}',
    greeting: null,
    body: [
      'Der Code von {login} für das Notfall-Postfach bei {organisation} ist {code}.',
      'Geben Sie ihn dort ein, wo Sie ihn angefordert haben, oder öffnen Sie den Link und klicken Sie dort auf die Schaltfläche. Beides gilt einmal, {validMinutes} Minuten lang, zusammen mit dem Anmeldenamen.',
      'Haben Sie ihn nicht angefordert, ist nichts zu tun: Ohne ihn kommt niemand herein. Geben Sie ihn niemandem, wer auch fragt.',
    ],
    action: 'Anmelden',
  },
  verificationCodeShared: {
    sms: '{code} ist der Code von {login} für Email Continuity bei {organisation}. Er gilt {validMinutes} Minuten. Geben Sie ihn niemandem.',
    smsShort: '{code} ist der Code von {login} für Email Continuity. Geben Sie ihn niemandem.',
  },
  proofCode: {
    sms: '{code} ist Ihr Code zum Ändern der Ersatzkontakte von {login}. Gilt {validMinutes} Minuten. Geben Sie ihn niemandem. Nicht angefordert? Dann war es jemand anderes: Ohne diesen Code ändert sich nichts.',
    smsShort: '{code} ist Ihr Code zum Ändern Ihrer Ersatzkontakte. Geben Sie ihn niemandem.',
    subject: '{code} ist Ihr Code zum Ändern Ihrer Ersatzkontakte',
    greeting: null,
    body: [
      'Ihr Code ist {code}.',
      'Wer ihn eingibt, kann ändern, wo wir {login} bei {organisation} erreichen, wenn E-Mail ausfällt. Er gilt {validMinutes} Minuten. Geben Sie ihn niemandem.',
      'Haben Sie ihn nicht angefordert, hat jemand anderes Ihren Link geöffnet. Ohne diesen Code ändert sich nichts.',
    ],
    action: null,
  },
  drillStarted: {
    sms: 'ÜBUNG {organisation}: E-Mails lesen ohne Office 365. Nichts wird gesendet.\n{url}\nAnmeldename: {login}\nPasswort: {temporaryPassword}\nGilt {validHours} h.',
    smsShort: 'ÜBUNG {url}\nAnmeldename: {login}\nPasswort: {temporaryPassword}',
    subject: 'ÜBUNG: Arbeiten mit Ihrem Notfall-Postfach',
    greeting: null,
    body: [
      'ÜBUNG. Office 365 geht bei {organisation}. Bitte üben Sie für den Tag, an dem es nicht geht.',
      'Melden Sie sich an, suchen Sie eine Nachricht, und schreiben Sie eine. Ihre echten E-Mails bleiben, wie sie sind, und nichts, was Sie schreiben, wird gesendet.',
      'Anmeldename: {login}',
      'Vorläufiges Passwort: {temporaryPassword}',
      'Das Passwort gilt {validHours} Stunden. Beim Anmelden wählen Sie ein eigenes.',
    ],
    action: 'Notfall-Postfach öffnen (Übung)',
  },
  drillStartedUnverified: {
    sms: 'ÜBUNG {organisation}: Sie sollten mit Ihrem Notfall-Postfach üben. Diese Nummer wurde nie bestätigt, deshalb kommt hier kein Zugang an, auch im Notfall nicht. Bestätigen Sie sie mit dem Link in Ihrem Arbeitspostfach.',
    smsShort:
      'ÜBUNG: Diese Nummer wurde nie bestätigt, deshalb kommt kein Zugang an. Bestätigen Sie sie.',
    subject: 'ÜBUNG: An diese Adresse kommt kein Zugang',
    greeting: null,
    body: [
      'ÜBUNG. {organisation} übt mit Notfall-Postfächern, und {login} nimmt teil.',
      'Diese Adresse wurde nie bestätigt, deshalb kommt hier kein Zugang an, auch im Notfall nicht. Bestätigen Sie sie mit dem Link in Ihrem Arbeitspostfach, oder bitten Sie Ihre Administratoren um einen neuen.',
    ],
    action: 'Zum Notfall-Postfach (Übung)',
  },
  drillEnded: {
    sms: 'ÜBUNG {organisation}: Die Übung ist zu Ende. An Ihren E-Mails hat sich nichts geändert. Danke.',
    subject: 'ÜBUNG: Die Übung ist zu Ende',
    greeting: null,
    body: [
      'ÜBUNG. Die Übung bei {organisation} ist zu Ende. Das Notfall-Postfach von {login} ist geschlossen; was Sie dort geschrieben haben, wurde nicht gesendet und ist gelöscht.',
      'An Ihren E-Mails hat sich nichts geändert. Danke, dass Sie mitgemacht haben.',
    ],
    action: null,
  },
  drillEndedForEvent: {
    sms: 'ÜBUNG {organisation}: Die Übung ist zu Ende, denn ein echter Notfall hat begonnen. Er betrifft Sie nicht: Bitte arbeiten Sie wie gewohnt mit Office 365.',
    subject: 'ÜBUNG: Die Übung ist zu Ende',
    greeting: null,
    body: [
      'ÜBUNG. Die Übung bei {organisation} ist zu Ende, denn für andere hat ein echter Notfall begonnen. {login} betrifft er nicht: Bitte arbeiten Sie wie gewohnt mit Office 365.',
      'Was Sie in der Übung geschrieben haben, wurde nicht gesendet und ist gelöscht. An Ihren E-Mails hat sich nichts geändert.',
    ],
    action: null,
  },
  eventStarted: {
    sms: '{organisation}: Office 365 ist gestört. Ihre E-Mails sind hier:\n{url}\nAnmeldename: {login}\nPasswort: {temporaryPassword}\nGilt {validHours} h.',
    smsShort: '{url}\nAnmeldename: {login}\nPasswort: {temporaryPassword}',
    subject: 'Ihr Notfall-Postfach ist offen',
    greeting: null,
    body: [
      'Office 365 ist bei {organisation} gestört. Bis das behoben ist, lesen und beantworten Sie Ihre E-Mails im Notfall-Postfach.',
      'Anmeldename: {login}',
      'Vorläufiges Passwort: {temporaryPassword}',
      'Das Passwort gilt {validHours} Stunden. Beim Anmelden wählen Sie ein eigenes.',
    ],
    action: 'Notfall-Postfach öffnen',
  },
  eventStartedUnverified: {
    sms: '{organisation}: Office 365 ist gestört. Ihr Notfall-Postfach: {url} Diese Nummer wurde nie bestätigt, deshalb senden wir keinen Zugang. Ihre E-Mails bleiben erhalten und kommen, wenn Office 365 wieder da ist.',
    smsShort:
      'Office 365 ist gestört. Ihre E-Mails bleiben erhalten und kommen, wenn es wieder da ist.',
    subject: 'Für Sie ist ein Notfall-Postfach offen',
    greeting: null,
    body: [
      'Office 365 ist bei {organisation} gestört. Bis das behoben ist, gibt es für {login} ein Notfall-Postfach.',
      'Diese Adresse wurde nie bestätigt, deshalb senden wir keinen Zugang. Ihre E-Mails bleiben erhalten und kommen, wenn Office 365 wieder da ist.',
    ],
    action: 'Zum Notfall-Postfach',
  },
  eventStartedInError: {
    sms: '{organisation}: Das Notfall-Postfach wurde irrtümlich geöffnet und ist wieder geschlossen. Bitte arbeiten Sie weiter mit Office 365. Der gesandte Zugang gilt nicht mehr.',
    smsShort:
      'Das Notfall-Postfach wurde irrtümlich geöffnet und ist wieder geschlossen. Bitte arbeiten Sie mit Office 365.',
    subject: 'Das Notfall-Postfach wurde irrtümlich geöffnet',
    greeting: null,
    body: [
      'Das Notfall-Postfach von {login} bei {organisation} wurde irrtümlich geöffnet und ist wieder geschlossen.',
      'Bitte arbeiten Sie weiter mit Office 365. Der gesandte Zugang gilt nicht mehr.',
    ],
    action: null,
  },
  eventEnded: {
    sms: '{organisation}: Office 365 ist wieder da. Bitte arbeiten Sie jetzt wieder dort. Ihr Notfall-Postfach können Sie bis {readOnlyUntil} lesen.',
    smsShort: 'Office 365 ist wieder da. Notfall-Postfach lesbar bis {readOnlyUntil}.',
    subject: 'Office 365 ist wieder da',
    greeting: null,
    body: [
      'Office 365 ist bei {organisation} wieder da. Bitte arbeiten Sie jetzt wieder dort.',
      'Was Sie aus dem Notfall-Postfach gesendet haben, kommt in Ihre gesendeten Elemente. Das Notfall-Postfach von {login} können Sie bis {readOnlyUntil} lesen, aber nicht mehr zum Senden nutzen.',
    ],
    action: 'Notfall-Postfach öffnen',
  },
};
