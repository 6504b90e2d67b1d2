import type {
  session as sessionWords,
  choose as chooseWords,
  closed as closedWords,
} from '../en/session.ts';
import type { Words } from '../words.ts';

export const session: Words<typeof sessionWords> = {
  heading: 'Anmelden',
  lead: 'Ihr Anmeldename ist Ihre Arbeitsadresse. Nichts davon braucht Office 365.',
  readyLead:
    'Melden Sie sich einmal an, um dieses Telefon vorzubereiten. Ihr Anmeldename ist Ihre Arbeitsadresse; lassen Sie sich einen Zugang an den bestätigten Kontakt senden.',
  login: 'Anmeldename',
  password: 'Passwort',
  show: 'Anzeigen',
  hide: 'Verbergen',
  signIn: 'Anmelden',
  signingIn: 'Sie werden angemeldet',
  loginMissing: 'Geben Sie Ihren Anmeldenamen ein: Es ist Ihre Arbeitsadresse.',
  passwordMissing: 'Geben Sie Ihr Passwort ein, oder lassen Sie sich einen Code senden.',
  passwordHint:
    'Aus unserer Nachricht oder Ihr eigenes. Ein Wiederherstellungscode oder ein Code, den man Ihnen vorgelesen hat, gilt hier auch.',
  withoutPassword: 'Ohne Passwort',
  wayInHint:
    'Ein Code und ein Link, an Ihr bestätigtes Telefon oder Ihre bestätigte private Adresse.',
  sendWayIn: 'Zugang senden',
  usePasskey: 'Mit Passkey anmelden',
  wrong:
    'Anmeldename und Passwort passen nicht zusammen. Kopieren Sie beides aus unserer neuesten Nachricht; ein älteres Passwort gilt nicht mehr.',
  tooMany:
    'Zu viele Versuche. Warten Sie eine Viertelstunde, und versuchen Sie es dann mit der neuesten Nachricht noch einmal.',
  ended:
    'Ihre Sitzung ist beendet. Melden Sie sich wieder an; was Sie geschrieben haben, bleibt auf diesem Gerät.',
  help: 'Keine Nachricht, oder es klappt nicht?',
  helpText:
    'Nachrichten gehen an die private Adresse oder das Telefon, das Sie angegeben haben. Sehen Sie auch im Junk-Ordner nach. Ist dort nichts, lassen Sie sich einen Zugang senden. Wer sich bei Ihnen um E-Mail kümmert, kann Ihnen einen Code vorlesen, den Sie anstelle des Passworts eingeben.',
  neverAsks: 'Diese Seite fragt nie nach Ihrem Office-365-Passwort.',
  signOut: 'Abmelden',
  notSignedOut:
    'Sie sind noch angemeldet: Es gibt keine Verbindung. Melden Sie sich ab, sobald es eine gibt, bevor jemand anderes dieses Gerät benutzt.',
  demo: 'Vorführung. Nichts hiervon erreicht ein echtes Postfach.',
};

export const choose: Words<typeof chooseWords> = {
  heading: 'Passwort wählen',
  lead: (name) =>
    `Willkommen, ${name}. Womit Sie hereingekommen sind, gilt nur einmal. Wählen Sie ein eigenes Passwort für die Dauer des Ausfalls.`,
  label: 'Neues Passwort',
  hint: (least) => `Mindestens ${least} Zeichen. Ein Satz ist gut.`,
  tooShort: (least, now) => `Bitte mindestens ${least} Zeichen; das sind ${now}. Ein Satz ist gut.`,
  submit: 'Mein Postfach öffnen',
  or: 'Oder anstelle eines Passworts',
};

export const closed: Words<typeof closedWords> = {
  heading: 'Ihre E-Mails sind in Office 365',
  lead: (organisation) =>
    `Bei ${organisation} läuft kein Notfallbetrieb, deshalb ist dieses Postfach geschlossen. Arbeiten Sie wie gewohnt in Outlook.`,
  now: 'Was Sie hier jetzt tun können',
  steps: [
    'Hier wartet nichts auf Sie: Eintreffende E-Mails gehen sofort an Office 365.',
    'Behalten Sie diese Adresse auf Ihrem Telefon. Fällt Office 365 aus, bekommen Sie eine Nachricht mit dem Zugang.',
    'Neue Nummer oder private Adresse? Nutzen Sie den Link in unserer Nachricht über Ersatzkontakte, oder lassen Sie sich einen neuen senden.',
  ],
  again: 'Noch einmal nachsehen',
};
