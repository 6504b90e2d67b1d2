import {
  INITIAL_DOMAIN,
  INITIAL_MX_HOST,
  PRIMARY_DOMAIN,
  PRIMARY_MX_HOST,
  WEB_DOMAIN,
} from './identity.ts';

export interface TenantDomain {
  readonly name: string;
  readonly isInitial: boolean;
  readonly isDefault: boolean;
  readonly supportedServices: readonly string[];
  /** Host that Microsoft names for the domain's MX record; null without the Email service. */
  readonly mailExchange: string | null;
}

export const DOMAINS: readonly TenantDomain[] = [
  {
    name: PRIMARY_DOMAIN,
    isInitial: false,
    isDefault: true,
    supportedServices: ['Email', 'OfficeCommunicationsOnline', 'OrgIdAuthentication'],
    mailExchange: PRIMARY_MX_HOST,
  },
  {
    name: INITIAL_DOMAIN,
    isInitial: true,
    isDefault: false,
    supportedServices: ['Email', 'OfficeCommunicationsOnline'],
    mailExchange: INITIAL_MX_HOST,
  },
  {
    name: WEB_DOMAIN,
    isInitial: false,
    isDefault: false,
    supportedServices: ['OrgIdAuthentication'],
    mailExchange: null,
  },
];
