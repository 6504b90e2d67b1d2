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
    case 'channels-reset':
      return 'An administrator has removed all alternate info.';
    case 'password-chosen':
      return 'A password for the emergency mailbox was chosen.';
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
