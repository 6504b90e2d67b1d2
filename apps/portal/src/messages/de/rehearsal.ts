import type { rehearsal as rehearsalWords } from '../en/rehearsal.ts';
import type { Words } from '../words.ts';

export const rehearsal: Words<typeof rehearsalWords> = {
  label: 'PROBE',
  banner: 'Das sind nicht Ihre E-Mails. Hier wird nichts gesendet und nichts empfangen.',
  leave: 'Probe verlassen',
  heading: 'Posteingang',
  list: 'Erfundene Nachrichten',
  back: 'Zurück zur Liste',
  messages: [
    {
      from: 'Email Continuity',
      subject: 'So sieht es aus',
      preview: 'Fällt Office 365 aus, stehen Ihre E-Mails der letzten Tage in dieser Form hier.',
      text: [
        'Fällt Office 365 aus, öffnet Ihre Organisation das Notfall-Postfach. Ihre E-Mails der letzten Tage stehen hier, und neue treffen weiter ein.',
        'Auf Ihr Telefon oder an Ihre private Adresse bekommen Sie eine Nachricht mit dem Zugang: die Adresse dieser Seite und ein Passwort oder einen Code, der einmal gilt.',
        'Sie haben sich heute angemeldet und kennen den Weg also schon.',
      ],
    },
    {
      from: 'Email Continuity',
      subject: 'Lesen, antworten, schreiben',
      preview: 'Schreiben beginnt eine neue Nachricht, Antworten steht unter jeder Nachricht.',
      text: [
        'Im Notfall lesen und antworten Sie wie gewohnt: Antworten, Allen antworten und Weiterleiten stehen unter jeder Nachricht, Schreiben steht unter der Liste.',
        'Was Sie senden, lässt sich einige Sekunden lang zurückholen. In einem schwachen Netz wartet es auf Ihrem Telefon und geht ab, sobald es kann; nichts wird doppelt gesendet.',
      ],
    },
    {
      from: 'Email Continuity',
      subject: 'Was danach geschieht',
      preview: 'Wenn Office 365 wieder da ist, ist dort alles vorhanden.',
      text: [
        'Wenn Office 365 wieder da ist, werden die wartenden E-Mails dort zugestellt, und was Sie gesendet haben, kommt in Ihre gesendeten Elemente.',
        'Das Notfall-Postfach können Sie noch zwei Wochen lesen, dann wird es geschlossen.',
      ],
    },
  ],
};
