import type { composer as composerWords } from '../en/composer.ts';
import type { Words } from '../words.ts';

export const composer: Words<typeof composerWords> = {
  title: 'Neu',
  replyTitle: 'Antworten',
  forwardTitle: 'Weiterleiten',
  loading: 'Der Entwurf wird geöffnet',
  close: 'Schließen. Der Entwurf bleibt erhalten.',
  to: 'An',
  cc: 'Cc',
  bcc: 'Bcc',
  addCc: 'Cc oder Bcc hinzufügen',
  subject: 'Betreff',
  text: 'Nachricht',
  send: 'Senden',
  sending: 'Wird gesendet',
  sendAnyway: 'Trotzdem senden',
  doubts: {
    subject: 'Die Nachricht hat keinen Betreff.',
    attachment: 'Im Text ist von einem Anhang die Rede, aber es gibt keinen.',
  },
  formatting: 'Formatierung',
  loadingFormatting: 'Die Formatierung wird geladen',
  losesFormatting: 'Ohne Formatierung werden Fettschrift, Listen und Links zu einfachem Text.',
  losesQuotation: 'Auch die zitierte Nachricht wird zu einfachem Text.',
  removeFormatting: 'Formatierung entfernen',
  keepFormatting: 'Behalten',
  tooMuchFormatting:
    'Dieser Text ist zu lang, um mit Formatierung gesendet zu werden. Entfernen Sie die Formatierung oder kürzen Sie ihn.',
  quote: 'Nachricht unten zitieren',
  quoted: 'Zitierte Nachricht zeigen',
  quotedHint: 'Sie geht so mit, wie sie aussieht, mit ihren eigenen Bildern.',
  attach: 'Datei oder Foto anhängen',
  drop: 'Dateien hier ablegen, um sie anzuhängen',
  attachments: 'Anhänge',
  remove: (name) => `${name} entfernen`,
  uploading: (percent) => `${percent} %`,
  uploadOf: (name) => `Hochladen von ${name}`,
  uploadQueued: 'Als Nächstes',
  uploadWaits: 'Wartet auf die Verbindung und geht von selbst weiter',
  uploadElsewhere:
    'Wird von einem anderen Gerät hochgeladen. Die Datei ist hier, sobald es verbunden ist.',
  uploadFailed: 'Nicht hochgeladen.',
  retryUpload: (name) => `${name} noch einmal hochladen`,
  smaller: (size) => `Kleiner, ${size}`,
  original: (size) => `Original, ${size}`,
  tooBig: (name, size, limit) =>
    `${name} (${size}) passt nicht: Eine Nachricht fasst insgesamt ${limit}.`,
  tooMany: (limit) => `Eine Nachricht fasst ${limit} Anhänge.`,
  used: (size, limit) => `${size} von ${limit}`,
  suggestions: 'Vorschläge',
  removeRecipient: (name) => `${name} entfernen`,
  outside: 'Außerhalb Ihrer Organisation',
  someOutside: (count, organisation) =>
    count === 1
      ? `1 Empfänger ist nicht bei ${organisation}.`
      : `${count} Empfänger sind nicht bei ${organisation}.`,
  nobody: 'Nennen Sie mindestens einen Empfänger.',
  badAddress: (text) =>
    `„${text}“ ist keine vollständige Adresse. Sie sieht aus wie name@example.com.`,
  choosePhotos: 'Wählen Sie zuerst, in welcher Größe die Fotos gesendet werden.',
  waitUploads:
    'Ein Anhang fehlt: Er wurde nicht hochgeladen oder kommt von einem anderen Gerät. Warten Sie darauf oder entfernen Sie ihn.',
  readOnly:
    'In diesem Postfach können Sie jetzt nur noch lesen. Kopieren Sie den Text und senden Sie ihn aus Outlook.',
  discard: 'Entwurf verwerfen',
  saved: {
    soon: 'Wird gespeichert',
    both: 'Entwurf gespeichert',
    device: 'Entwurf auf diesem Gerät; wird gespeichert, sobald es verbunden ist',
    server: 'Entwurf auf dem Server gespeichert; dieses Gerät bewahrt keine Kopie auf',
    page: 'Noch nicht gespeichert: Lassen Sie diese Seite offen',
  },
  because: {
    'written-elsewhere':
      'Auch auf einem anderen Gerät geschrieben. Beide Texte liegen bei Ihren Entwürfen.',
    'sent-elsewhere':
      'Die Nachricht wurde von einem anderen Gerät gesendet. Was Sie seither geschrieben haben, bleibt hier als Entwurf.',
  },
  over: {
    sent: 'Diese Nachricht wurde von einem anderen Gerät gesendet.',
    discarded: 'Dieser Entwurf wurde auf einem anderen Gerät verworfen.',
    gone: 'Dieser Entwurf wurde auf einem anderen Gerät gesendet oder verworfen.',
  },
  otherTab:
    'Dieser Entwurf ist in einem anderen Fenster offen. Schließen Sie ihn dort, um hier weiterzuschreiben.',
  carried: 'Anhänge, die weitergeleitet werden',
  signature: 'Signatur',
  gone: 'Diesen Entwurf gibt es nicht mehr: Er wurde gesendet oder verworfen.',
};
