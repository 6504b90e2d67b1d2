import type {
  account as accountWords,
  card as cardWords,
  ready as readyWords,
  helpdesk as helpdeskWords,
  closedNow as closedNowWords,
} from '../en/account.ts';
import type { Words } from '../words.ts';

type Method = Parameters<typeof accountWords.signedIn>[0];

export const account: Words<typeof accountWords> = {
  heading: 'Ihr Konto',
  loading: 'Ihr Konto wird geladen',
  back: 'Zurück',
  signOut: 'Abmelden',
  ways: 'Wege zur Anmeldung',
  told: 'Jede Änderung hier wird Ihrem Arbeitspostfach und Ihrem Telefon oder Ihrer privaten Adresse gemeldet.',
  password: 'Passwort',
  passwordSet: 'Gewählt. Es gilt zusammen mit Ihrem Anmeldenamen.',
  passwordNone:
    'Noch keines. Sie können sich mit einem zugesandten Zugang anmelden oder auf einem der anderen Wege hier.',
  changePassword: 'Passwort ändern',
  choosePassword: 'Passwort wählen',
  newPassword: 'Neues Passwort',
  passwordHint: (least) => `Mindestens ${least} Zeichen. Ein Satz ist gut.`,
  tooShort: (least, now) => `Bitte mindestens ${least} Zeichen; das sind ${now}.`,
  savePassword: 'Passwort speichern',
  passwordSaved: 'Das Passwort ist geändert.',
  cancel: 'Abbrechen',
  passkeys: 'Passkeys',
  passkeysText:
    'Anmelden mit Fingerabdruck, Gesicht oder dem Code, mit dem Sie Ihr Gerät entsperren.',
  passkeysNone: 'Noch kein Passkey.',
  passkeysImpossible:
    'Dieser Server wird ohne https aufgerufen; Browser legen Passkeys nur mit https an. Alles andere geht.',
  passkeysUnsupported: 'Dieser Browser kennt keine Passkeys. Alles andere geht.',
  addPasskey: 'Passkey für dieses Gerät anlegen',
  adding: 'Ihr Gerät fragt Sie jetzt',
  passkeyAdded: 'Der Passkey ist angelegt.',
  passkeyMade: (when) => `Angelegt: ${when}`,
  passkeyUsed: (when) => `zuletzt benutzt: ${when}`,
  remove: 'Entfernen',
  removePasskey: (device) => `Passkey von ${device} entfernen`,
  codes: 'Wiederherstellungscodes',
  codesText:
    'Für den Tag, an dem Telefon und Passkey fehlen. Jeder gilt einmal, zusammen mit Ihrem Anmeldenamen.',
  codesNone: 'Noch keine.',
  codesLeft: (left, when) => `Noch ${left}, erstellt: ${when}.`,
  makeCodes: 'Codes erstellen und drucken',
  makeNewCodes: 'Neue Codes erstellen',
  newCodesVoid: 'Neue Codes machen die früheren ungültig.',
  devices: 'Angemeldete Geräte',
  thisDevice: 'Dieses Gerät',
  signedIn: (method, when) => `Angemeldet ${METHODS[method]}: ${when}`,
  network: (address) => `von ${address}`,
  lastSeen: (when) => `zuletzt gesehen: ${when}`,
  endDevice: 'Abmelden',
  endDeviceOf: (device) => `${device} abmelden`,
  endOthers: 'Alle anderen Geräte abmelden',
  language: 'Sprache',
  languageText: 'Für diese Seiten und für unsere Nachrichten an Sie.',
  reach: 'Wo wir Sie erreichen',
  reachText: 'Im Notfall kommt Ihr Zugang hierher.',
  reachNone:
    'Es ist weder Telefon noch private Adresse bekannt: Bei einem Ausfall von Office 365 erreicht Sie keine Nachricht.',
  reachChange:
    'Zum Ändern dient der Link in unserer Nachricht über Ersatzkontakte. Oder lassen Sie sich einen neuen senden.',
  channel: { sms: 'Telefon', email: 'Private Adresse' },
  verified: 'bestätigt',
  unverified: 'nicht bestätigt: Dorthin wird kein Zugang gesandt',
  weak: 'liegt bei Microsoft und kann mit ausfallen',
  ready: 'Dieses Telefon vorbereiten',
};

const METHODS: Readonly<Record<Method, string>> = {
  password: 'mit dem Passwort',
  'temporary-password': 'mit einem vorläufigen Passwort',
  'way-in': 'mit zugesandtem Code oder Link',
  'helpdesk-code': 'mit einem Code vom Helpdesk',
  'recovery-code': 'mit einem Wiederherstellungscode',
  passkey: 'mit einem Passkey',
};

export const card: Words<typeof cardWords> = {
  heading: 'Für die Brieftasche',
  once: 'Diese Codes sehen Sie nur dieses eine Mal. Drucken Sie sie aus oder schreiben Sie sie ab, und bewahren Sie sie getrennt vom Telefon auf.',
  title: 'Notfall-Postfach',
  url: 'Adresse',
  login: 'Anmeldename',
  helpdesk: 'Hilfe',
  codes: 'Wiederherstellungscodes; jeder gilt einmal anstelle des Passworts',
  print: 'Drucken',
  copy: 'Codes kopieren',
  copied: 'Kopiert.',
  done: 'Ich habe sie',
};

export const ready: Words<typeof readyWords> = {
  heading: 'Dieses Telefon vorbereiten',
  lead: 'Ein paar Minuten heute, damit Sie am Tag des Ausfalls in einer Minute bei Ihren E-Mails sind.',
  signedIn: 'Sie können sich anmelden',
  signedInText: 'Sie haben es gerade getan. Nichts davon braucht Office 365.',
  passkey: 'Ein Passkey',
  passkeyDone: 'Er ist da. Zum Anmelden genügt eine Berührung.',
  home: 'Auf dem Startbildschirm',
  homeText: {
    ios: 'Tippen Sie in Safari auf Teilen, dann auf Zum Home-Bildschirm.',
    android:
      'Tippen Sie im Menü des Browsers auf Zum Startbildschirm hinzufügen oder App installieren.',
    other: 'Legen Sie für diese Adresse ein Lesezeichen an, und öffnen Sie sie einmal am Telefon.',
  },
  rehearsal: 'Eine Probe',
  rehearsalText: 'Das Notfall-Postfach mit einigen erfundenen Nachrichten, bevor Sie es brauchen.',
  openRehearsal: 'Probe öffnen',
  card: 'Eine Karte für die Brieftasche',
  cardText:
    'Adresse, Anmeldename und Wiederherstellungscodes auf Papier, falls auch das Telefon fehlt.',
  finish: 'Fertig',
};

export const helpdesk: Words<typeof helpdeskWords> = {
  title: 'Anmeldecode vom Helpdesk',
  made: (by, when) =>
    `Der Helpdesk (${by}) hat einen Code erstellt, der jemanden in dieses Postfach lässt: ${when}.`,
  used: (by, when) =>
    `Jemand hat sich hier mit einem Code vom Helpdesk (${by}) angemeldet: ${when}.`,
  notMe: 'Waren Sie das nicht? Dann wählen Sie „Das war ich nicht“ in unserer Nachricht darüber.',
  orCall: (name) => `Oder rufen Sie an, ${name}:`,
  putAway: 'Das war ich',
};

export const closedNow: Words<typeof closedNowWords> = {
  contacts: 'Kontakte',
  contactsText:
    'Adressen Ihrer Kolleginnen und Kollegen, falls Outlook langsam ist oder Sie nur das Telefon haben.',
  rehearsalText: 'So sieht das Notfall-Postfach aus, mit erfundenen Nachrichten.',
  account: 'Ihr Konto und Ihre Geräte',
};
