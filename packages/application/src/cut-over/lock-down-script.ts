import { exchangeTag } from '@holdfast/domain';

/**
 * Switches the lock-down off by hand, and needs nothing of us: it stands on the card for the day on which we are down.
 * By our mark, since a name is soon changed.
 */
export function lockDownOffScript(organisationId: string): string {
  return [
    'Connect-ExchangeOnline',
    `Get-InboundConnector | Where-Object { $_.Comment -like '*${exchangeTag(organisationId)}*' } | Set-InboundConnector -RestrictDomainsToIPAddresses $false -RestrictDomainsToCertificate $false`,
  ].join('\n');
}
