import { PERMISSION_TIERS } from '@holdfast/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTenantDirectory } from '../src/directory/tenant-directory.ts';
import { startSimulatedTenant, type SimulatedTenant } from './simulated-tenant.ts';

/** What is left when one permission is missing, by the simulated tenant's own judgement. */
let tenant: SimulatedTenant;
let granted: { readonly graph: readonly string[]; readonly exchange: readonly string[] };

beforeAll(async () => {
  tenant = await startSimulatedTenant();
  const applications =
    await tenant.control<
      readonly { readonly clientId: string; readonly granted: typeof granted }[]
    >('/applications');
  const own = applications.find(({ clientId }) => clientId === tenant.credentials.clientId);
  granted = own?.granted ?? { graph: [], exchange: [] };
});
beforeEach(() => tenant.control('/reset', {}));
afterAll(async () => {
  const faults = await tenant.faults();
  await tenant[Symbol.asyncDispose]();
  expect(faults).toEqual([]);
});

const without = (...roles: readonly string[]) =>
  tenant.control(`/applications/${tenant.credentials.clientId}/grant`, {
    granted: {
      graph: granted.graph.filter((role) => !roles.includes(role)),
      exchange: granted.exchange.filter((role) => !roles.includes(role)),
    },
  });

/** Checks that are not as they should be, by name. */
async function notOk(): Promise<readonly string[]> {
  const directory = createTenantDirectory(tenant.options);
  const items = await directory.preflight(tenant.credentials, PERMISSION_TIERS, async () => {});
  return items.filter(({ result }) => result !== 'ok').map(({ check }) => check);
}

const receiver = { page: async () => {}, restart: async () => {} };

describe('the pre-flight list names what a missing permission blocks, and nothing else', () => {
  it.each([
    // Nobody is known whose mailbox could be tried.
    ['User.Read.All', ['permissions-read', 'users', 'mailbox-kinds', 'mailbox-read']],
    ['MailboxSettings.Read', ['permissions-read', 'mailbox-kinds']],
    ['GroupMember.Read.All', ['permissions-read', 'groups']],
    ['OrgContact.Read.All', ['permissions-read', 'contacts']],
    ['ServiceHealth.Read.All', ['permissions-read', 'service-health']],
    ['Mail.ReadWrite', ['permissions-mailbox', 'mailbox-read']],
    ['ExchangeMessageTrace.Read.All', ['message-trace']],
  ])('%s', async (role, checks) => {
    const before = await notOk();
    await without(role);
    expect((await notOk()).filter((check) => !before.includes(check))).toEqual(checks);
  });

  it('Exchange.ManageAsApp: everything about Exchange, and the rest goes on', async () => {
    await without('Exchange.ManageAsApp');
    const missing = await notOk();
    expect(missing).toContain('permissions-configure');
    expect(missing).toContain('connectors');
    expect(missing).not.toContain('users');
  });
});

describe('the directory does what it may', () => {
  it.each([
    ['User.Read.All', 'users'],
    ['GroupMember.Read.All', 'groups'],
    ['OrgContact.Read.All', 'contacts'],
  ] as const)('without %s there are no %s, and no failure', async (role, collection) => {
    await without(role);
    const directory = createTenantDirectory(tenant.options);
    for (const one of ['users', 'groups', 'contacts'] as const) {
      const round = await directory.round(tenant.credentials, one, null, receiver);
      expect(round === null).toBe(one === collection);
    }
  });

  it('without Exchange.ManageAsApp Exchange lists nothing, and that is no failure', async () => {
    await without('Exchange.ManageAsApp');
    const directory = createTenantDirectory(tenant.options);
    const listed = await directory.listing(tenant.credentials, 'recipients', async () => {});
    expect(listed).toBe(false);
  });

  it('without MailboxSettings.Read nobody knows what mailboxes are for', async () => {
    await without('MailboxSettings.Read');
    const directory = createTenantDirectory(tenant.options);
    const users = ['adele.vance@contoso.example'];
    expect(await directory.purposes(tenant.credentials, users, async () => {})).toBe(false);
  });
});
