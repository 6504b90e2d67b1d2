import { PRIMARY_DOMAIN } from '../tenant/identity.ts';

/** Allow and block lists as Exchange Online shows them, filled as an administrator would over the years. */
const sender = (Address: string) => ({ Sender: { Address } });
const domain = (Domain: string) => ({ Domain });

export const CONTENT_FILTER_POLICIES = [
  {
    Identity: 'Default',
    Name: 'Default',
    IsDefault: true,
    AllowedSenders: [sender('newsletter@northwind.example'), sender('invoices@fabrikam.example')],
    AllowedSenderDomains: [domain('fabrikam.example')],
    BlockedSenders: [sender('offers@casino.example'), sender('ceo@contoso-payments.example')],
    BlockedSenderDomains: [domain('lottery.example'), domain('malware.example')],
  },
  // Text in the place of objects: cmdlets serialise one list this way and the next that way.
  {
    Identity: 'Finance',
    Name: 'Finance',
    IsDefault: false,
    AllowedSenders: ['statements@woodgrove-bank.example'],
    AllowedSenderDomains: [],
    BlockedSenders: 'invoice@fake-supplier.example,ceo@contoso-finance.example',
    BlockedSenderDomains: [],
  },
  {
    Identity: 'Trial of 2023',
    Name: 'Trial of 2023',
    IsDefault: false,
    AllowedSenders: [],
    AllowedSenderDomains: [domain('trial-partner.example')],
    BlockedSenders: [],
    BlockedSenderDomains: [],
  },
];

const NO_CONDITIONS = {
  SentTo: null,
  SentToMemberOf: null,
  RecipientDomainIs: null,
  ExceptIfSentTo: null,
  ExceptIfSentToMemberOf: null,
  ExceptIfRecipientDomainIs: null,
};

export const CONTENT_FILTER_RULES = [
  {
    ...NO_CONDITIONS,
    Identity: 'Finance',
    Name: 'Finance',
    HostedContentFilterPolicy: 'Finance',
    State: 'Enabled',
    Priority: 0,
    SentTo: [`adelev@${PRIMARY_DOMAIN}`],
  },
  {
    ...NO_CONDITIONS,
    Identity: 'Trial of 2023',
    Name: 'Trial of 2023',
    HostedContentFilterPolicy: 'Trial of 2023',
    State: 'Disabled',
    Priority: 1,
    RecipientDomainIs: [PRIMARY_DOMAIN],
  },
];

export const SPOOF_ITEMS = [
  {
    Identity: 'spoof-crm',
    SpoofedUser: PRIMARY_DOMAIN,
    SendingInfrastructure: 'mailer.wingtip-crm.example',
    SpoofType: 'Internal',
    Action: 'Allow',
  },
];

/** What people have put on their lists in Outlook, by address of the mailbox. */
export const JUNK_SETTINGS: Readonly<
  Record<
    string,
    {
      readonly TrustedSendersAndDomains: readonly string[];
      readonly BlockedSendersAndDomains: readonly string[] | string;
      readonly ContactsTrusted: boolean;
    }
  >
> = {
  [`meganb@${PRIMARY_DOMAIN}`]: {
    TrustedSendersAndDomains: ['sister@posteo.example', `diegos@${PRIMARY_DOMAIN}`],
    BlockedSendersAndDomains: 'newsletter@shoes.example,recruiter.example',
    ContactsTrusted: true,
  },
  [`diegos@${PRIMARY_DOMAIN}`]: {
    TrustedSendersAndDomains: ['jobs.example'],
    BlockedSendersAndDomains: [],
    ContactsTrusted: false,
  },
};

interface AllowBlockItem {
  readonly listType: 'Sender' | 'Url' | 'FileHash' | 'IP';
  readonly value: string;
  readonly subType?: 'AdvancedDelivery';
  readonly action: 'Allow' | 'Block';
  /** Days from now; negative for an entry that has expired; null for one that never does. */
  readonly expiresInDays: number | null;
  readonly notes: string;
}

export const TENANT_ALLOW_BLOCK_LIST: readonly AllowBlockItem[] = [
  {
    listType: 'Sender',
    value: 'partner@tailspin.example',
    action: 'Allow',
    expiresInDays: 30,
    notes: 'Partner whose mail was taken for phishing',
  },
  {
    listType: 'Sender',
    value: 'wingtip.example',
    action: 'Allow',
    expiresInDays: -10,
    notes: 'Was needed during the merger',
  },
  {
    listType: 'Sender',
    value: 'phish@account-verify.example',
    action: 'Block',
    expiresInDays: null,
    notes: 'Campaign against the finance department',
  },
  {
    listType: 'Sender',
    value: 'spam-cannon.example',
    action: 'Block',
    expiresInDays: 90,
    notes: '',
  },
  {
    listType: 'Sender',
    value: 'old-campaign.example',
    action: 'Block',
    expiresInDays: -30,
    notes: 'Expired',
  },
  {
    listType: 'Url',
    value: 'login.account-verify.example',
    action: 'Block',
    expiresInDays: 60,
    notes: '',
  },
  {
    listType: 'Url',
    subType: 'AdvancedDelivery',
    value: 'training.phish-drill.example',
    action: 'Allow',
    expiresInDays: null,
    notes: 'Phishing simulation',
  },
  {
    listType: 'FileHash',
    value: 'e3b0c442'.repeat(8),
    action: 'Block',
    expiresInDays: null,
    notes: '',
  },
  { listType: 'IP', value: '2001:db8:bad::/48', action: 'Block', expiresInDays: null, notes: '' },
];
