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
];

interface AllowBlockItem {
  readonly listType: 'Sender' | 'Url' | 'FileHash' | 'IP';
  readonly value: string;
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
  { listType: 'IP', value: '2001:db8:bad::/48', action: 'Block', expiresInDays: null, notes: '' },
];
