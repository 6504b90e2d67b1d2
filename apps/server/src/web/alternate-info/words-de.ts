import type { InfoWords } from './words-en.ts';

/** Every sentence of the alternate-info pages, in German. */
export const GERMAN: InfoWords = {
  htmlLang: 'de',
  forAddress: 'für',
  ask: 'Fragen?',
  pleaseCheck: 'Bitte prüfen',
  who: {
    helpdesk: 'der Helpdesk',
    unnamed: (organisation) => `die IT von ${organisation}`,
    unknown: 'die IT Ihrer Organisation',
  },
  form: {
    title: 'Ersatzkontakte',
    heading: 'Wie erreichen wir Sie, wenn E-Mail ausfällt?',
    lead: (organisation) =>
      `Fällt Office 365 aus, öffnet ${organisation} ein Notfall-Postfach für Sie. Den Zugang senden wir an eine private Adresse oder auf ein Telefon. Das hier dauert eine Minute.`,
    problems: 'Noch ist nichts gespeichert. Bitte sehen Sie sich an, was unten markiert ist.',
    email: 'Private E-Mail-Adresse',
    emailHint: 'Nicht Ihre Arbeitsadresse: Sie wäre mit ausgefallen.',
    phone: 'Mobilnummer',
    phoneOrLandline: 'Telefonnummer',
    country: 'Land',
    phoneHint: 'Wir senden Ihnen gleich einen Code, um sicher zu sein, dass es am Tag ankommt.',
    phoneHintCalls:
      'Wir senden Ihnen gleich einen Code, um sicher zu sein, dass es am Tag ankommt. Ein Festnetzanschluss wird angerufen.',
    preferred: 'Was sollen wir zuerst versuchen?',
    language: 'Sprache unserer Nachrichten',
    submit: 'Codes senden',
    choice: 'Ihre Wahl, und was damit geschieht',
    choiceText: (organisation) =>
      `Eine private Nummer oder Adresse anzugeben ist freiwillig, und eine von beiden genügt. Verwendet werden sie nur bei Ausfällen, für Übungen und für diese Prüfung. Administratoren bei ${organisation} sehen ••89 statt der Nummer. Was bestätigt ist, ändert sich nur mit einem Code, den wir dorthin senden, denn ein Link kann weitergeleitet werden.`,
    stop: 'Antworten Sie auf eine SMS mit STOP, oder nutzen Sie den Link in einer E-Mail; dann wird dorthin nichts mehr gesandt.',
    without: (who) =>
      `Sie möchten das lieber nicht? Dann lassen Sie es: Ihre E-Mails warten auf Sie und kommen, wenn Office 365 wieder da ist. Am Tag kann Sie auch ${who} hereinlassen; ein Passkey oder gedruckte Codes können es ebenso, wenn Sie sich einmal angemeldet und sie angelegt haben.`,
    suggested: 'was Sie vermutlich meinen',
    asTyped: 'wie Sie es eingegeben haben',
    whichAddress: 'Welche Adresse ist richtig?',
  },
  channel: { sms: 'SMS', email: 'E-Mail' },
  call: 'Anruf',
  notes: {
    independent: 'Liegt nicht bei Microsoft: Sie geht auch dann, wenn Office 365 nicht geht.',
    weak: 'Liegt bei Microsoft und kann zusammen mit Office 365 ausfallen. Sicherer ist eine Mobilnummer oder eine andere Adresse.',
    shared:
      'Diese Nummer hat noch jemand angegeben. Das ist erlaubt: Unsere Nachrichten nennen Ihren Anmeldenamen.',
  },
  code: {
    title: 'Codes eingeben',
    heading: (count) => (count === 1 ? 'Code eingeben' : 'Codes eingeben'),
    lead: 'Ein Code hat sechs Ziffern und gilt 15 Minuten. Ist er eingegeben, wissen wir, dass unsere Nachricht am Tag ankommt.',
    sms: (masked) => `Code aus der SMS an ${masked}`,
    email: (masked) => `Code aus der E-Mail an ${masked}`,
    waiting: 'Wartet auf den Code',
    needed: 'Noch zu bestätigen',
    headingAsk: 'Erreicht Sie das noch?',
    leadAsk:
      'Es ist einige Zeit her, dass Sie dafür einen Code eingegeben haben. Wir senden Ihnen jetzt einen, um sicher zu sein, dass unsere Nachricht am Tag ankommt.',
    ask: { sms: 'Code per SMS senden', email: 'Code per E-Mail senden' },
    askCall: 'Mit einem Code anrufen',
    callInstead: 'Es kommt nichts? Rufen Sie mich an',
    callAgain: 'Noch einmal anrufen',
    call: (masked) => `Code aus unserem Anruf an ${masked}`,
    verified: 'Bestätigt',
    resend: { sms: 'Neue SMS senden', email: 'Neue E-Mail senden' },
    oneIsEnough:
      'Nur einer ist angekommen? Geben Sie ihn jetzt ein, und kommen Sie für den anderen mit diesem Link zurück.',
    submit: 'Bestätigen',
    change: 'An Nummer oder Adresse stimmt etwas nicht? Ändern',
    problems: 'Das hat noch nicht geklappt. Bitte sehen Sie sich an, was unten markiert ist.',
    missing: 'Geben Sie den Code ein, den wir Ihnen gesandt haben.',
    sentAnother: {
      sms: 'Eine neue SMS ist unterwegs. Der Code davor gilt nicht mehr.',
      email: 'Eine neue E-Mail ist unterwegs. Der Code davor gilt nicht mehr.',
      voice: 'Wir rufen an. Der Code davor gilt nicht mehr.',
    },
  },
  done: {
    title: 'Die Ersatzkontakte sind eingerichtet',
    heading: 'Danke. Wir können Sie erreichen.',
    headingWaiting: 'Fast geschafft',
    headingNothing: 'Nichts ist gespeichert',
    leadWaiting:
      'Ihre Ersatzkontakte sind gespeichert, aber es wurde noch kein Code eingegeben. Ohne ihn senden wir Ihnen nur Hinweise, nicht den Zugang.',
    leadNothing: (organisation) =>
      `Wir haben keine private Adresse oder Nummer von Ihnen. Fällt Office 365 aus, kann ${organisation} Ihnen keinen Zugang zu einem Notfall-Postfach senden.`,
    stored: 'Was gespeichert ist',
    first: 'wird zuerst versucht',
    enterCode: 'Fehlenden Code eingeben',
    day: 'Was am Tag des Ausfalls geschieht',
    stepsCalled: (organisation, host) => [
      `${organisation} startet den Notfallbetrieb. Binnen einer Minute rufen wir Sie an und sagen es Ihnen.`,
      `Öffnen Sie ${host}, geben Sie Ihre Arbeitsadresse ein und lassen Sie sich einen Zugang senden: Wir rufen mit einem Code zurück.`,
      'Lesen und beantworten Sie dort Ihre E-Mails. Wenn Office 365 wieder da ist, kommt alles, was Sie getan haben, dorthin zurück.',
    ],
    steps: (organisation, host) => [
      `${organisation} startet den Notfallbetrieb. Binnen einer Minute bekommen Sie eine Nachricht mit Anmeldename und vorläufigem Passwort.`,
      `Öffnen Sie ${host}, melden Sie sich an und wählen Sie ein eigenes Passwort.`,
      'Lesen und beantworten Sie dort Ihre E-Mails. Wenn Office 365 wieder da ist, kommt alles, was Sie getan haben, dorthin zurück.',
    ],
    never: 'Wir fragen nie nach Ihrem Office-365-Passwort.',
    ready: 'Noch zwei Minuten',
    readyText:
      'Melden Sie sich heute einmal an, legen Sie einen Passkey an, und drucken Sie eine Karte für die Brieftasche. Dafür senden wir Ihnen einen Code.',
    readyButton: 'Dieses Telefon vorbereiten',
    change: 'Ändern',
    isNew: 'Neu',
    optedOut: 'Abbestellt: Dorthin wird nichts gesandt',
    headingOptedOut: 'Wir senden Ihnen nichts',
    leadOptedOut:
      'Sie haben unsere Nachrichten mit STOP beendet. Am Tag können wir Ihnen den Zugang nicht senden. Möchten Sie das doch, geben Sie die Nummer oder Adresse noch einmal an.',
    changeText: (who) =>
      `Öffnen Sie diesen Link noch einmal, solange er gilt. Um Bestätigtes zu ändern oder zu entfernen, brauchen Sie einen Code, den wir dorthin senden. Sie haben es nicht mehr? Dann kann ${who} es zurücksetzen.`,
    changeButton: 'Meine Ersatzkontakte ändern',
    add: 'Ersatzkontakte angeben',
  },
  trapLabel: 'Bitte leer lassen',
  trapped:
    'Nichts wurde gespeichert: Ein Feld, das leer bleibt, war ausgefüllt. Bitte versuchen Sie es noch einmal.',
  menu: {
    title: 'Ersatzkontakte ändern',
    heading: 'Was möchten Sie ändern?',
    lead: 'Zuerst senden wir einen Code an eine Nummer oder Adresse, die Sie bestätigt haben. Ein Link allein genügt nicht: Er kann weitergeleitet werden.',
    none: 'Nicht angegeben',
    add: { sms: 'Nummer hinzufügen', email: 'Adresse hinzufügen' },
    change: { sms: 'Nummer ändern', email: 'Adresse ändern' },
    remove: { sms: 'Nummer entfernen', email: 'Adresse entfernen' },
    prefer: 'Ändern, was zuerst versucht wird',
    lost: 'Sie haben beides nicht mehr?',
    lostText: (who) =>
      `Dann kann ${who} Ihre Ersatzkontakte zurücksetzen, und Sie geben sie neu an.`,
    back: 'Zurück, nichts ändern',
  },
  change: {
    add: { sms: 'Mobilnummer hinzufügen', email: 'Private Adresse hinzufügen' },
    replace: {
      sms: (masked) => `Die Nummer ${masked} ändern`,
      email: (masked) => `Die Adresse ${masked} ändern`,
    },
    remove: {
      sms: (masked) => `Die Nummer ${masked} entfernen`,
      email: (masked) => `Die Adresse ${masked} entfernen`,
    },
    prefer: 'Was sollen wir zuerst versuchen?',
    lead: 'Damit das niemand anderes mit Ihrem Link tut, senden wir zuerst einen Code. Die Änderung wird Ihnen und Ihrem Arbeitspostfach gemeldet.',
    where: 'Wohin soll der Code gehen?',
    send: 'Code senden',
    code: (masked) => `Code, den wir an ${masked} gesandt haben`,
    codeHint: 'Sechs Ziffern, 15 Minuten gültig',
    newValue: { sms: 'Neue Mobilnummer', email: 'Neue private Adresse' },
    again: (masked) => `Neuen Code an ${masked} senden`,
    sent: 'Der Code ist unterwegs.',
    removed: 'Es wurde entfernt.',
    preferred: 'Das wird ab jetzt zuerst versucht.',
    submitReplace: 'Code an den neuen Kontakt senden',
    submitPrefer: 'Speichern',
    back: 'Zurück, nichts ändern',
  },
  withdraw: {
    heading: {
      sms: (masked) => `Die Nummer ${masked} entfernen`,
      email: (masked) => `Die Adresse ${masked} entfernen`,
    },
    lead: 'Sie wurde nie bestätigt. Sie wird sofort vergessen, und der Code, den wir gesandt haben, gilt nicht mehr.',
    label: (word) => `Geben Sie ${word} ein, um sie zu entfernen`,
    hint: 'Damit das kein Programm für Sie tut, das Links folgt.',
  },
  notMe: {
    title: 'Waren Sie das?',
    heading: 'Waren Sie das?',
    happened: (at) => `Zeitpunkt: ${at}.`,
    nothing: 'Waren Sie es, ist nichts zu tun: Schließen Sie diese Seite.',
    label: (word) => `Sie waren es nicht? Geben Sie ${word} ein`,
    hint: 'Damit das kein Programm für Sie entscheidet, das Links folgt.',
    submit: 'Das war ich nicht',
    after: 'Was dann geschieht',
    will: (organisation) => [
      'Die Änderung wird zurückgenommen, und alle werden von Ihrem Notfall-Postfach abgemeldet.',
      'Sie bekommen einen neuen Link an Ihre Arbeitsadresse. Bis Sie Ihre Codes neu eingeben, wird kein Zugang an Ihre private Adresse oder Ihr Telefon gesandt.',
      `Die Administratoren bei ${organisation} erfahren davon.`,
    ],
    doneTitle: 'Die Änderung wurde zurückgenommen',
    doneHeading: 'Die Änderung wurde zurückgenommen',
    done: (organisation) => [
      'Alle wurden von Ihrem Notfall-Postfach abgemeldet.',
      'Ein neuer Link ist auf dem Weg an Ihre Arbeitsadresse. Bis Sie Ihre Codes neu eingeben, wird kein Zugang an Ihre private Adresse oder Ihr Telefon gesandt.',
      `Die Administratoren bei ${organisation} erfahren gerade davon.`,
    ],
    todo: (who) =>
      `Möglicherweise kann jemand Ihr Arbeitspostfach oder Ihre Nachrichten lesen. Ändern Sie das Passwort des Kontos, und melden Sie es. Dabei hilft ${who}.`,
  },
  stop: {
    heading: 'Keine Nachrichten mehr?',
    lead: (masked, organisation) =>
      `Wir senden dann nichts mehr an ${masked}: keine Codes, keine Übungen und keinen Zugang, wenn E-Mail bei ${organisation} ausfällt.`,
    label: (word) => `Geben Sie ${word} ein, um unsere Nachrichten zu beenden`,
    hint: 'Damit das kein Programm für Sie tut, das Links folgt.',
    submit: 'Nachrichten beenden',
    doneHeading: 'Sie bekommen keine Nachrichten mehr',
    done: (masked, organisation) =>
      `An ${masked} wird nichts mehr gesandt. Die Administratoren bei ${organisation} sehen, dass Sie sie abbestellt haben.`,
    back: 'Doch wieder? Geben Sie die Adresse mit dem Link in Ihrem Arbeitspostfach noch einmal an, oder bitten Sie um einen neuen Link.',
  },
  invalid: {
    title: 'Dieser Link gilt nicht mehr',
    heading: 'Dieser Link gilt nicht mehr',
    lead: 'Er ist abgelaufen, oder ein neuerer hat ihn ersetzt. Was Sie früher angegeben haben, ist nicht verloren.',
    leadNotMe: 'Er ist abgelaufen, oder er wurde auf dem Weg hierher abgeschnitten.',
    todoNotMe: (who) =>
      `Haben Sie die Änderung nicht gemacht, um die es in der Nachricht ging, melden Sie es. Zuständig ist ${who}.`,
    todo: (who) =>
      `Suchen Sie in Ihrem Postfach nach der neuesten Nachricht von uns. Einen neuen Link sendet Ihnen ${who}.`,
  },
};
