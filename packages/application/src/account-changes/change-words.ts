import { maskAddress, maskPhone, type AccountChange, type ChannelKind } from '@holdfast/domain';

/** What has changed, as one sentence: for the notices and the page behind them. Values are masked. */
export function changeWords(change: AccountChange): string {
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
