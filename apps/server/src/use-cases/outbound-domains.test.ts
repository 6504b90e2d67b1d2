import { checkDomain, type Ports } from '@holdfast/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusalFrom } from './testing/refusal.ts';
import { connectAndSync, installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

const name = 'contoso.example';

let world: World;
let contoso: OrganisationHandle;
beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
});
afterEach(() => world.close());

async function outbound() {
  return (await contoso.console.domains.get({ name })).outbound;
}

async function check() {
  world.advance(60_000);
  return (await contoso.console.domains.check({ name })).outbound;
}

/** Enters the record of the newest key at the registrar, exactly as the page shows it. */
async function publish(): Promise<void> {
  const [key] = (await outbound()).keys;
  if (key === undefined) throw new Error('no key yet');
  world.txt.set(key.name, [key.value]);
}

describe('the signing key of a domain', () => {
  test('is made by the installation, and its private half is never shown', async () => {
    await installEveryone(world, contoso);
    const { keys, signedBy, mayRotate } = await outbound();
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({
      selector: 'holdfast1',
      name: `holdfast1._domainkey.${name}`,
      state: 'missing',
    });
    expect(keys[0]?.value).toMatch(/^v=DKIM1; k=rsa; p=PUBLIC\d+$/);
    expect({ signedBy, mayRotate }).toEqual({ signedBy: null, mayRotate: false });
    expect(JSON.stringify(await contoso.console.domains.get({ name }))).not.toContain('private of');
  });

  test('is made once, however many look at the same time, and not for the tenant’s initial domain', async () => {
    await connectAndSync(world, contoso);
    await Promise.all([1, 2, 3].map(() => contoso.console.domains.check({ name })));
    const names = (await contoso.console.domains.list()).map((row) => row.name);
    const views = await Promise.all(names.map((one) => contoso.console.domains.get({ name: one })));
    expect(views.flatMap((view) => view.outbound.keys.map((key) => key.name))).toEqual([
      `holdfast1._domainkey.${name}`,
    ]);
  });

  test('signs once its record was seen; drift is noticed, and silence of DNS changes nothing', async () => {
    await installEveryone(world, contoso);
    await publish();
    expect(await check()).toMatchObject({
      signedBy: 'holdfast1',
      fate: 'accepted',
      mayRotate: true,
    });
    const record = `holdfast1._domainkey.${name}`;
    world.txt.set(record, 'silent');
    const silent = await check();
    expect(silent.keys[0]).toMatchObject({ state: 'correct' });
    expect(silent.keys[0]?.checkDetail).toContain('DNS did not answer');
    world.txt.delete(record);
    const drifted = await check();
    expect(drifted).toMatchObject({
      signedBy: null,
      keys: [{ state: 'drifted', checkDetail: null }],
    });
  });

  test('is judged by the look that began last, whichever ends last', async () => {
    await installEveryone(world, contoso);
    const record = `holdfast1._domainkey.${name}`;
    const began = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const { dns } = world.ports;
    const slow: Ports = {
      ...world.ports,
      dns: {
        ask: async (at, type) => {
          const answer = await dns.ask(at, type);
          if (at === record) began.resolve();
          await held.promise;
          return answer;
        },
      },
    };
    const early = checkDomain(slow, contoso.actor, { name });
    await began.promise;
    await publish();
    expect((await check()).signedBy).toBe('holdfast1');
    held.resolve();
    await early;
    expect(await outbound()).toMatchObject({ signedBy: 'holdfast1', keys: [{ state: 'correct' }] });
  });

  test('is rotated: the old one signs until the new record is seen, and is then forgotten', async () => {
    await installEveryone(world, contoso);
    const early = await refusalFrom(contoso.console.domains.rotateKey({ name }));
    expect(early.code).toBe('domains.key-waiting');
    await publish();
    await check();
    world.advance(1000);
    const rotated = (await contoso.console.domains.rotateKey({ name })).outbound;
    expect(rotated.keys.map(({ selector, state }) => `${selector} ${state}`)).toEqual([
      'holdfast2 unchecked',
      'holdfast1 correct',
    ]);
    expect(rotated.signedBy).toBe('holdfast1');
    await publish();
    const after = await check();
    expect(after.signedBy).toBe('holdfast2');
    expect(after.keys[1]?.retiredAt).not.toBeNull();
    const stored = await world.ports.database.withinOrganisation(contoso.id, (r) =>
      r.domainKeys.ofDomain(name),
    );
    expect(stored.map((key) => key.sealedPrivateKey === null)).toEqual([false, true]);
  });
});

describe('SPF and DMARC', () => {
  test('are looked at with the key, and the one record to enter is merged from what is there', async () => {
    world.txt.set(name, ['site-verification=1', 'v=spf1 include:spf.protection.outlook.com -all']);
    world.txt.set(`_dmarc.${name}`, ['v=DMARC1; p=reject']);
    world.setSpf('fail');
    await installEveryone(world, contoso);
    expect(await outbound()).toMatchObject({
      fate: 'rejected',
      spf: {
        result: 'fail',
        records: ['v=spf1 include:spf.protection.outlook.com -all'],
        wanted: 'v=spf1 ip4:203.0.113.10 ip4:203.0.113.11 include:spf.protection.outlook.com -all',
        lookups: 1,
        lookupsClose: false,
      },
      dmarc: { policy: 'reject', name: `_dmarc.${name}` },
    });
    world.setSpf('pass');
    expect(await check()).toMatchObject({
      fate: 'accepted',
      spf: { result: 'pass', wanted: null },
    });
  });

  test('keep what was known when DNS does not answer', async () => {
    world.txt.set(`_dmarc.${name}`, ['v=DMARC1; p=quarantine']);
    world.setSpf('softfail');
    await installEveryone(world, contoso);
    world.txt.set(name, 'silent');
    world.txt.set(`_dmarc.${name}`, 'silent');
    const view = await check();
    expect(view).toMatchObject({ fate: 'junked', spf: { result: 'softfail' } });
    expect(view.detail).toContain('DNS did not answer');
  });

  test('that would fail are a need of the overview and a line in the preview of an event', async () => {
    world.setSpf('fail');
    world.txt.set(`_dmarc.${name}`, ['v=DMARC1; p=reject']);
    await installEveryone(world, contoso);
    const needs = async () => (await contoso.console.overview.get()).needs.map(({ id }) => id);
    const preview = async () =>
      (await contoso.console.event.preview({ scope: { kind: 'everyone' } })).failingReplies;
    expect(await needs()).toContain(`outbound-${name}`);
    expect(await preview()).toEqual([{ domain: name, users: 2, fate: 'rejected' }]);
    await publish();
    await check();
    expect(await needs()).not.toContain(`outbound-${name}`);
    expect(await preview()).toEqual([]);
    world.txt.clear();
    world.setSpf('pass');
    await check();
    expect(await needs()).toContain(`drift-${name}-dkim-gone-holdfast1`);
    expect(await preview()).toEqual([]);
  });
});

describe('with a smart host', () => {
  test('SPF is judged by the include that its provider names, and not at all without one', async () => {
    await world.close();
    const smart = { usesSmartHost: true, spfInclude: null };
    world = await createWorld({}, smart);
    contoso = await world.organisation('Contoso');
    world.txt.set(name, ['v=spf1 mx -all']);
    await installEveryone(world, contoso);
    const unknown = await outbound();
    expect(unknown).toMatchObject({ fate: 'unknown', spf: { result: null, wanted: null } });
    expect(unknown.detail).toContain('HOLDFAST_SPF_INCLUDE');
    const { needs } = await contoso.console.overview.get();
    expect(needs.find(({ id }) => id === `outbound-${name}`)?.detail).toBe(unknown.detail);
    await world.close();
    world = await createWorld({}, { usesSmartHost: true, spfInclude: 'spf.provider.example' });
    contoso = await world.organisation('Contoso');
    world.txt.set(name, ['v=spf1 mx -all']);
    await installEveryone(world, contoso);
    expect(await outbound()).toMatchObject({
      fate: 'rejected',
      spf: { result: 'fail', wanted: 'v=spf1 include:spf.provider.example mx -all' },
    });
    world.txt.set(name, ['v=spf1 include:spf.provider.example mx -all']);
    expect(await check()).toMatchObject({
      fate: 'accepted',
      spf: { result: 'pass', wanted: null },
    });
  });
});
