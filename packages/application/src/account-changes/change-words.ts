import {
  deviceIn,
  maskAddress,
  maskPhone,
  type AccountChange,
  type ChannelKind,
  type Language,
} from '@holdfast/domain';

/** What has changed, as one sentence: for the notices and the page behind them. Values are masked. */
export function changeWords(change: AccountChange, language: Language): string {
  switch (language) {
    case 'en':
      return inEnglish(change);
    case 'de':
      return inGerman(change);
  }
}

function inEnglish(change: AccountChange): string {
  switch (change.kind) {
    case 'channel-verified':
      return change.before === null
        ? `${upper(NAMES[change.channel])} ${mask(change.channel, change.value)} was confirmed as alternate info.`
        : `${upper(NAMES[change.channel])} in the alternate info was changed from ${mask(change.channel, change.before)} to ${mask(change.channel, change.value)}.`;
    case 'channel-removed':
      return `${upper(NAMES[change.channel])} ${mask(change.channel, change.before)} was removed from the alternate info.`;
    case 'contact-entered':
      return `${upper(NAMES[change.channel])} ${mask(change.channel, change.value)} was entered for you by ${change.by}. Logins go there from the next day on.`;
    case 'channels-reset':
      return 'An administrator has removed all alternate info.';
    case 'password-chosen':
      return 'A password for the emergency mailbox was chosen.';
    case 'passkey-added':
      return `A passkey for the emergency mailbox was added (${change.device}).`;
    case 'passkey-removed':
      return `A passkey for the emergency mailbox was removed (${change.device}).`;
    case 'recovery-codes-made':
      return 'New recovery codes for the emergency mailbox were made.';
    case 'recovery-code-used':
      return `A recovery code was used to sign in to the emergency mailbox; ${change.left} are left.`;
    case 'helpdesk-code-made':
      return `The helpdesk (${change.by}) has made a code that lets somebody in to your emergency mailbox.`;
    case 'helpdesk-code-used':
      return `Somebody has signed in to your emergency mailbox with a code from the helpdesk (${change.by}).`;
  }
}

function inGerman(change: AccountChange): string {
  switch (change.kind) {
    case 'channel-verified':
      return change.before === null
        ? `${GERMAN[change.channel]} ${mask(change.channel, change.value)} wurde als Ersatzkontakt bestätigt.`
        : `${GERMAN[change.channel]} in den Ersatzkontakten wurde geändert: vorher ${mask(change.channel, change.before)}, jetzt ${mask(change.channel, change.value)}.`;
    case 'channel-removed':
      return `${GERMAN[change.channel]} ${mask(change.channel, change.before)} wurde aus den Ersatzkontakten entfernt.`;
    case 'contact-entered':
      return `${GERMAN[change.channel]} ${mask(change.channel, change.value)} wurde von ${change.by} für Sie eingetragen. Ab dem nächsten Tag gehen Zugänge dorthin.`;
    case 'channels-reset':
      return 'Ein Administrator hat alle Ersatzkontakte entfernt.';
    case 'password-chosen':
      return 'Für das Notfall-Postfach wurde ein Passwort gewählt.';
    case 'passkey-added':
      return `Für das Notfall-Postfach wurde ein Passkey angelegt (${deviceIn('de', change.device)}).`;
    case 'passkey-removed':
      return `Ein Passkey für das Notfall-Postfach wurde entfernt (${deviceIn('de', change.device)}).`;
    case 'recovery-codes-made':
      return 'Für das Notfall-Postfach wurden neue Wiederherstellungscodes erstellt.';
    case 'recovery-code-used':
      return `Mit einem Wiederherstellungscode hat sich jemand beim Notfall-Postfach angemeldet; noch ${change.left} sind übrig.`;
    case 'helpdesk-code-made':
      return `Der Helpdesk (${change.by}) hat einen Code erstellt, der jemanden in Ihr Notfall-Postfach lässt.`;
    case 'helpdesk-code-used':
      return `Jemand hat sich mit einem Code vom Helpdesk (${change.by}) bei Ihrem Notfall-Postfach angemeldet.`;
  }
}

const GERMAN: Readonly<Record<ChannelKind, string>> = {
  sms: 'Die Mobilnummer',
  email: 'Die private Adresse',
};

const NAMES: Readonly<Record<ChannelKind, string>> = {
  sms: 'the mobile number',
  email: 'the private address',
};

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function mask(kind: ChannelKind, value: string): string {
  return kind === 'sms' ? maskPhone(value) : maskAddress(value);
}
