import type { wayIn as wayInWords } from '../en/way-in.ts';
import type { Words } from '../words.ts';

export const wayIn: Words<typeof wayInWords> = {
  heading: 'Code eingeben',
  sent: (login) =>
    `Gehört zu ${login} ein bestätigtes Telefon oder eine bestätigte private Adresse, sind ein Code und ein Link dorthin unterwegs. Das dauert bis zu einer Minute.`,
  label: 'Code',
  hint: 'Acht Ziffern. Der Code gilt nur auf diesem Gerät, 15 Minuten lang, einmal.',
  missing: 'Geben Sie den Code aus unserer Nachricht ein.',
  signIn: 'Anmelden',
  signingIn: 'Sie werden angemeldet',
  another: 'Neuen Code senden',
  wait: 'In einer halben Minute kann ein neuer gesendet werden.',
  sentAnother: 'Ein neuer ist unterwegs. Verwenden Sie den neuesten.',
  back: 'Stattdessen ein Passwort verwenden',
  nothing: 'Es kommt nichts?',
  nothingText:
    'Sehen Sie im Junk-Ordner Ihrer privaten Adresse nach. Ein Telefon oder eine Adresse, die Sie nie bestätigt haben, bekommt keinen Code. Dann hilft ein Wiederherstellungscode, oder wer sich bei Ihnen um E-Mail kümmert: Man kann Ihnen einen Code vorlesen, den Sie anstelle des Passworts eingeben.',
  wrong:
    'Dieser Code gilt nicht. Nehmen Sie die neueste Nachricht, auf dem Gerät, auf dem Sie den Code angefordert haben, oder lassen Sie sich einen neuen senden.',
  linkHeading: 'Bei Ihrem Notfall-Postfach anmelden',
  linkLead: 'Noch ist nichts geschehen. Mit der Schaltfläche melden Sie sich auf diesem Gerät an.',
  linkLogin: 'Anmeldename',
  linkLoginHint:
    'Ihre Arbeitsadresse. Wir fragen danach, damit der Link allein niemanden hereinlässt.',
  linkLoginMissing: 'Geben Sie Ihre Arbeitsadresse ein.',
  linkWrong:
    'Dieser Link gilt nicht: Er wurde schon benutzt, ist älter als 15 Minuten oder gehört zu einem anderen Anmeldenamen.',
  linkEmpty:
    'Dieser Link ist nicht vollständig. Öffnen Sie den ganzen Link, oder lassen Sie sich einen neuen senden.',
  fresh: 'Neuen Link senden',
};
