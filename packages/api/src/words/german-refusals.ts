/**
 * Refusals that users meet, in German, by the English sentence that the use case refuses with: `{…}` stands for what is
 * filled in. A test looks for sentences that are missing here.
 */
export const GERMAN_REFUSALS: Readonly<Record<string, string>> = {
  // Signing in, and sessions.
  'Sign in to go on.': 'Bitte melden Sie sich an.',
  'Please sign in.': 'Bitte melden Sie sich an.',
  'That user is not in the directory any more.':
    'Diesen Benutzer gibt es im Verzeichnis nicht mehr.',
  'You are signed in with a code from the helpdesk, which lets nobody take anything away. Sign in in another way first, such as the password that you have chosen.':
    'Sie sind mit einem Code vom Helpdesk angemeldet; damit lässt sich nichts wegnehmen. Melden Sie sich zuerst auf anderem Weg an, etwa mit Ihrem eigenen Passwort.',
  'That does not let you in: it was used already, is older than 15 minutes, or does not belong to this login. Ask for another.':
    'Das gilt nicht: Es wurde schon benutzt, ist älter als 15 Minuten oder gehört nicht zu diesem Anmeldenamen. Lassen Sie sich einen neuen Zugang senden.',
  'That passkey does not let you in here: it was removed, or belongs to another place. Use your password, or have a way in sent.':
    'Dieser Passkey gilt hier nicht: Er wurde entfernt oder gehört zu einer anderen Seite. Nehmen Sie Ihr Passwort, oder lassen Sie sich einen Zugang senden.',
  'Passkeys need the portal to be reached by https under a name of its own. Everything else works without.':
    'Für Passkeys muss das Portal mit https unter einem eigenen Namen erreichbar sein. Alles andere geht ohne.',
  'The passkey could not be verified, and none was kept. Try again.':
    'Der Passkey konnte nicht geprüft werden und wurde nicht angelegt. Versuchen Sie es noch einmal.',
  'There are {count} passkeys already. Remove one that you no longer use first.':
    'Es gibt schon {count} Passkeys. Entfernen Sie zuerst einen, den Sie nicht mehr brauchen.',
  'Too many attempts. Wait a quarter of an hour, then try again.':
    'Zu viele Versuche. Warten Sie eine Viertelstunde, und versuchen Sie es dann noch einmal.',
  'Login or password is not right. Use your work address and the password from the message we sent you.':
    'Anmeldename oder Passwort stimmt nicht. Nehmen Sie Ihre Arbeitsadresse und das Passwort aus unserer Nachricht.',
  'Choose a password of your own first: the one we sent you works only once.':
    'Wählen Sie zuerst ein eigenes Passwort: Das von uns gesandte gilt nur einmal.',
  'Choose a password of your own first.': 'Wählen Sie zuerst ein eigenes Passwort.',
  'Use at least {count} characters. A sentence is fine.':
    'Bitte mindestens {count} Zeichen. Ein Satz ist gut.',
  // Devices that are told of new mail.
  'This installation sends no messages to devices. New mail is shown when you open the mailbox.':
    'Diese Installation benachrichtigt keine Geräte. Neue E-Mails sehen Sie, wenn Sie das Postfach öffnen.',
  'Your browser names a push service that we do not send to. New mail is shown when you open the mailbox.':
    'Ihr Browser nennt einen Mitteilungsdienst, an den wir nicht senden. Neue E-Mails sehen Sie, wenn Sie das Postfach öffnen.',
  // Alternate info.
  'Type {word} to say that it was not you. Nothing was changed so far.':
    'Geben Sie NEIN ein, wenn Sie es nicht waren. Bisher wurde nichts geändert.',
  'Type {word} to remove it. Nothing was changed so far.':
    'Geben Sie ENTFERNEN ein, um es zu entfernen. Bisher wurde nichts geändert.',
  'Type {word} to stop our messages. Nothing was changed so far.':
    'Geben Sie {word} ein, um unsere Nachrichten zu beenden. Bisher wurde nichts geändert.',
  'This link is no longer valid. Somebody has to know if you did not make the change.':
    'Dieser Link gilt nicht mehr. Haben Sie die Änderung nicht gemacht, muss es jemand erfahren.',
  'This link is no longer valid. Use the newest message from us, or ask for another.':
    'Dieser Link gilt nicht mehr. Nehmen Sie die neueste Nachricht von uns, oder bitten Sie um eine neue.',
  'So many codes were sent within a day that we send no more for now. Use the last one, try again tomorrow, or ask for a new link.':
    'Binnen eines Tages wurden so viele Codes gesandt, dass wir vorerst keine mehr senden. Nehmen Sie den letzten, versuchen Sie es morgen noch einmal, oder bitten Sie um einen neuen Link.',
  'Enter the six digits that we sent you.':
    'Geben Sie die sechs Ziffern ein, die wir Ihnen gesandt haben.',
  'Give the new value.': 'Geben Sie den neuen Wert an.',
  'Nothing was given for that channel yet.': 'Dafür wurde noch nichts angegeben.',
  'Nothing was confirmed for that channel yet.': 'Dafür wurde noch nichts bestätigt.',
  'Nothing waits for a code there.': 'Dort wartet nichts auf einen Code.',
  'This was taken back before with “It was not me”, and is not accepted again. If it is yours after all, have somebody look into it first.':
    'Das wurde mit „Das war ich nicht“ zurückgenommen und wird nicht noch einmal angenommen. Gehört es doch Ihnen, lassen Sie es zuerst klären.',
  'Your alternate info is confirmed already. To change it, enter a code that we send to it.':
    'Ihre Ersatzkontakte sind schon bestätigt. Um sie zu ändern, geben Sie einen Code ein, den wir dorthin senden.',
  'Give a private address, a mobile number, or both.':
    'Geben Sie eine private Adresse, eine Mobilnummer oder beides an.',
  'No mail can be sent to {domain}: the domain has no mail server. Check what stands after the @.':
    'An {domain} kann keine E-Mail gesandt werden: Es gibt dort keinen Mailserver. Prüfen Sie, was hinter dem @ steht.',
  'That does not look like an email address. Check for missing parts, such as “@” or “.com”.':
    'Das sieht nicht wie eine E-Mail-Adresse aus. Prüfen Sie, ob etwas fehlt, etwa „@“ oder „.de“.',
  'That is your work address: it would be down as well. Give a private one.':
    'Das ist Ihre Arbeitsadresse: Sie wäre mit ausgefallen. Geben Sie eine private an.',
  'Did you mean {address}? Choose one of the two below.':
    'Meinten Sie {address}? Wählen Sie unten eine der beiden.',
  'That number is too short. Check the digits and the country.':
    'Diese Nummer ist zu kurz. Prüfen Sie die Ziffern und das Land.',
  'That number is too long. Check the digits and the country.':
    'Diese Nummer ist zu lang. Prüfen Sie die Ziffern und das Land.',
  'That is not a phone number of the chosen country. Check the digits and the country.':
    'Das ist keine Telefonnummer des gewählten Landes. Prüfen Sie die Ziffern und das Land.',
  'That is a landline: it cannot receive text messages, and we do not call. Give a mobile number, or a private address.':
    'Das ist ein Festnetzanschluss: Er bekommt keine SMS, und wir rufen nicht an. Geben Sie eine Mobilnummer oder eine private Adresse an.',
  'That is a special number, such as a service or premium one: we neither text nor call it. Give a mobile number, or a private address.':
    'Das ist eine Sondernummer, etwa ein Dienst oder Mehrwertdienst: Dorthin senden wir keine SMS und rufen nicht an. Geben Sie eine Mobilnummer oder eine private Adresse an.',
  'So many calls with codes were asked for within a day that we make no more for now. Give a private address, or try again tomorrow.':
    'Innerhalb eines Tages wurden so viele Anrufe mit Codes verlangt, dass wir vorerst niemanden mehr anrufen. Geben Sie eine private Adresse an, oder versuchen Sie es morgen wieder.',
  'So many text messages with codes were asked for within a day that we send no more for now. Give a private address, or try again tomorrow.':
    'Innerhalb eines Tages wurden so viele SMS mit Codes verlangt, dass wir vorerst keine mehr senden. Geben Sie eine private Adresse an, oder versuchen Sie es morgen wieder.',
  'That is verified already.': 'Das ist schon bestätigt.',
  'Messages there were stopped with STOP. Give the number or address again to use it.':
    'Nachrichten dorthin wurden mit STOP beendet. Geben Sie die Nummer oder Adresse noch einmal an, um sie zu verwenden.',
  'There is no code for that. Ask for a new one.':
    'Dafür gibt es keinen Code. Lassen Sie sich einen neuen senden.',
  'That code has expired. Ask for a new one.':
    'Dieser Code ist abgelaufen. Lassen Sie sich einen neuen senden.',
  'Too many wrong codes. Ask for a new one.':
    'Zu viele falsche Codes. Lassen Sie sich einen neuen senden.',
  'That is not the code we sent. Check the digits.':
    'Das ist nicht der Code, den wir gesandt haben. Prüfen Sie die Ziffern.',
  'A code was sent less than a minute ago. Wait a moment, then ask again.':
    'Vor weniger als einer Minute wurde ein Code gesandt. Warten Sie einen Augenblick, und versuchen Sie es dann noch einmal.',
  'Too many tries in a short time. Wait 15 minutes, then open the link again.':
    'Zu viele Versuche in kurzer Zeit. Warten Sie 15 Minuten, und öffnen Sie den Link dann noch einmal.',
  // The mailbox.
  'The emergency mailbox is closed. Your mail is in Office 365.':
    'Das Notfall-Postfach ist geschlossen. Ihre E-Mails sind in Office 365.',
  'The event is over: the emergency mailbox can be read, and your mail is in Office 365 again.':
    'Der Notfallbetrieb ist zu Ende: Das Notfall-Postfach kann noch gelesen werden, und Ihre E-Mails sind wieder in Office 365.',
  'The message could not be stored and was not sent. It is still here: try again in a minute.':
    'Die Nachricht konnte nicht gespeichert werden und wurde nicht gesendet. Sie ist noch hier: Versuchen Sie es in einer Minute noch einmal.',
  'Nothing was sent: the mail store refuses. Try again.':
    'Nichts wurde gesendet: Der Mailspeicher nimmt gerade nichts an. Versuchen Sie es noch einmal.',
  'That message is not in your mailbox. It may have been moved; go back to the list.':
    'Diese Nachricht ist nicht in Ihrem Postfach. Vielleicht wurde sie verschoben; gehen Sie zurück zur Liste.',
  'This message is too large to be opened here. It reaches Office 365 unchanged.':
    'Diese Nachricht ist zu groß, um hier geöffnet zu werden. Office 365 erreicht sie unverändert.',
  'This message cannot be opened at the moment. Your administrators were told.':
    'Diese Nachricht lässt sich gerade nicht öffnen. Ihre Administratoren wissen davon.',
  'You have sent nothing from here during this event.':
    'Sie haben während dieses Notfallbetriebs von hier nichts gesendet.',
  'The message cannot be taken back yet. Try again in a second.':
    'Die Nachricht kann noch nicht zurückgeholt werden. Versuchen Sie es in einer Sekunde noch einmal.',
  'The message has left and cannot be taken back any more. It is in your Sent folder.':
    'Die Nachricht ist abgegangen und kann nicht mehr zurückgeholt werden. Sie liegt im Ordner Gesendet.',
  'Whether this message is from its sender could not be proved, so its pictures are shown only when you ask.':
    'Ob diese Nachricht von ihrem Absender stammt, ließ sich nicht belegen. Deshalb sehen Sie ihre Bilder nur, wenn Sie es verlangen.',
  'There is no such attachment in your mailbox.': 'Diesen Anhang gibt es in Ihrem Postfach nicht.',
  'This is a drill: your real mail stays as it is. Read, search, write and send; nothing leaves.':
    'Das ist eine Übung: Ihre echten E-Mails bleiben, wie sie sind. Lesen, suchen, schreiben und senden Sie; nichts davon geht ab.',
  'This is a drill: your mail comes to Outlook as always, and devices are told of none here.':
    'Das ist eine Übung: Ihre E-Mails kommen wie immer in Outlook an, und hier wird kein Gerät benachrichtigt.',
  'This was written in a drill that is over. It was not sent, and will not be. If you mean it, write it anew.':
    'Das wurde in einer Übung geschrieben, die zu Ende ist. Es wurde nicht gesendet und wird es nicht. Meinen Sie es ernst, schreiben Sie es neu.',
  // Writing.
  'There are {count} drafts already. This one is on this device only: discard some, and it is saved.':
    'Es gibt schon {count} Entwürfe. Dieser liegt nur auf diesem Gerät: Verwerfen Sie einige, dann wird er gespeichert.',
  'Another file was uploaded under this name.':
    'Unter diesem Namen wurde schon eine andere Datei hochgeladen.',
  'This file is not here. Add it again.':
    'Diese Datei ist nicht hier. Fügen Sie sie noch einmal hinzu.',
  'The piece is larger than what was announced.':
    'Das Stück der Datei ist größer als angekündigt. Fügen Sie sie noch einmal hinzu.',
  'The file is larger than {size} MB.': 'Die Datei ist größer als {size} MB.',
  'Your drafts hold as many attachments as there is room for ({size} MB). Send or discard one first.':
    'Ihre Entwürfe enthalten so viele Anhänge, wie Platz haben ({size} MB). Senden oder verwerfen Sie zuerst einen.',
  'This file cannot be uploaded.': 'Diese Datei kann nicht hochgeladen werden.',
  'The piece does not begin where the last one ended.':
    'Das Stück der Datei schließt nicht an das letzte an.',
  'There is no such file here.': 'Diese Datei gibt es hier nicht.',
  'The piece does not say where it belongs.': 'Das Stück der Datei sagt nicht, wohin es gehört.',
  'An attachment did not arrive. Remove it and add it again.':
    'Ein Anhang ist nicht angekommen. Entfernen Sie ihn, und fügen Sie ihn noch einmal hinzu.',
  'You took this message back. Send it again from the draft.':
    'Sie haben diese Nachricht zurückgeholt. Senden Sie sie noch einmal aus dem Entwurf.',
  'This message was sent from another device already, in other words. Yours was not sent, and stays a draft.':
    'Diese Nachricht wurde schon von einem anderen Gerät gesendet, mit anderem Text. Ihre wurde nicht gesendet und bleibt ein Entwurf.',
  'This message is being sent already. Nothing is lost: look again in a moment.':
    'Diese Nachricht wird schon gesendet. Nichts ist verloren: Sehen Sie gleich noch einmal nach.',
  'The message is larger than {size} MB. Remove an attachment.':
    'Die Nachricht ist größer als {size} MB. Entfernen Sie einen Anhang.',
  'This draft is gone: it was sent or discarded.':
    'Diesen Entwurf gibt es nicht mehr: Er wurde gesendet oder verworfen.',
  'This message was written by {author}. It waits on this device until {same} signs in here.':
    'Diese Nachricht hat {author} geschrieben. Sie wartet auf diesem Gerät, bis {same} sich hier anmeldet.',
  'The event is over, and this message was not written during it. Copy the text and send it from Outlook.':
    'Der Notfallbetrieb ist zu Ende, und diese Nachricht wurde nicht währenddessen geschrieben. Kopieren Sie den Text, und senden Sie ihn aus Outlook.',
  'The event has been over for more than {days} days. Copy the text and send it from Outlook.':
    'Der Notfallbetrieb ist seit mehr als {days} Tagen zu Ende. Kopieren Sie den Text, und senden Sie ihn aus Outlook.',
  'Name at least one recipient.': 'Nennen Sie mindestens einen Empfänger.',
  '“{typed}” is not an email address.': '„{typed}“ ist keine E-Mail-Adresse.',
  'There is no {address} in your organisation. Check the address.':
    '{address} gibt es in Ihrer Organisation nicht. Prüfen Sie die Adresse.',
  // Everything else.
  'This request did not come from {origin}. Open that address and try again there.':
    'Diese Anfrage kam nicht von {origin}. Öffnen Sie diese Adresse, und versuchen Sie es dort noch einmal.',
  'The database does not answer at the moment. Mail is still accepted. Try again in a minute.':
    'Die Datenbank antwortet gerade nicht. E-Mails werden weiter angenommen. Versuchen Sie es in einer Minute noch einmal.',
  'The server does not understand this request.': 'Der Server versteht diese Anfrage nicht.',
  'The server does not understand this request. Reload the page.':
    'Der Server versteht diese Anfrage nicht. Laden Sie die Seite neu.',
  'Something failed here. Try again.':
    'Hier ist etwas schiefgegangen. Versuchen Sie es noch einmal.',
  'Some of what you entered cannot be used. Correct the marked fields.':
    'Einiges davon kann nicht verwendet werden. Korrigieren Sie die markierten Felder.',
  'Something failed here, and nothing was changed as far as we know. Mail is not affected. The log has it under {id}.':
    'Hier ist etwas schiefgegangen; soweit wir wissen, wurde nichts geändert. E-Mails sind nicht betroffen. Im Protokoll steht es unter {id}.',
  'This list can go on no further from here. Reload it.':
    'Diese Liste lässt sich von hier nicht fortsetzen. Laden Sie sie neu.',
  'Not a cursor of this list.': 'Diese Stelle gehört nicht zu dieser Liste. Laden Sie sie neu.',
  'There is no such address here.': 'Diese Adresse gibt es hier nicht.',
  'That is larger than what is accepted here.': 'Das ist größer, als hier angenommen wird.',
};
