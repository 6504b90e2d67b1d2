import { type TransportRule, TransportRules } from './transport-rules.ts';

export interface InboundConnector {
  readonly Name: string;
  readonly Identity: string;
  readonly Enabled: boolean;
  readonly ConnectorType: 'Partner' | 'OnPremises';
  readonly SenderDomains: readonly string[];
  readonly SenderIPAddresses: readonly string[];
  readonly RestrictDomainsToIPAddresses: boolean;
  readonly RestrictDomainsToCertificate: boolean;
  readonly TlsSenderCertificateName: string | null;
  readonly RequireTls: boolean;
  readonly EFSkipLastIP: boolean;
  readonly EFSkipIPs: readonly string[];
  readonly CloudServicesMailEnabled: boolean;
  readonly TreatMessagesAsInternal: boolean;
  readonly Comment: string | null;
}

export interface ConnectionFilter {
  readonly Identity: string;
  readonly Name: string;
  readonly IsDefault: boolean;
  readonly IPAllowList: readonly string[];
  readonly IPBlockList: readonly string[];
  readonly EnableSafeList: boolean;
}

export interface OrganizationConfig {
  /** Nobody has changed a policy yet: writing them needs Enable-OrganizationCustomization first. */
  readonly IsDehydrated: boolean;
  readonly RejectDirectSend: boolean;
}

/** What the application's role in the tenant lets it run. */
export const EXCHANGE_ACCESS = ['full', 'read', 'none'] as const;
export type ExchangeAccess = (typeof EXCHANGE_ACCESS)[number];

/** The mail gateway the tenant used before: it must still be on the list after our own addresses were added. */
const OWN_ALLOWED_ADDRESS = '203.0.113.45';

/** What the administrator of the tenant has set in Exchange. */
export class ExchangeState {
  readonly transportRules = new TransportRules();
  connectors: InboundConnector[] = [];
  connectionFilter: ConnectionFilter = initialConnectionFilter();
  organisation: OrganizationConfig = INITIAL_ORGANISATION;
  /** Trusted ARC sealers; whoever writes them overwrites all. */
  arcSealers: readonly string[] = [];
  access: ExchangeAccess = 'full';

  constructor() {
    this.reset();
  }

  reset(): void {
    this.connectors = [];
    this.connectionFilter = initialConnectionFilter();
    this.organisation = INITIAL_ORGANISATION;
    this.arcSealers = [];
    this.access = 'full';
    this.transportRules.replace([initialRule()]);
  }
}

const INITIAL_ORGANISATION: OrganizationConfig = { IsDehydrated: false, RejectDirectSend: false };

const initialConnectionFilter = (): ConnectionFilter => ({
  Identity: 'Default',
  Name: 'Default',
  IsDefault: true,
  IPAllowList: [OWN_ALLOWED_ADDRESS],
  IPBlockList: ['198.51.100.0/24'],
  EnableSafeList: false,
});

/** A rule of the tenant's own that has nothing to do with continuity and must be left alone. */
const initialRule = (): TransportRule => ({
  Name: 'Mark mail of the old CRM',
  Identity: 'Mark mail of the old CRM',
  State: 'Enabled',
  Mode: 'Enforce',
  Priority: 0,
  Comments: null,
  HeaderContainsMessageHeader: 'X-Mailer',
  HeaderContainsWords: ['Wingtip CRM'],
  HeaderMatchesMessageHeader: null,
  HeaderMatchesPatterns: [],
  SenderIpRanges: [],
  SetSCL: null,
  SetHeaderName: 'X-Contoso-Source',
  SetHeaderValue: 'crm',
  StopRuleProcessing: false,
});
