/** Entries that Office 365 takes in one IP list (Set-HostedConnectionFilterPolicy; reference 3.3). */
export const MAX_IP_LIST_ENTRIES = 1273;
/** Widest IPv4 network in the IP lists, connectors and Enhanced Filtering of Office 365. Unit: bits of the prefix. */
export const WIDEST_PREFIX = 24;
/** From this spam confidence level on Office 365 files mail into Junk Email; 5 and 6 mean spam. */
export const JUNK_SCL = 6;
/** What we make on the Office 365 side is called so. */
export const CONNECTOR_NAME = 'Holdfast inbound';
export const JUNK_RULE_NAME = 'Holdfast junk';

/** An inbound connector. Domains without Exchange's `smtp:…;1` around them. */
export interface ExchangeConnector {
  readonly name: string;
  readonly enabled: boolean;
  /** `Partner`, or `OnPremises` of a hybrid set-up. */
  readonly type: string;
  readonly senderDomains: readonly string[];
  readonly senderAddresses: readonly string[];
  /** Lock-down: mail of the sender domains from anywhere else is refused. */
  readonly restrictToAddresses: boolean;
  readonly restrictToCertificate: boolean;
  /** Name in the sender's TLS certificate; empty without. */
  readonly certificateName: string;
  readonly requireTls: boolean;
  /** Enhanced Filtering: the last hop is passed over. */
  readonly skipLastAddress: boolean;
  /** Enhanced Filtering: these hops are passed over. */
  readonly skipAddresses: readonly string[];
  readonly comment: string;
}

/** A mail flow rule, as far as it concerns us. */
export interface ExchangeRule {
  readonly name: string;
  readonly enabled: boolean;
  /** 0 is applied first. */
  readonly priority: number;
  readonly comment: string;
  /** Header that must contain one of the words; empty without such a condition. */
  readonly headerName: string;
  readonly headerWords: readonly string[];
  /** Spam confidence level that it sets; null: none. */
  readonly scl: number | null;
}

export type ExchangePart = 'organisation' | 'connectors' | 'ip-allow-list' | 'rules' | 'sealers';

/** What a tenant has set that concerns us. Null: could not be read. */
export interface ExchangeState {
  readonly organisation: {
    /** Policies cannot be written before `Enable-OrganizationCustomization`. */
    readonly dehydrated: boolean;
    /** Mail from the tenant's own domains is refused unless a connector matches. */
    readonly rejectDirectSend: boolean;
  } | null;
  readonly connectors: readonly ExchangeConnector[] | null;
  readonly allowedAddresses: readonly string[] | null;
  readonly rules: readonly ExchangeRule[] | null;
  /** Domains whose ARC seals are trusted. */
  readonly sealers: readonly string[] | null;
}

/** Who has the last word on spam: `enhanced` both Office 365 and we, `ours` we alone. */
export type ExchangeFiltering = 'enhanced' | 'ours';

/** What the Office 365 side shall be like. */
export interface DesiredExchange {
  /** Says in comments what is ours and of which organisation. */
  readonly tag: string;
  /** How the connector knows us: by the addresses, or by the name in the certificate that we show. */
  readonly certificateName: string | null;
  /** What we relay from: IPv4, /24–/32. */
  readonly addresses: readonly string[];
  /** Hops before us that Enhanced Filtering passes over as well: a filter in front. */
  readonly hopsBefore: readonly string[];
  readonly filtering: ExchangeFiltering;
  /** Our verdict puts mail into Junk Email. */
  readonly junkRule: { readonly headerName: string; readonly word: string } | null;
  /** Domain of our ARC seals; null: we do not seal. */
  readonly sealer: string | null;
}

/** What was recorded as added by us to lists that others use, too. */
export interface OwnedExchange {
  readonly addresses: readonly string[];
  readonly sealers: readonly string[];
}

export const NOTHING_OWNED: OwnedExchange = { addresses: [], sealers: [] };

/** Ours by the tag in its comment: a name is soon changed, and soon the same. */
export function exchangeTag(organisationId: string): string {
  return `holdfast:${organisationId}`;
}
