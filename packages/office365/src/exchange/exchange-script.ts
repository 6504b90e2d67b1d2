import type { ExchangeExecution } from '@holdfast/application';
import {
  addressFindings,
  distinctRanges,
  findingWords,
  type DesiredExchange,
  type ExchangeOrder,
  type OwnedExchange,
  block,
  comment,
  containing,
  literal,
  quoted,
  say,
  warn,
} from '@holdfast/domain';
import {
  allowListSection,
  connectorSection,
  junkRuleSection,
  ours,
  removeRules,
  sealerSections,
  takeOff,
  type Section,
} from './exchange-script-sections.ts';

/** Carries orders out by hand: as a script that an administrator of the tenant reads and runs. */
export function createExchangeScripts(): ExchangeExecution {
  return {
    carryOut: (_credentials, order) =>
      Promise.resolve({ kind: 'by-hand', script: exchangeScript(order) }),
  };
}

/**
 * The same decisions as `planOrder`, taken by the script where it runs: it looks before each change, so that it may run
 * any number of times. It says what it did, and ends with one line that Holdfast reads.
 */
export function exchangeScript(order: ExchangeOrder): string {
  return `${[
    ...head(order),
    ...sections(order).map(({ title, lines }) => [comment(title), ...lines].join('\n')),
    'Disconnect-ExchangeOnline -Confirm:$false',
    ...(order.kind === 'establish' ? [result(order.desired.tag)] : []),
  ].join('\n\n')}\n`;
}

const PURPOSE: Readonly<Record<ExchangeOrder['kind'], string>> = {
  establish: 'Sets up Office 365 for mail that comes through Holdfast.',
  'lock-down': 'Says whether Office 365 takes mail that does not come through Holdfast.',
  remove: 'Takes everything away that Holdfast has made in Office 365, and nothing else.',
};

function head(order: ExchangeOrder): readonly string[] {
  return [
    [
      comment(PURPOSE[order.kind]),
      '#',
      comment(
        'Needs the module ExchangeOnlineManagement (Install-Module ExchangeOnlineManagement)',
      ),
      comment('and a sign-in that may change connectors, policies and mail flow rules.'),
      comment('It may run again at any time: what is right already stays as it is.'),
    ].join('\n'),
    "$ErrorActionPreference = 'Stop'\nConnect-ExchangeOnline -ShowBanner:$false",
    ...(order.kind === 'establish' ? ['$added = @()\n$sealed = @()'] : []),
  ];
}

function sections(order: ExchangeOrder): readonly Section[] {
  switch (order.kind) {
    case 'establish':
      return establish(order.desired, order.owned);
    case 'lock-down':
      return [lockDown(order.desired, order.on)];
    case 'remove':
      return remove(order.tag, order.owned);
  }
}

const CUSTOMIZATION: Section = {
  title: 'A tenant in which nobody has changed a policy yet must be opened for that once.',
  lines: [
    block(
      'if ((Get-OrganizationConfig).IsDehydrated)',
      'Enable-OrganizationCustomization',
      say('Opened the tenant for changes of its policies.'),
    ),
  ],
};

function establish(desired: DesiredExchange, owned: OwnedExchange): readonly Section[] {
  const unusable = addressFindings(desired).map(findingWords);
  const wantsAny = unusable.length === 0 || desired.junkRule !== null || desired.sealer !== null;
  return [
    ...(wantsAny ? [CUSTOMIZATION] : []),
    ...unusable.map(({ title, detail }) => ({
      title: 'The connector and the IP allow list are left out.',
      lines: [warn(`${title}. ${detail}`)],
    })),
    ...(unusable.length > 0 ? [] : [connectorSection(desired), allowListSection(desired, owned)]),
    junkRuleSection(desired),
    ...sealerSections(desired.sealer, owned),
  ];
}

function lockDown(desired: DesiredExchange, on: boolean): Section {
  const name =
    desired.certificateName === null
      ? 'RestrictDomainsToIPAddresses'
      : 'RestrictDomainsToCertificate';
  const addresses = desired.certificateName === null ? distinctRanges(desired.addresses) : [];
  return {
    title: on
      ? 'Lock-down: from now on mail that does not come through Holdfast is refused.'
      : 'Lock-down off: Office 365 takes mail from everywhere again.',
    lines: [
      ours('connectors', 'Get-InboundConnector', 'Comment', desired.tag),
      block(
        'if ($connectors.Count -eq 0)',
        `throw ${quoted('The inbound connector of Holdfast is not there. Nothing was changed.')}`,
      ),
      '$connector = $connectors[0]',
      ...(on
        ? [
            `$lacking = @(${literal(addresses)} | Where-Object { $connector.SenderIPAddresses -notcontains $_ })`,
            block(
              'if ($lacking.Count -gt 0 -or -not $connector.Enabled)',
              `throw ${quoted('The connector is not as it should be: mail through Holdfast would be refused. Nothing was changed.')}`,
            ),
            `Set-InboundConnector -Identity $connector.Name -${name} $true`,
          ]
        : [
            'Set-InboundConnector -Identity $connector.Name -RestrictDomainsToIPAddresses $false -RestrictDomainsToCertificate $false',
          ]),
      say(on ? 'Lock-down is on.' : 'Lock-down is off.'),
    ],
  };
}

function remove(tag: string, owned: OwnedExchange): readonly Section[] {
  return [
    {
      title: 'The inbound connector, its lock-down with it.',
      lines: [
        `Get-InboundConnector | Where-Object { $_.Comment -like ${containing(tag)} } | ForEach-Object { Remove-InboundConnector -Identity $_.Name -Confirm:$false }`,
      ],
    },
    { title: 'The mail flow rule.', lines: removeRules(tag) },
    ...(owned.addresses.length === 0
      ? []
      : [
          {
            title: 'Entries of the IP allow list that Holdfast has added.',
            lines: takeOff(distinctRanges(owned.addresses)),
          },
        ]),
    ...sealerSections(null, owned),
  ];
}

/** Begins the line that Holdfast reads: what was added to lists that others use, too. */
export const RESULT_MARK = 'HOLDFAST-RESULT';

function result(tag: string): string {
  return [
    comment(
      'Copy the last line into Holdfast: it says what was added, so that uninstalling takes away only that.',
    ),
    `Write-Host (${quoted(`${RESULT_MARK} `)} + (@{ tag = ${quoted(tag)}; allowed = @($added); trusted = @($sealed) } | ConvertTo-Json -Compress))`,
  ].join('\n');
}
