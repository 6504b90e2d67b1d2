import type { EmergencyCard } from '@holdfast/application';

/** What scripts read of the card. */
export function cardJson(card: EmergencyCard): Record<string, unknown> {
  const { organisation, lockDown, script, domains, ourHosts, operatorContact } = card;
  return {
    organisation: organisation.name,
    lockDown,
    script,
    operatorContact,
    domains: domains.map(({ name, tenantMx, filterMode }) => ({
      name,
      filterMode,
      from: ourHosts,
      to: tenantMx,
    })),
  };
}

export function cardLines(card: EmergencyCard): readonly string[] {
  const { organisation, script, domains, ourHosts, operatorContact } = card;
  return [
    `If Holdfast itself is down: ${organisation.name}`,
    '',
    '1. Switch the lock-down off. In Exchange Online PowerShell:',
    ...script.split('\n').map((line) => `   ${line}`),
    '',
    `2. At the DNS provider replace the MX records of ${ourHosts.join(', ')} by:`,
    ...domains.flatMap(({ name, tenantMx }) =>
      tenantMx.map(({ preference, exchange }) => `   ${name}. MX ${preference} ${exchange}.`),
    ),
    '',
    '3. Call:',
    `   ${operatorContact ?? '(whoever runs this installation)'}`,
    '',
    'What we had accepted before is on our disks and is delivered when we are back.',
  ];
}
