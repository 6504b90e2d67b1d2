import {
  checkDomain,
  driftWords,
  findingWords,
  listDomains,
  readDomainSetup,
  type DomainSetup,
} from '@holdfast/application';
import { isProtectableDomain, type CheckResult } from '@holdfast/domain';
import type { Command } from 'commander';
import { withOrganisation, type CommandContext, type CommandOptions } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { withOrganisationOption } from './organisation-option.ts';
import { iso, print } from './output.ts';

/** `domain check [name]`: asks DNS now; 1 when something is a problem. */
export function addDomainCheckCommand(domain: Command): void {
  withOrganisationOption(
    domain
      .command('check [name]')
      .description(
        'Ask DNS now: MX, SPF, DKIM, DMARC, MTA-STS, TLS-RPT and DANE, of one domain or all',
      ),
  ).action((name: string | undefined, options: CommandOptions) =>
    withOrganisation(options, async (context) => {
      const setups: DomainSetup[] = [];
      for (const each of await namesOf(context, name)) {
        await checkDomain(context.ports, context.actor, { name: each });
        setups.push(await readDomainSetup(context.ports, context.actor, { name: each }));
      }
      print(options, setups.map(setupJson), () => setups.flatMap(setupLines));
      return setups.some(isTroubled) ? EXIT.differs : EXIT.ok;
    }),
  );
}

async function namesOf(
  { ports, actor }: CommandContext,
  name: string | undefined,
): Promise<readonly string[]> {
  if (name !== undefined) return [name.toLowerCase()];
  return (await listDomains(ports, actor)).filter(isProtectableDomain).map((domain) => domain.name);
}

function when(at: number | null): string | null {
  return at === null ? null : iso(at);
}

function isTroubled({ domain, alerts }: DomainSetup): boolean {
  const checks = domain.report?.checks ?? [];
  return alerts.length > 0 || checks.some(({ result }) => result === 'problem');
}

function setupJson({ domain, alerts }: DomainSetup) {
  const { report } = domain;
  return {
    name: domain.name,
    state: domain.state,
    checkedAt: when(domain.checkedAt),
    ttl: domain.observedTtl,
    oldMxUntil: when(report?.oldMxUntil ?? null),
    nextCheckAt: when(domain.nextCheckAt),
    resolvers: report?.resolvers ?? [],
    nameServers: report?.nameServers ?? [],
    checks: (report?.checks ?? []).map((check) => ({
      ...check,
      findings: check.findings.map((finding) => ({ ...finding, ...findingWords(finding) })),
    })),
    alerts: alerts.map((alert) => {
      const { kind, subject, level, seen, since, notice } = alert;
      return { kind, subject, level, since: iso(since), seen, notice, ...driftWords(alert) };
    }),
  };
}

/** Wide as the longest, so that what follows stands in a column. */
const MARK: Readonly<Record<CheckResult, string>> = {
  good: 'ok       ',
  note: 'note     ',
  unknown: 'unknown  ',
  attention: 'attention',
  problem: 'PROBLEM  ',
};

function setupLines({ domain, alerts }: DomainSetup): readonly string[] {
  const { report } = domain;
  const ttl = domain.observedTtl === null ? '' : `, TTL ${domain.observedTtl} s`;
  const old = report?.oldMxUntil ?? null;
  return [
    `${domain.name}: MX ${domain.state}${ttl}`,
    ...(old === null ? [] : [`  Resolvers may still answer with the old MX until ${iso(old)}.`]),
    ...alerts.map((alert) => `  Since ${iso(alert.since)}: ${driftWords(alert).title}`),
    ...(report?.checks ?? []).flatMap(({ check, findings }) =>
      findings.flatMap((finding) => {
        const { title, consequence, mend } = findingWords(finding);
        const line = `  ${MARK[finding.result]} ${check.padEnd(8)} ${title}`;
        if (finding.result === 'good' || finding.result === 'note') return [line];
        return [line, `      ${[consequence, mend].filter((text) => text !== '').join(' ')}`];
      }),
    ),
  ];
}
