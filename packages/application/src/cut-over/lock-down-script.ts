import { exchangeTag } from '@holdfast/domain';

/**
 * Switches the lock-down by hand, and needs nothing of us: off, it stands on the card for the day on which we are down.
 * By our mark, since a name is soon changed.
 */
export function lockDownScript(organisationId: string, on: boolean): string {
  const ours = `Get-InboundConnector | Where-Object { $_.Comment -like '*${exchangeTag(organisationId)}*' }`;
  const change = on
    ? 'Set-InboundConnector -RestrictDomainsToIPAddresses $true'
    : 'Set-InboundConnector -RestrictDomainsToIPAddresses $false -RestrictDomainsToCertificate $false';
  return ['Connect-ExchangeOnline', `${ours} | ${change}`].join('\n');
}
