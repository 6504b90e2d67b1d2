import {
  CONNECTOR_NAME,
  connectorParameters,
  connectorSettings,
  distinctRanges,
  junkRuleSettings,
  JUNK_RULE_NAME,
  MAX_IP_LIST_ENTRIES,
  ourComment,
  ruleParameters,
  type CmdletValue,
  type DesiredExchange,
  type OwnedExchange,
  block,
  containing,
  literal,
  quoted,
  say,
  table,
  warn,
} from '@holdfast/domain';

/** A part of the script under a line that says what it is about. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** `$variable`: the objects that carry our tag. */
export const ours = (variable: string, cmdlet: string, field: string, tag: string): string =>
  `$${variable} = @(${cmdlet} | Where-Object { $_.${field} -like ${containing(tag)} })`;

export function connectorSection(desired: DesiredExchange): Section {
  // Lock-down is a decision of its own: what there is of it is kept.
  const {
    comment: text,
    restrictToAddresses: _byAddress,
    restrictToCertificate: _byCertificate,
    ...kept
  } = connectorSettings(desired, false);
  const all = Object.entries(connectorParameters(kept));
  const isEmpty = (value: CmdletValue): boolean =>
    value === null || (Array.isArray(value) && value.length === 0);
  const [byAddress, byCertificate] =
    desired.certificateName === null ? ['$locked', '$false'] : ['$false', '$locked'];
  return {
    title: 'The inbound connector: Office 365 knows mail that comes through Holdfast.',
    lines: [
      table('settings', Object.fromEntries(all.filter(([, value]) => !isEmpty(value)))),
      table('cleared', Object.fromEntries(all.filter(([, value]) => isEmpty(value)))),
      ours('connectors', 'Get-InboundConnector', 'Comment', desired.tag),
      `$taken = @(Get-InboundConnector | Where-Object { $_.Name -eq ${quoted(CONNECTOR_NAME)} })`,
      `${block(
        'if ($connectors.Count -gt 0)',
        '$connector = $connectors[0]',
        '$locked = $connector.RestrictDomainsToIPAddresses -or $connector.RestrictDomainsToCertificate',
        `Set-InboundConnector -Identity $connector.Name @settings @cleared -RestrictDomainsToIPAddresses ${byAddress} -RestrictDomainsToCertificate ${byCertificate}`,
        say('The inbound connector of Holdfast is as it should be.'),
      )} ${block(
        'elseif ($taken.Count -gt 0)',
        warn(
          `A connector “${CONNECTOR_NAME}” is there that Holdfast has not made. It was not touched: rename it, then run this again.`,
        ),
      )} ${block(
        'else',
        `New-InboundConnector -Name ${quoted(CONNECTOR_NAME)} -Comment ${quoted(text)} @settings`,
        say(`Created the inbound connector “${CONNECTOR_NAME}”.`),
      )}`,
    ],
  };
}

export function allowListSection(desired: DesiredExchange, owned: OwnedExchange): Section {
  const wanted = desired.filtering === 'ours' ? distinctRanges(desired.addresses) : [];
  const surplus = distinctRanges(owned.addresses).filter((range) => !wanted.includes(range));
  return {
    title: 'The IP allow list: entries of others stay.',
    lines: [
      ...takeOff(surplus),
      ...(wanted.length === 0
        ? []
        : [
            "$allowed = @((Get-HostedConnectionFilterPolicy -Identity 'Default').IPAllowList)",
            `$missing = @(${literal(wanted)} | Where-Object { $allowed -notcontains $_ -and $allowed -notcontains ($_ + '/32') })`,
            `${block(
              `if (($allowed.Count + $missing.Count) -gt ${MAX_IP_LIST_ENTRIES})`,
              warn('The IP allow list is full. Nothing was added to it.'),
            )} ${block(
              'elseif ($missing.Count -gt 0)',
              "Set-HostedConnectionFilterPolicy -Identity 'Default' -IPAllowList @{ Add = $missing }",
              '$added = $missing',
              say('Put the addresses of Holdfast on the IP allow list.'),
            )}`,
          ]),
    ],
  };
}

/** Entries that were recorded as ours, in either spelling. */
export function takeOff(ranges: readonly string[]): readonly string[] {
  if (ranges.length === 0) return [];
  const spelled = ranges.flatMap((range) =>
    range.includes('/') ? [range] : [range, `${range}/32`],
  );
  return [
    "$allowed = @((Get-HostedConnectionFilterPolicy -Identity 'Default').IPAllowList)",
    `$surplus = @(${literal(spelled)} | Where-Object { $allowed -contains $_ })`,
    block(
      'if ($surplus.Count -gt 0)',
      "Set-HostedConnectionFilterPolicy -Identity 'Default' -IPAllowList @{ Remove = $surplus }",
      say('Took the addresses of Holdfast off the IP allow list.'),
    ),
  ];
}

export function junkRuleSection(desired: DesiredExchange): Section {
  const settings = junkRuleSettings(desired);
  if (settings === null)
    return { title: 'No mail flow rule is wanted.', lines: removeRules(desired.tag) };
  const { comment: _comment, ...rest } = settings;
  return {
    title: 'The mail flow rule: what Holdfast marks as junk goes to Junk Email.',
    lines: [
      table('conditions', ruleParameters(rest)),
      ours('rules', 'Get-TransportRule', 'Comments', desired.tag),
      `$taken = @(Get-TransportRule | Where-Object { $_.Name -eq ${quoted(JUNK_RULE_NAME)} })`,
      `${block(
        'if ($rules.Count -gt 0)',
        '$rule = $rules[0]',
        'Set-TransportRule -Identity $rule.Name @conditions',
        block("if ($rule.State -ne 'Enabled')", 'Enable-TransportRule -Identity $rule.Name'),
        say('The mail flow rule of Holdfast is as it should be.'),
      )} ${block(
        'elseif ($taken.Count -gt 0)',
        warn(
          `A mail flow rule “${JUNK_RULE_NAME}” is there that Holdfast has not made. It was not touched: rename it, then run this again.`,
        ),
      )} ${block(
        'else',
        `New-TransportRule -Name ${quoted(JUNK_RULE_NAME)} -Comments ${quoted(ourComment(desired.tag))} -Priority 0 @conditions`,
        say(`Created the mail flow rule “${JUNK_RULE_NAME}”.`),
      )}`,
    ],
  };
}

export function removeRules(tag: string): readonly string[] {
  return [
    `Get-TransportRule | Where-Object { $_.Comments -like ${containing(tag)} } | ForEach-Object { Remove-TransportRule -Identity $_.Name -Confirm:$false }`,
  ];
}

/** `Set-ArcConfig` overwrites the list, so that it is read, changed and written whole; a blank empties it. */
export function sealerSections(sealer: string | null, owned: OwnedExchange): readonly Section[] {
  const wanted = sealer === null ? [] : [sealer.toLowerCase()];
  const surplus = owned.sealers.filter((one) => !wanted.includes(one.toLowerCase()));
  if (wanted.length === 0 && surplus.length === 0) return [];
  return [
    {
      title: 'Trusted ARC sealers: those of others stay.',
      lines: [
        "$before = @(@((Get-ArcConfig).ArcTrustedSealers) -split ',' | ForEach-Object { $_.Trim() } | Where-Object { $_ -ne '' })",
        `$trusted = @($before | Where-Object { ${literal(surplus)} -notcontains $_ })`,
        ...wanted.map((one) =>
          block(
            `if ($trusted -notcontains ${quoted(one)})`,
            `$trusted += ${quoted(one)}`,
            `$sealed += ${quoted(one)}`,
          ),
        ),
        `${block(
          'if ($trusted.Count -eq 0 -and $before.Count -gt 0)',
          "Set-ArcConfig -Identity 'Default' -ArcTrustedSealers ' '",
        )} ${block(
          "elseif (($trusted -join ',') -ne ($before -join ','))",
          "Set-ArcConfig -Identity 'Default' -ArcTrustedSealers $trusted",
          say('Changed the list of trusted ARC sealers.'),
        )}`,
      ],
    },
  ];
}
