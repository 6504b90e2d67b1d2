import { isProtectableDomain, stepWords as exchangeStepWords } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import { auditEntry, systemActor } from '../audit-entry.ts';
import { canaryLeftovers } from '../cut-over/watch-canaries.ts';
import { writeExchangeScript } from '../exchange/exchange-by-hand.ts';
import { removeExchange } from '../exchange/remove-exchange.ts';
import type { Job } from '../jobs.ts';
import { openCredentials } from '../organisations/open-credentials.ts';
import { isPassing, tenantFailureWords } from '../organisations/tenant-failure-words.ts';
import type { Ports } from '../ports.ts';
import { TenantError } from '../ports/office365/tenant-credentials.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { UninstallationRecord } from '../records/cut-over.ts';
import { uninstallBlockers } from './uninstall-blockers.ts';

type Removal = Pick<UninstallationRecord, 'removed' | 'byHand' | 'script'>;

/**
 * Job `uninstall.run`: first what is ours on the Office 365 side, then protection, and mx forgets the domains. What came
 * in between stops it, with everything as it was.
 */
export async function runUninstall(
  ports: Ports,
  { payload: { organisationId, uninstallationId } }: Job<'uninstall.run'>,
): Promise<void> {
  const record = await ports.database.withinOrganisation(organisationId, ({ cutOvers }) =>
    cutOvers.latestUninstallation(),
  );
  if (record === null || record.id !== uninstallationId || record.state !== 'running') return;
  const [blocker] = await uninstallBlockers(ports, organisationId);
  if (blocker !== undefined) {
    const detail = `${blocker.title}. ${blocker.detail}`;
    return save(ports, organisationId, { ...record, state: 'stopped', detail });
  }
  const canaries = await canaryLeftovers(ports, organisationId);
  let exchange: Removal;
  try {
    exchange = await removeFromExchange(ports, organisationId);
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const detail = `${tenantFailureWords(error)} Nothing was changed here; mail flows as before.`;
    await save(ports, organisationId, { ...record, detail });
    // The job is repeated for what passes.
    if (isPassing(error)) throw error;
    return save(ports, organisationId, { ...record, state: 'stopped', detail });
  }
  await forget(ports, organisationId, {
    ...record,
    removed: [...exchange.removed, ...canaries.removed],
    byHand: [...exchange.byHand, ...canaries.left],
    script: exchange.script,
  });
}

/** With our permission at once, without it as a script; either way only what is ours. */
async function removeFromExchange(ports: Ports, organisationId: string): Promise<Removal> {
  const actor = systemActor(organisationId);
  if ((await openCredentials(ports, organisationId)) === null) {
    const gone = 'Office 365 is not connected: remove our connector, rule and addresses by hand.';
    return { removed: [], byHand: [gone], script: null };
  }
  try {
    const { steps, complete } = await removeExchange(ports, actor);
    const left =
      'Not all that is ours could be looked at. Run the script below in Exchange Online PowerShell.';
    return {
      removed: steps.map((step) => exchangeStepWords(step).title),
      byHand: complete ? [] : [left],
      script: complete ? null : await removalScript(ports, actor),
    };
  } catch (error) {
    if (!isDenied(error)) throw error;
    const run =
      'We may not change Exchange: run the script below in Exchange Online PowerShell. Until then our connector stays.';
    return { removed: [], byHand: [run], script: await removalScript(ports, actor) };
  }
}

async function removalScript(ports: Ports, actor: Actor): Promise<string> {
  return (await writeExchangeScript(ports, actor, { purpose: 'remove' })).script;
}

function isDenied(error: unknown): boolean {
  return (
    error instanceof TenantError &&
    (error.failure.code === 'forbidden' || error.failure.code === 'not-consented')
  );
}

/** Protection ends and mx forgets the domains, in one transaction. Audit, traces and copies stay for their time. */
async function forget(
  ports: Ports,
  organisationId: string,
  record: UninstallationRecord,
): Promise<void> {
  const actor = systemActor(organisationId);
  const at = ports.clock.now();
  await ports.database.withinOrganisation(organisationId, async (r) => {
    const organisation = await r.organisation.lock();
    const users = (await r.directory.protectedUsers()).map(({ id }) => id);
    const byHand = [...record.byHand, ...(await leftToDo(ports, r))];
    await r.directory.setProtection(users, false, at);
    await r.accounts.revokePortalSessionsOf(users);
    await r.organisation.save({ installedAt: null, protectNewUsers: false });
    for (const step of await r.organisation.steps()) {
      await r.organisation.saveStep({ ...step, added: [], detail: 'uninstalled', at });
    }
    await r.cutOvers.clear();
    await r.exchange.saveSide({ check: null, establishedAt: null });
    const done: UninstallationRecord = {
      ...record,
      state: 'done',
      finishedAt: at,
      byHand,
      removed: [...record.removed, `Protection of ${users.length} users`],
      copiesUntil: at + ports.settings.copyRetention,
      detail: null,
    };
    await r.cutOvers.saveUninstallation(done);
    await r.audit.append(
      auditEntry(ports, actor, 'organisation.uninstalled', organisation.name, {
        by: record.startedBy,
        removed: done.removed,
        byHand: done.byHand,
        unprotected: users.length,
      }),
    );
    await r.notify({ channel: 'snapshot' });
  });
}

/** What stands where we have no say: consent in Entra, and records in the customer's DNS. */
async function leftToDo(
  ports: Pick<Ports, 'settings'>,
  r: Pick<OrganisationRepositories, 'connection' | 'domains' | 'domainKeys'>,
): Promise<readonly string[]> {
  const connection = await r.connection.get();
  const keys = (await r.domainKeys.all()).map(
    ({ selector, domain }) => `${selector}._domainkey.${domain}`,
  );
  const names = (await r.domains.list()).filter(isProtectableDomain).map(({ name }) => name);
  const { spfInclude, ourHosts } = ports.settings;
  return [
    ...(connection === null
      ? []
      : [
          `In Entra, under Enterprise applications, delete the application ${connection.clientId}: that takes its consent away.`,
        ]),
    ...(keys.length === 0 ? [] : [`In DNS, remove the DKIM records ${keys.join(', ')}.`]),
    `In DNS, take ${spfInclude === null ? 'our addresses' : `include:${spfInclude}`} out of the SPF records of ${names.join(', ')}, if they were entered.`,
    `Where an MTA-STS policy is published, take ${ourHosts.join(', ')} out of it.`,
  ];
}

async function save(
  ports: Pick<Ports, 'database'>,
  organisationId: string,
  record: UninstallationRecord,
): Promise<void> {
  await ports.database.withinOrganisation(organisationId, ({ cutOvers }) =>
    cutOvers.saveUninstallation(record),
  );
}
