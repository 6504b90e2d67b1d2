import type { CmdletCall, CmdletValue } from './exchange-cmdlet.ts';
import { JUNK_SCL, type ExchangeConnector, type ExchangeRule } from './exchange-side.ts';

export type ConnectorSettings = Omit<ExchangeConnector, 'name'>;
export type RuleSettings = Omit<ExchangeRule, 'name' | 'priority'>;

/** One change on the Office 365 side: what differs, and exactly one cmdlet. */
export type ExchangeStep =
  | { readonly kind: 'enable-customization' }
  | {
      readonly kind: 'create-connector';
      readonly name: string;
      readonly settings: ConnectorSettings;
    }
  | {
      readonly kind: 'change-connector';
      readonly name: string;
      readonly before: Partial<ConnectorSettings>;
      readonly after: Partial<ConnectorSettings>;
    }
  | { readonly kind: 'remove-connector'; readonly name: string }
  | { readonly kind: 'allow-addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'stop-allowing-addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'create-rule'; readonly name: string; readonly settings: RuleSettings }
  | {
      readonly kind: 'change-rule';
      readonly name: string;
      readonly before: Partial<RuleSettings>;
      readonly after: Partial<RuleSettings>;
    }
  | { readonly kind: 'remove-rule'; readonly name: string }
  | {
      readonly kind: 'trust-sealers';
      readonly before: readonly string[];
      /** The whole list: Office 365 overwrites it. */
      readonly after: readonly string[];
    };

const CONNECTOR_PARAMETERS: Readonly<Record<keyof ConnectorSettings, string>> = {
  type: 'ConnectorType',
  senderDomains: 'SenderDomains',
  senderAddresses: 'SenderIPAddresses',
  certificateName: 'TlsSenderCertificateName',
  requireTls: 'RequireTls',
  restrictToAddresses: 'RestrictDomainsToIPAddresses',
  restrictToCertificate: 'RestrictDomainsToCertificate',
  skipLastAddress: 'EFSkipLastIP',
  skipAddresses: 'EFSkipIPs',
  enabled: 'Enabled',
  comment: 'Comment',
};

/** Parameters of `New-` and `Set-InboundConnector`. What is empty is null there: it takes no empty text. */
export function connectorParameters(
  settings: Partial<ConnectorSettings>,
): Readonly<Record<string, CmdletValue>> {
  return Object.fromEntries(
    (Object.keys(CONNECTOR_PARAMETERS) as (keyof ConnectorSettings)[]).flatMap((key) => {
      const value = settings[key];
      return value === undefined ? [] : [[CONNECTOR_PARAMETERS[key], value === '' ? null : value]];
    }),
  );
}

/** Parameters of `New-` and `Set-TransportRule`; whether it is enabled is none of the latter. */
export function ruleParameters(
  settings: Partial<RuleSettings>,
): Readonly<Record<string, CmdletValue>> {
  const { comment, headerName, headerWords, scl } = settings;
  return {
    ...(comment === undefined ? {} : { Comments: comment }),
    ...(headerName === undefined ? {} : { HeaderContainsMessageHeader: headerName }),
    ...(headerWords === undefined ? {} : { HeaderContainsWords: headerWords }),
    ...(scl === undefined ? {} : { SetSCL: scl ?? JUNK_SCL }),
  };
}

const IP_POLICY = { Identity: 'Default' } as const;

/** The cmdlets that carry a step out, in order; one, but for a rule that is both changed and switched on. */
export function cmdletsOf(step: ExchangeStep): readonly CmdletCall[] {
  switch (step.kind) {
    case 'enable-customization':
      return [{ name: 'Enable-OrganizationCustomization', parameters: {} }];
    case 'create-connector': {
      const parameters = { Name: step.name, ...connectorParameters(withoutEmpty(step.settings)) };
      return [{ name: 'New-InboundConnector', parameters }];
    }
    case 'change-connector': {
      const parameters = { Identity: step.name, ...connectorParameters(step.after) };
      return [{ name: 'Set-InboundConnector', parameters }];
    }
    case 'remove-connector':
      return [
        { name: 'Remove-InboundConnector', parameters: { Identity: step.name, Confirm: false } },
      ];
    case 'allow-addresses':
      return [allowList({ add: step.addresses, remove: [] })];
    case 'stop-allowing-addresses':
      return [allowList({ add: [], remove: step.addresses })];
    case 'create-rule': {
      const parameters = { Name: step.name, Priority: 0, ...ruleParameters(step.settings) };
      return [{ name: 'New-TransportRule', parameters }];
    }
    case 'change-rule':
      return ruleChange(step.name, step.after);
    case 'remove-rule':
      return [
        { name: 'Remove-TransportRule', parameters: { Identity: step.name, Confirm: false } },
      ];
    case 'trust-sealers': {
      const ArcTrustedSealers = step.after.length === 0 ? ' ' : step.after;
      return [{ name: 'Set-ArcConfig', parameters: { ...IP_POLICY, ArcTrustedSealers } }];
    }
  }
}

function allowList(change: Extract<CmdletValue, { add: readonly string[] }>): CmdletCall {
  const parameters = { ...IP_POLICY, IPAllowList: change };
  return { name: 'Set-HostedConnectionFilterPolicy', parameters };
}

function ruleChange(name: string, after: Partial<RuleSettings>): readonly CmdletCall[] {
  const changed = ruleParameters(after);
  return [
    ...(Object.keys(changed).length === 0
      ? []
      : [{ name: 'Set-TransportRule', parameters: { Identity: name, ...changed } }]),
    ...(after.enabled === true
      ? [{ name: 'Enable-TransportRule', parameters: { Identity: name } }]
      : []),
  ];
}

/** A new connector has nothing yet: what would be set to nothing is left out. */
function withoutEmpty(settings: ConnectorSettings): Partial<ConnectorSettings> {
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
