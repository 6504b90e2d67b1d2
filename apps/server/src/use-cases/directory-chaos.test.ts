import type { DirectoryRecord } from '@holdfast/application';
import type { DirectoryKind } from '@holdfast/domain';
import { createTenantDirectory } from '@holdfast/office365';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startSimulatedTenant,
  type SimulatedObject,
  type SimulatedTenant,
} from './testing/simulated-tenant.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

/** Enough for pages, groups in groups and every kind of object. */
const USERS = 240;
const ROUNDS = 12;
/** How likely each call is to fail, round after round: from days that nearly every run survives to days that none does. */
const WEATHER = [0.1, 0.02, 0.3, 0.45];

/** Between two refreshes. Unit: milliseconds. */
const ROUND_APART = 3 * 60_000;

let rounds = 0;
let tenant: SimulatedTenant;
let world: World;
let contoso: OrganisationHandle;

beforeEach(async () => {
  rounds = 0;
  tenant = await startSimulatedTenant(USERS);
  const directory = createTenantDirectory({
    ...tenant.bases,
    // A refusal of Entra ID is believed for a minute: the next round comes after it.
    clock: { now: () => Date.now() + rounds * ROUND_APART },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => silent },
    // Nobody waits here, however long Microsoft wants it.
    wait: async () => undefined,
    // With the product's own patience hardly any run would fail.
    limits: { attempts: 2 },
  });
  world = await createWorld({ directory });
  contoso = await world.organisation('Contoso');
  const { clientSecret: secret, ...ids } = tenant.facts;
  world.tenant.entra.tenants.set(ids.tenantId, ids.tenantId);
  await contoso.console.connection.connect({ ...ids, proof: { kind: 'secret', secret } });
});
afterEach(async () => {
  await world.close();
  await tenant[Symbol.asyncDispose]();
});

function nothing(): void {}
const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silent,
};

/** Who is in the directory, by the tenant's ids. */
interface Seen {
  readonly objects: ReadonlyMap<string, Shown>;
  /** Everyone in a group or in a group in it, by the group. */
  readonly members: ReadonlyMap<string, readonly string[]>;
}
type Shown = Pick<
  DirectoryRecord,
  | 'kind'
  | 'displayName'
  | 'primaryAddress'
  | 'hasMailbox'
  | 'accountEnabled'
  | 'directoryPhone'
  | 'preferredLanguage'
  | 'restricted'
> & { readonly addresses: readonly string[] };

function pass(): void {
  rounds += 1;
  world.advance(ROUND_APART);
}

async function sync(full = false): Promise<string | undefined> {
  pass();
  await contoso.console.directory.refresh({ full });
  // What is thrown here would be tried again by the queue; the next round does.
  await world.runJobs().catch(nothing);
  return (await contoso.console.directory.state()).latest?.state;
}

async function confirmedSync(): Promise<void> {
  const state = await sync();
  const { latest } = await contoso.console.directory.state();
  expect(['done', 'needs-confirmation'], latest?.detail ?? '').toContain(state);
  if (state === 'done') return;
  pass();
  await contoso.console.directory.confirmRemovals({ runId: latest?.id ?? '' });
  await world.runJobs();
}

/** What we have. */
async function ours(): Promise<Seen> {
  return world.ports.database.withinOrganisation(contoso.id, async ({ directory }) => {
    const all = await directory.all();
    const external = new Map(all.map(({ id, externalId }) => [id, externalId]));
    const groups = all.filter(({ kind }) => kind === 'group' || kind === 'dynamic-group');
    const inside = await directory.membersOf(groups.map(({ primaryAddress }) => primaryAddress));
    return {
      objects: new Map(all.map((record) => [record.externalId, shown(record)])),
      members: new Map(
        groups.map(({ externalId, primaryAddress }) => [
          externalId,
          (inside.get(primaryAddress) ?? []).map((id) => external.get(id) ?? id).toSorted(),
        ]),
      ),
    };
  });
}

function shown({ addresses, ...record }: Shown): Shown {
  const { kind, displayName, primaryAddress, hasMailbox, accountEnabled } = record;
  const { directoryPhone, preferredLanguage, restricted } = record;
  return {
    kind,
    displayName,
    primaryAddress,
    addresses: addresses.toSorted(),
    hasMailbox,
    accountEnabled,
    directoryPhone,
    preferredLanguage,
    restricted,
  };
}

const USER_KINDS: Readonly<Record<string, DirectoryKind>> = {
  user: 'user',
  shared: 'shared-mailbox',
  room: 'room',
  equipment: 'equipment',
  guest: 'guest',
};

/** What the tenant has, told without a line of the adapters' or of the database's. */
async function theirs(): Promise<Seen> {
  const all = (await tenant.objects()).filter(({ addresses }) => addresses.length > 0);
  const owners = new Map(
    all.flatMap((object) => object.addresses.map((address) => [address, object] as const)),
  );
  return {
    objects: new Map(all.map((object) => [object.id, expected(object)])),
    members: new Map(
      all
        .filter(({ type }) => type === 'group')
        .map((group) => [group.id, insideOf(group, owners).toSorted()]),
    ),
  };
}

function insideOf(
  group: SimulatedObject,
  owners: ReadonlyMap<string, SimulatedObject>,
): readonly string[] {
  const seen = new Set<SimulatedObject>([group]);
  for (const object of seen) {
    if (object.type !== 'group') continue;
    for (const address of object.members) {
      const member = owners.get(address);
      if (member !== undefined) seen.add(member);
    }
  }
  return [...seen].filter(({ type }) => type !== 'group').map(({ id }) => id);
}

function expected(object: SimulatedObject): Shown {
  const [primaryAddress = ''] = object.addresses;
  const common = {
    displayName: object.displayName,
    primaryAddress,
    addresses: object.addresses,
    hasMailbox: false,
    accountEnabled: true,
    directoryPhone: null,
    preferredLanguage: null,
    restricted: null,
  };
  switch (object.type) {
    case 'user': {
      const { purpose, accountEnabled, mobilePhone, preferredLanguage } = object;
      return shown({
        ...common,
        kind: USER_KINDS[purpose] ?? 'user',
        hasMailbox: purpose === 'user',
        accountEnabled,
        directoryPhone: mobilePhone,
        preferredLanguage,
      });
    }
    case 'group': {
      const kind = object.kind === 'dynamic' ? 'dynamic-group' : 'group';
      return shown({ ...common, kind, restricted: object.closed !== undefined });
    }
    case 'contact': {
      const { externalAddress } = object;
      const addresses = [externalAddress, ...object.addresses];
      return shown({ ...common, kind: 'contact', primaryAddress: externalAddress, addresses });
    }
    case 'publicFolder':
      return shown({ ...common, kind: 'public-folder' });
  }
}

async function expectEqual(): Promise<void> {
  const [here, there] = [await ours(), await theirs()];
  expect([...here.objects.keys()].toSorted()).toEqual([...there.objects.keys()].toSorted());
  for (const [id, object] of there.objects) expect(here.objects.get(id)).toEqual(object);
  expect(here.members.size).toBe(there.members.size);
  for (const [id, members] of there.members) expect(here.members.get(id)).toEqual(members);
}

/** A day in the life of the tenant. */
const shift = (seed: string) =>
  tenant.control('/tenant/shift', {
    changed: 0.05,
    disabled: 0.01,
    softDeleted: 0.02,
    deleted: 0.01,
    restored: 0.3,
    seed,
  });

describe('the directory ends equal to the tenant’s, object by object', () => {
  test(
    'after a full pass, after deltas, and after another full pass',
    { timeout: 60_000 },
    async () => {
      expect(await sync()).toBe('done');
      await expectEqual();
      for (const day of ['monday', 'tuesday']) {
        await shift(day);
        await confirmedSync();
        await expectEqual();
      }
      expect(await sync(true)).toBe('done');
      await expectEqual();
    },
  );

  test.each([true, false])(
    'after a mark that is gone, with a place to begin anew or without (%s)',
    { timeout: 60_000 },
    async (location) => {
      expect(await sync()).toBe('done');
      const fault = { kind: 'gone', code: 'syncStateNotFound', location };
      for (const path of ['/users/delta', '/groups/delta', '/contacts/delta']) {
        await shift(`monday ${path}`);
        await tenant.control('/awkwardness', { rules: [{ fault, path, calls: [1] }] });
        await confirmedSync();
        await expectEqual();
        await tenant.control('/awkwardness', {});
        // The mark of that round has to tell as much as the one that is gone.
        await shift(`tuesday ${path}`);
        await confirmedSync();
        await expectEqual();
      }
    },
  );

  test.each(['one', 'two', 'three'])(
    'whatever call fails whenever, and however the tenant changes meanwhile (seed %s)',
    { timeout: 120_000 },
    async (seed) => {
      const states = new Map<string | undefined, number>();
      for (let round = 0; round < ROUNDS; round += 1) {
        const probability = WEATHER[round % WEATHER.length];
        const chaos = { seed: `${seed} ${round}`, probability };
        await tenant.control('/awkwardness', { chaos });
        const [state] = await Promise.all([sync(round % 5 === 4), shift(`${seed} ${round}`)]);
        states.set(state, (states.get(state) ?? 0) + 1);
      }
      await tenant.control('/awkwardness', {});
      await confirmedSync();
      await expectEqual();
      // Chaos that hurts nobody, or everybody, proves nothing.
      expect(states.size).toBeGreaterThan(1);
    },
  );
});
