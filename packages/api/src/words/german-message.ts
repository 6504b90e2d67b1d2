/**
 * What the presenters of a message say of it, in German, by the English words: `{…}` stands for what is filled in, and is
 * looked up itself where it is a sentence. A test looks for what is missing here.
 */
export const GERMAN_MESSAGE: Readonly<Record<string, string>> = {
  // The check of the sender.
  'Written in an emergency mailbox of your organisation':
    'Geschrieben in einem Notfall-Postfach Ihrer Organisation',
  'The sender was verified': 'Der Absender wurde bestätigt',
  'The sender failed the check of {domain}': 'Der Absender besteht die Prüfung nicht: {domain}',
  '{domain}: it may be forged': '{domain}: Er kann gefälscht sein',
  'The sender could not be verified': 'Der Absender konnte nicht bestätigt werden',
  'The sender was not checked': 'Der Absender wurde nicht geprüft',
  'its domain': 'Absender-Domain',
  'SPF: {words}': 'SPF: {words}',
  'DKIM: {words}': 'DKIM: {words}',
  'DMARC: {words}': 'DMARC: {words}',
  '{domain} lets the host that delivered it send in its name':
    '{domain} erlaubt dem Server, der sie übergeben hat, in ihrem Namen zu senden',
  '{domain} forbids the host that delivered it to send in its name':
    '{domain} verbietet dem Server, der sie übergeben hat, in ihrem Namen zu senden',
  '{domain} does not expect mail from the host that delivered it':
    '{domain} erwartet keine E-Mails von dem Server, der sie übergeben hat',
  '{domain} says nothing of who may send in its name':
    '{domain} sagt nicht, wer in ihrem Namen senden darf',
  '{domain} leaves open who may send in its name':
    '{domain} lässt offen, wer in ihrem Namen senden darf',
  'could not be evaluated for {domain} ({result})':
    'konnte für {domain} nicht ausgewertet werden ({result})',
  'signed by {domain}, and unchanged since': 'signiert von {domain}, seither unverändert',
  'the signature of {domain} does not fit: changed on the way, or forged':
    'die Signatur von {domain} passt nicht: unterwegs geändert oder gefälscht',
  'not signed': 'nicht signiert',
  'the signature of {domain} could not be checked ({result})':
    'die Signatur von {domain} konnte nicht geprüft werden ({result})',
  '{domain} vouches for the sender': '{domain} bürgt für den Absender',
  '{domain} does not vouch for the sender': '{domain} bürgt nicht für den Absender',
  '{domain} has published no policy': '{domain} hat keine Richtlinie veröffentlicht',
  // Warnings.
  'This claims to come from {domain}, your own organisation, and nothing proves it. Ask the sender in another way before you do what it says.':
    'Dies gibt vor, von {domain} zu kommen, Ihrer eigenen Organisation, und nichts belegt es. Fragen Sie den Absender auf anderem Weg, bevor Sie tun, was darin steht.',
  '{domain} looks like {own} and is not. Do not open links or files, and do not pay anything, before you have asked in another way.':
    '{domain} sieht aus wie {own} und ist es nicht. Öffnen Sie keine Links oder Dateien, und zahlen Sie nichts, bevor Sie auf anderem Weg gefragt haben.',
  'The name is that of a colleague, {name} ({address}). This comes from another address, outside your organisation.':
    'Der Name gehört jemandem aus Ihrer Organisation, {name} ({address}). Dies kommt von einer anderen Adresse, von außerhalb.',
  'The sender’s name shows {shown}. That is not where this comes from.':
    'Der Name des Absenders zeigt {shown}. Von dort kommt dies nicht.',
  'An answer goes to {address}, not to the sender’s own domain.':
    'Eine Antwort geht an {address}, nicht an die Domain des Absenders.',
  'The first message from {address} in the last 30 days.':
    'Die erste Nachricht von {address} in den letzten 30 Tagen.',
  // What cannot be shown here.
  'Attachments of this message are in Outlook’s own format (winmail.dat), which could not be opened here. Outlook itself may open them.':
    'Anhänge dieser Nachricht sind in einem Format von Outlook (winmail.dat), das hier nicht geöffnet werden konnte. Outlook selbst öffnet sie vielleicht.',
  'This message is so long that its end is left out. Its source has all of it.':
    'Diese Nachricht ist so lang, dass ihr Ende fehlt. Im Quelltext steht alles.',
  'Signed with {kind}. The signature is not checked here.':
    'Signiert mit {kind}. Die Signatur wird hier nicht geprüft.',
  'Signed with {kind} in a form that only a mail program with {same} opens. It reaches your own mailbox unchanged.':
    'Signiert mit {kind} in einer Form, die nur ein Mailprogramm mit {same} öffnet. Ihr eigenes Postfach erreicht sie unverändert.',
  'Encrypted with {kind}. It can be read only where your key is, and reaches your own mailbox unchanged. If it cannot wait, ask the sender to reach you another way.':
    'Verschlüsselt mit {kind}. Lesen lässt sie sich nur dort, wo Ihr Schlüssel ist; Ihr eigenes Postfach erreicht sie unverändert. Kann es nicht warten, bitten Sie den Absender, Sie auf anderem Weg zu erreichen.',
  'Signed with {kind} by {who}, and the signature does not fit: the text was changed after it was signed, by a mailing list on the way or by somebody else.':
    'Signiert mit {kind} von {who}, und die Signatur passt nicht: Der Text wurde nach dem Signieren geändert, unterwegs von einer Verteilerliste oder von jemand anderem.',
  'Signed with {kind} by {who}, in a way that cannot be checked here.':
    'Signiert mit {kind} von {who}, auf eine Weise, die hier nicht geprüft werden kann.',
  'Signed with {kind} by {who}: the text is as it was signed. The certificate was issued by {issuer}; whether to trust it is not checked here.':
    'Signiert mit {kind} von {who}: Der Text ist so, wie er signiert wurde. Das Zertifikat stammt von {issuer}; ob ihm zu trauen ist, wird hier nicht geprüft.',
  'Signed with {kind} by {who}, which is not the sender’s address. The text is as it was signed; whether to trust the certificate is not checked here.':
    'Signiert mit {kind} von {who}; das ist nicht die Adresse des Absenders. Der Text ist so, wie er signiert wurde; ob dem Zertifikat zu trauen ist, wird hier nicht geprüft.',
  'somebody without a name': 'jemandem ohne Namen',
  'nobody named': 'einer Stelle ohne Namen',
  // Invitations.
  Cancelled: 'Abgesagt',
  '{words}, one of a series': '{words}, einer aus einer Reihe',
  'An answer to an invitation': 'Eine Antwort auf eine Einladung',
  'Accepted by {name}': 'Zugesagt von {name}',
  'Declined by {name}': 'Abgesagt von {name}',
  'Accepted tentatively by {name}': 'Mit Vorbehalt zugesagt von {name}',
  'Answered by {name}': 'Beantwortet von {name}',
  Invitation: 'Einladung',
  'Invitation, changed': 'Einladung, geändert',
  Event: 'Veranstaltung',
  // Where a sent message stands.
  'Not delivered: {reason}': 'Nicht zugestellt: {reason}',
  'Not delivered yet: {domain} is tried further':
    'Noch nicht zugestellt: {domain} wird weiter versucht',
  'Delivered, says {domain}': 'Zugestellt, meldet {domain}',
  'Passed on, to where nothing more is reported':
    'Weitergegeben, dorthin, von wo nichts mehr gemeldet wird',
  'Passed on to the members of a list': 'An die Mitglieder einer Liste weitergegeben',
  'Not delivered, as {domain} reported afterwards: {reason}':
    'Nicht zugestellt, wie {domain} danach gemeldet hat: {reason}',
  'Drill: not sent': 'Übung: nicht gesendet',
  'Accepted by {domain}': 'Angenommen von {domain}',
  'On its way': 'Unterwegs',
  'Waiting: next try soon': 'Wartet: bald der nächste Versuch',
  'Waiting: refused once, tried again after a check':
    'Wartet: einmal abgelehnt, nach einer Prüfung neuer Versuch',
  'Held back by the mail filter; your administrators can release it':
    'Vom Mailfilter zurückgehalten; Ihre Administratoren können sie freigeben',
  'Not delivered: removed by a rule or by an administrator':
    'Nicht zugestellt: von einer Regel oder einem Administrator entfernt',
  'the address does not exist at {domain}. Check it, and send again':
    'Die Adresse gibt es bei {domain} nicht. Prüfen Sie sie, und senden Sie noch einmal',
  '{domain} does not exist or takes no email. Check the address, and send again':
    '{domain} gibt es nicht oder nimmt keine E-Mails an. Prüfen Sie die Adresse, und senden Sie noch einmal',
  'the mailbox there is full. Reach the person another way':
    'Das Postfach dort ist voll. Erreichen Sie die Person auf anderem Weg',
  'the mailbox there is switched off. Ask for another address':
    'Das Postfach dort ist abgeschaltet. Fragen Sie nach einer anderen Adresse',
  'the message is larger than {domain} takes. Send it without the attachments':
    'Die Nachricht ist größer, als {domain} annimmt. Senden Sie sie ohne die Anhänge',
  '{domain} took it for unwanted. Write it in other words, without attachments or links':
    '{domain} hielt sie für unerwünscht. Schreiben Sie sie anders, ohne Anhänge und Links',
  '{domain} does not trust our server. Whoever looks after email has to correct that':
    '{domain} traut unserem Server nicht. Das muss beheben, wer sich um E-Mail kümmert',
  '{domain} does not let you write to this address':
    '{domain} lässt Sie nicht an diese Adresse schreiben',
  '{domain} could not be reached for too long. Send again later':
    '{domain} war zu lange nicht erreichbar. Senden Sie später noch einmal',
  '{domain} refused it': '{domain} hat sie abgelehnt',
};
