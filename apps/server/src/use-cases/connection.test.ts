import { X509Certificate } from 'node:crypto';
import type { Ports } from '@holdfast/application';
import { PREFLIGHT_CHECKS, type AddressProbe } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CONTOSO_TENANT } from './testing/fake-entra.ts';
import { refusalFrom } from './testing/refusal.ts';
import { CREDENTIALS, installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
});
afterEach(() => world.close());

const DAY = 86_400_000;
const stored = () => world.ports.database.withinOrganisation(contoso.id, (r) => r.connection.get());

describe('an application of the organisation’s own', () => {
  test('names its tenant by the id, however it was written', async () => {
    const view = await contoso.console.connection.connect(CREDENTIALS);
    expect(view).toMatchObject({ mode: 'application', tenantId: CONTOSO_TENANT });
  });

  test('signs in by a certificate that was made here; the key is sealed and shown to nobody', async () => {
    const { connection } = contoso.console;
    const made = await connection.createKey();
    expect(new X509Certificate(made.certificate).subject).toBe('CN=Holdfast for Contoso');
    expect(await connection.waitingKey()).toEqual(made);
    const view = await connection.connect({ ...CREDENTIALS, proof: { kind: 'made-here' } });
    expect(view.proof).toEqual({ kind: 'certificate', expiresAt: made.expiresAt });
    expect(await connection.waitingKey()).toBeNull();
    const record = await stored();
    const audit = await world.ports.database.withinOrganisation(contoso.id, (r) =>
      r.audit.recent(50),
    );
    expect(JSON.stringify([made, view, record, audit])).not.toContain('PRIVATE KEY');
    expect(record?.proof).toMatchObject({ kind: 'certificate', certificate: made.certificate });
  });

  test('cannot connect by a certificate that was never made, nor by a key of another one', async () => {
    const { connection } = contoso.console;
    const none = connection.connect({ ...CREDENTIALS, proof: { kind: 'made-here' } });
    expect((await refusalFrom(none)).code).toBe('input.invalid');
    const until = world.ports.clock.now() + DAY;
    const one = await world.ports.certificates.create('one', until);
    const two = await world.ports.certificates.create('two', until);
    const pair = { certificate: one.certificate, privateKey: two.privateKey };
    const refusal = await refusalFrom(
      connection.connect({ ...CREDENTIALS, proof: { kind: 'certificate', ...pair } }),
    );
    expect(refusal.fields).toHaveProperty('privateKey');
    expect(JSON.stringify(refusal)).not.toContain('PRIVATE KEY');
    expect(await stored()).toBeNull();
  });

  test('keeps the old secret while a new one does not work', async () => {
    await contoso.console.connection.connect(CREDENTIALS);
    const before = await stored();
    world.tenant.failure = new Error('no longer here');
    const next = { ...CREDENTIALS, proof: { kind: 'secret', secret: 'mistyped' } } as const;
    await expect(contoso.console.connection.connect(next)).rejects.toThrow();
    expect((await stored())?.proof).toEqual(before?.proof);
  });
});

describe('checking what works', () => {
  test('runs in the background, item by item, and says what is granted', async () => {
    world.tenant.findings.set('contacts', { result: 'blocked', detail: 'Forbidden' });
    const first = await contoso.console.connection.connect({ ...CREDENTIALS, tiers: ['read'] });
    expect(first.preflight).toMatchObject({ state: 'running' });
    expect(first.preflight?.items.filter(({ result }) => result === 'waiting')).toHaveLength(
      PREFLIGHT_CHECKS.filter(({ tier }) => tier === 'read').length,
    );
    expect(await world.runJobs()).toContain('connection.preflight');
    const { preflight, permissions } = await contoso.console.connection.get();
    expect(preflight).toMatchObject({ state: 'done' });
    expect(preflight?.items.find(({ check }) => check === 'contacts')).toEqual({
      check: 'contacts',
      result: 'blocked',
      detail: 'Forbidden',
    });
    expect(preflight?.items.filter(({ result }) => result === 'not-asked').length).toBeGreaterThan(
      0,
    );
    expect(permissions.every(({ granted }) => granted === true)).toBe(true);
  });

  test('tells the way mail takes: from each of our addresses, in public DNS, and by a test message', async () => {
    let sessions: readonly (readonly [string | null, string])[] = [[null, '250 OK']];
    const relay: Ports['relay'] = {
      ...world.ports.relay,
      probeHosts: async (asked: Parameters<Ports['relay']['probeHosts']>[0]) =>
        sessions.flatMap(([source, line]): readonly AddressProbe[] =>
          asked.hosts.map((host) => {
            const code = Number(line.slice(0, 3));
            const outcome = { kind: 'reply', code, text: line.slice(4) } as const;
            const place = { host, address: '192.0.2.10', source, stage: 'rcpt' } as const;
            return { ...place, outcome, recipients: [], latencies: {} };
          }),
        ),
    };
    const fine = '250 2.1.0 Sender OK';
    const banned = '550 5.7.606 Access denied, banned sending IP';
    await world.close();
    world = await createWorld({ relay });
    contoso = await world.organisation('Contoso');
    await installEveryone(world, contoso);
    const checked = async (...said: typeof sessions) => {
      sessions = said;
      await contoso.console.connection.check();
      await world.runJobs();
      const { preflight } = await contoso.console.connection.get();
      world.advance(60_000);
      const item = (name: string) => preflight?.items.find(({ check }) => check === name);
      return { smtp: item('smtp'), mx: item('public-mx'), message: item('test-message') };
    };
    const first = await checked([null, fine]);
    expect(first.smtp).toMatchObject({ result: 'ok' });
    expect(first.smtp?.detail).toContain('from the address that the system chose');
    expect(first.mx).toMatchObject({ result: 'not-checked' });
    expect(first.message).toMatchObject({ result: 'not-checked' });
    const both = await checked(['203.0.113.10', fine], ['203.0.113.11', fine]);
    expect(both.smtp).toEqual({
      check: 'smtp',
      result: 'ok',
      detail: 'Hosts of contoso.example answer, from 203.0.113.10, 203.0.113.11.',
    });
    const one = await checked(['203.0.113.10', fine], ['203.0.113.11', banned]);
    expect(one.smtp).toMatchObject({ result: 'attention' });
    expect(one.smtp?.detail).toMatch(/from 203\.0\.113\.11: 550 5\.7\.606.* Ask for removal/);
    const half = await checked(['203.0.113.10', fine]);
    expect(half.smtp).toMatchObject({ result: 'attention' });
    expect(half.smtp?.detail).toContain('not tried from here: 203.0.113.11');
    const none = await checked(['203.0.113.10', banned], ['203.0.113.11', banned]);
    expect(none.smtp).toMatchObject({ result: 'blocked' });
    const records = [{ exchange: 'elsewhere.example', preference: 0 }];
    world.dns.set('contoso.example', { ok: true, value: { records, ttl: 3600 } });
    await contoso.console.domains.check({ name: 'contoso.example' });
    expect((await checked([null, fine])).mx).toEqual({
      check: 'public-mx',
      result: 'attention',
      detail: 'MX of contoso.example does not lead here, or not alone. Longest TTL: 3600 s.',
    });
  });

  test('goes on when it is asked for twice, and begins again once it is over', async () => {
    const { connection } = contoso.console;
    const first = await connection.connect(CREDENTIALS);
    world.advance(1000);
    expect((await connection.check()).preflight?.at).toBe(first.preflight?.at);
    await world.runJobs();
    world.advance(1000);
    const again = await connection.check();
    expect(again.preflight?.at).not.toBe(first.preflight?.at);
    expect(again.preflight?.state).toBe('running');
  });

  test('one that died with its process blocks nobody for long', async () => {
    const { connection } = contoso.console;
    const first = await connection.connect(CREDENTIALS);
    world.advance(15 * 60_000);
    expect((await connection.check()).preflight?.at).not.toBe(first.preflight?.at);
    await world.runJobs();
    expect((await connection.get()).preflight?.state).toBe('done');
  });
});

describe('disconnecting', () => {
  test('forgets the connection with its secret', async () => {
    await contoso.console.connection.connect(CREDENTIALS);
    expect(await contoso.console.connection.disconnect()).toMatchObject({ connected: false });
    expect(await stored()).toBeNull();
  });

  test('is refused while Email Continuity is installed, and says why', async () => {
    await installEveryone(world, contoso);
    const refusal = await refusalFrom(contoso.console.connection.disconnect());
    expect(refusal.code).toBe('connection.in-use');
    expect(refusal.message).toContain('Uninstall it first');
    expect(await stored()).not.toBeNull();
  });
});
