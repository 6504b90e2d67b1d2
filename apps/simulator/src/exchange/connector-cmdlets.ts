import {
  type Cmdlet,
  CmdletError,
  flag,
  invalid,
  multivalued,
  objectNotFound,
  type Parameters,
  requiredText,
  text,
} from './cmdlet.ts';
import type { InboundConnector } from './exchange-state.ts';
import { checkIpList, checkSkipList } from './ip-list.ts';

const ALREADY_EXISTS = 'Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException';

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const BLANK: InboundConnector = {
  Name: '',
  Identity: '',
  Enabled: true,
  ConnectorType: 'Partner',
  SenderDomains: [],
  SenderIPAddresses: [],
  RestrictDomainsToIPAddresses: false,
  RestrictDomainsToCertificate: false,
  TlsSenderCertificateName: null,
  RequireTls: true,
  EFSkipLastIP: false,
  EFSkipIPs: [],
  CloudServicesMailEnabled: false,
  TreatMessagesAsInternal: false,
  Comment: null,
};

function connector(current: InboundConnector, parameters: Parameters): InboundConnector {
  const type = text(parameters, 'ConnectorType') ?? current.ConnectorType;
  if (type !== 'Partner' && type !== 'OnPremises') {
    throw invalid(`'${type}' is not a ConnectorType. Partner and OnPremises are possible.`);
  }
  const next: InboundConnector = {
    ...current,
    ConnectorType: type,
    Enabled: flag(parameters, 'Enabled', current.Enabled),
    SenderDomains: multivalued(parameters, 'SenderDomains', current.SenderDomains).map((name) =>
      // Exchange shows domains as address spaces.
      name.startsWith('smtp:') ? name : `smtp:${name};1`,
    ),
    SenderIPAddresses: multivalued(parameters, 'SenderIPAddresses', current.SenderIPAddresses),
    RestrictDomainsToIPAddresses: flag(
      parameters,
      'RestrictDomainsToIPAddresses',
      current.RestrictDomainsToIPAddresses,
    ),
    RestrictDomainsToCertificate: flag(
      parameters,
      'RestrictDomainsToCertificate',
      current.RestrictDomainsToCertificate,
    ),
    TlsSenderCertificateName:
      'TlsSenderCertificateName' in parameters
        ? text(parameters, 'TlsSenderCertificateName') || null
        : current.TlsSenderCertificateName,
    RequireTls: flag(parameters, 'RequireTls', current.RequireTls),
    EFSkipLastIP: flag(parameters, 'EFSkipLastIP', current.EFSkipLastIP),
    EFSkipIPs: multivalued(parameters, 'EFSkipIPs', current.EFSkipIPs),
    Comment: text(parameters, 'Comment') ?? current.Comment,
  };
  if (next.SenderDomains.length === 0) throw invalid('SenderDomains must not be empty.');
  checkIpList('SenderIPAddresses', next.SenderIPAddresses);
  checkSkipList(next.EFSkipIPs);
  if (next.RestrictDomainsToIPAddresses && next.SenderIPAddresses.length === 0) {
    throw invalid('RestrictDomainsToIPAddresses needs SenderIPAddresses.');
  }
  if (next.RestrictDomainsToCertificate && next.TlsSenderCertificateName === null) {
    throw invalid('RestrictDomainsToCertificate needs TlsSenderCertificateName.');
  }
  if (next.TlsSenderCertificateName !== null && !next.RequireTls) {
    throw invalid('TlsSenderCertificateName needs RequireTls.');
  }
  if (next.EFSkipLastIP && next.EFSkipIPs.length > 0) {
    throw invalid('EFSkipLastIP and EFSkipIPs exclude each other.');
  }
  return next;
}

const exists = (kind: string, name: string) =>
  new CmdletError(ALREADY_EXISTS, `The ${kind} '${name}' already exists.`);

export const CONNECTOR_CMDLETS: Readonly<Record<string, Cmdlet>> = {
  'Get-InboundConnector': {
    writes: false,
    run: ({ exchange }, parameters) => {
      const identity = text(parameters, 'Identity');
      const found = exchange.connectors.filter(
        (known) => identity === undefined || same(known.Identity, identity),
      );
      if (identity !== undefined && found.length === 0) throw objectNotFound(identity);
      return found.map((known) => ({ ...known }));
    },
  },
  'New-InboundConnector': {
    writes: true,
    run: ({ exchange }, parameters) => {
      const name = requiredText(parameters, 'Name');
      if (exchange.connectors.some((known) => same(known.Name, name))) {
        throw exists('inbound connector', name);
      }
      const made = connector({ ...BLANK, Name: name, Identity: name }, parameters);
      exchange.connectors.push(made);
      return [{ ...made }];
    },
  },
  'Set-InboundConnector': {
    writes: true,
    run: ({ exchange }, parameters) => {
      const identity = requiredText(parameters, 'Identity');
      const current = exchange.connectors.find((known) => same(known.Identity, identity));
      if (current === undefined) throw objectNotFound(identity);
      const next = connector(current, parameters);
      exchange.connectors = exchange.connectors.map((known) => (known === current ? next : known));
      return [];
    },
  },
  'Remove-InboundConnector': {
    writes: true,
    run: ({ exchange }, parameters) => {
      const identity = requiredText(parameters, 'Identity');
      const left = exchange.connectors.filter((known) => !same(known.Identity, identity));
      if (left.length === exchange.connectors.length) throw objectNotFound(identity);
      exchange.connectors = left;
      return [];
    },
  },
};
