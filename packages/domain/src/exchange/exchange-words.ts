import type { ExchangeFinding } from './exchange-finding.ts';
import type { ExchangePart } from './exchange-side.ts';
import type { ConnectorSettings, ExchangeStep, RuleSettings } from './exchange-step.ts';

/** A change for the person who answers for the tenant: what, and what it means for mail. */
export interface ExchangeWords {
  readonly title: string;
  readonly detail: string;
}

export function stepWords(step: ExchangeStep): ExchangeWords {
  switch (step.kind) {
    case 'enable-customization':
      return {
        title: 'Open the tenant for changes of its policies',
        detail:
          'Nobody has changed a policy in it yet. Microsoft asks for this once, and it cannot be taken back; mail does not change by it.',
      };
    case 'create-connector':
      return {
        title: `Create the inbound connector “${step.name}”`,
        detail: `${knownBy(step.settings)} TLS is required of us. ${filtering(step.settings)} Mail from elsewhere still gets in.`,
      };
    case 'change-connector':
      return {
        title: `Change our inbound connector “${step.name}”`,
        detail: changes<ConnectorSettings>(step.before, step.after, CONNECTOR_WORDS),
      };
    case 'remove-connector':
      return {
        title: `Remove our inbound connector “${step.name}”`,
        detail: 'Office 365 no longer knows us: it judges mail that we relay by our address.',
      };
    case 'allow-addresses':
      return {
        title: `Put ${step.addresses.join(', ')} on the IP allow list`,
        detail:
          'What others have put there stays. Microsoft’s own spam filter is off for mail from these addresses; it still looks for malware and high-confidence phishing.',
      };
    case 'stop-allowing-addresses':
      return {
        title: `Take ${step.addresses.join(', ')} off the IP allow list`,
        detail: 'We had put it there; everything else on the list stays.',
      };
    case 'create-rule':
      return {
        title: `Create the mail flow rule “${step.name}”, applied first`,
        detail: `What we mark as junk (header ${step.settings.headerName}) goes to Junk Email instead of the inbox.`,
      };
    case 'change-rule':
      return {
        title: `Change our mail flow rule “${step.name}”`,
        detail: changes<RuleSettings>(step.before, step.after, RULE_WORDS),
      };
    case 'remove-rule':
      return {
        title: `Remove our mail flow rule “${step.name}”`,
        detail: 'What we mark as junk is no longer put into Junk Email by it.',
      };
    case 'trust-sealers':
      return {
        title: 'Change the list of trusted ARC sealers',
        detail: `From ${listed(step.before)} to ${listed(step.after)}. Others stay.`,
      };
  }
}

function knownBy({ certificateName, senderAddresses }: ConnectorSettings): string {
  return certificateName === ''
    ? `Office 365 knows us by our addresses: ${senderAddresses.join(', ')}.`
    : `Office 365 knows us by our certificate for ${certificateName}.`;
}

function filtering({ skipAddresses, skipLastAddress }: ConnectorSettings): string {
  return skipAddresses.length > 0 || skipLastAddress
    ? 'With Enhanced Filtering Microsoft goes on filtering by where mail really comes from.'
    : 'Without Enhanced Filtering.';
}

const CONNECTOR_WORDS: Readonly<Record<keyof ConnectorSettings, string>> = {
  type: 'kind',
  senderDomains: 'sender domains',
  senderAddresses: 'our addresses',
  certificateName: 'our certificate',
  requireTls: 'TLS required',
  restrictToAddresses: 'lock-down by address',
  restrictToCertificate: 'lock-down by certificate',
  skipLastAddress: 'Enhanced Filtering passes over the last hop',
  skipAddresses: 'Enhanced Filtering passes over',
  enabled: 'switched on',
  comment: 'comment',
};

const RULE_WORDS: Readonly<Record<keyof RuleSettings, string>> = {
  enabled: 'switched on',
  comment: 'comment',
  headerName: 'header',
  headerWords: 'words in it',
  scl: 'spam confidence level',
};

function changes<T extends Readonly<Record<string, Setting>>>(
  before: Partial<T>,
  after: Partial<T>,
  words: Readonly<Record<keyof T, string>>,
): string {
  const keys = Object.keys(after) as (keyof T)[];
  return `${keys
    .map((key) => `${words[key]}: ${value(before[key])} → ${value(after[key])}`)
    .join('; ')}.`;
}

type Setting = ConnectorSettings[keyof ConnectorSettings] | RuleSettings[keyof RuleSettings];

function value(setting: Setting | undefined): string {
  if (typeof setting === 'object' && setting !== null) return listed(setting);
  if (typeof setting === 'boolean') return setting ? 'yes' : 'no';
  return setting === '' || setting === null || setting === undefined ? 'none' : String(setting);
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? 'none' : values.join(', ');
}

const PART_WORDS: Readonly<Record<ExchangePart, string>> = {
  organisation: 'configuration of the organisation',
  connectors: 'connectors',
  'ip-allow-list': 'IP allow list',
  rules: 'mail flow rules',
  sealers: 'trusted ARC sealers',
};

export function findingWords(finding: ExchangeFinding): ExchangeWords {
  const names = finding.subjects.map((subject) => `“${subject}”`).join(', ');
  switch (finding.code) {
    case 'unreadable':
      return {
        title: `Not to be read: ${finding.parts.map((part) => PART_WORDS[part]).join(', ')}`,
        detail:
          'What is there is not known, so nothing of it is changed. Give the application Exchange.ManageAsApp and a role that may read it, or run the script and confirm it.',
      };
    case 'no-addresses':
      return {
        title: 'The addresses that we relay from are not set',
        detail:
          'Office 365 cannot be told who we are. The operator of this installation sets HOLDFAST_RELAY_ADDRESSES.',
      };
    case 'address-not-usable':
      return {
        title: `Office 365 does not take ${finding.subjects.join(', ')}`,
        detail:
          'It takes public IPv4 addresses and networks from /24 to /32. The operator of this installation corrects HOLDFAST_RELAY_ADDRESSES; a wider network is written as several /24.',
      };
    case 'connector-name-taken':
      return {
        title: `A connector ${names} is there that is not ours`,
        detail:
          'It does not carry our mark, so it is not touched. Rename or remove it in the Exchange admin centre, then check again.',
      };
    case 'rule-name-taken':
      return {
        title: `A mail flow rule ${names} is there that is not ours`,
        detail:
          'It does not carry our mark, so it is not touched, and what we mark as junk arrives in the inbox. Rename or remove it, then check again.',
      };
    case 'restricted-by-others':
      return {
        title: `The connector ${names} refuses mail that comes through us`,
        detail:
          'It takes mail for all domains from its own addresses or certificate only. Before MX points here, change or switch it off in the Exchange admin centre.',
      };
    case 'direct-send-rejected':
      return {
        title: 'The tenant rejects Direct Send',
        detail:
          'Without our connector, mail from its own domains that we relay is refused (550 5.7.68). The set-up counts as done only with the connector in place.',
      };
    case 'allow-list-full':
      return {
        title: `The IP allow list has room for ${finding.room} more entries and ${finding.subjects.length} are needed`,
        detail:
          'Remove entries that are no longer used, or join neighbouring addresses to networks. The inbound connector with Enhanced Filtering needs no entry.',
      };
    case 'filter-switched-off':
      return {
        title: `The mail flow rules ${names} switch Microsoft’s spam filter off`,
        detail:
          'They set the spam confidence level to −1. With Enhanced Filtering Microsoft asks to switch such rules off: they would let spam through that comes by way of us.',
      };
    case 'allowed-by-others':
      return {
        title: `${finding.subjects.join(', ')} on the IP allow list holds our addresses`,
        detail:
          'Somebody else put it there, so it stays. It switches Microsoft’s own spam filter off for what we relay, and Enhanced Filtering has no effect while it is there.',
      };
    case 'not-established':
      return {
        title: 'Lock-down needs our connector just as it should be',
        detail:
          'Otherwise Office 365 would refuse our own mail, too. Apply what is left on the Office 365 side first.',
      };
  }
}
