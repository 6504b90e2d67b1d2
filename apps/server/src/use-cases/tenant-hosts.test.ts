import { readArrivals, refreshTenantRoutes } from '@holdfast/application';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMailWorld, type MailWorld } from './testing/mail-world.ts';
import { refresh } from './testing/set-up.ts';

const name = 'contoso.example';
const NEW_HOST = 'contoso-example.o-v1.mx.microsoft';

let world: MailWorld;
beforeEach(async () => {
  world = await createMailWorld();
});
afterEach(() => world.close());

/** As mx writes what it has accepted. */
async function arrive(recipients: readonly string[], ip = '198.51.100.9'): Promise<void> {
  const { ports, contoso } = world;
  const organisationId = contoso.id;
  const authentication = null;
  await ports.spool.append(
    {
      id: ports.identifiers.uuid(),
      acceptedAt: ports.clock.now(),
      origin: 'inbound',
      class: 'copy',
      organisationId,
      envelope: {
        from: 'kim@fabrikam.example',
        recipients: recipients.map((address) => ({
          address,
          organisationId,
          kind: 'user' as const,
          protected: true,
          verdict: 'deliver' as const,
          reason: 'clean' as const,
        })),
        bodyType: '7BIT',
        smtpUtf8: false,
        client: { ip, helo: 'mail.fabrikam.example', tls: null },
        authentication,
        senderAuthenticated: true,
      },
      traceHeaders: '',
      snapshotVersion: 1,
      notBefore: null,
      submission: null,
    },
    Buffer.from('From: kim@fabrikam.example\r\nSubject: hello\r\n\r\nHello.\r\n'),
  );
}

const hosts = async (): Promise<readonly string[]> => {
  const { tenantMx } = await world.contoso.console.domains.get({ name });
  return tenantMx.map(({ exchange }) => exchange);
};

function moveTo(...mx: readonly string[]): void {
  const { tenant } = world;
  tenant.reading = {
    ...tenant.reading,
    domains: tenant.reading.domains.map((domain) =>
      domain.name === name
        ? { ...domain, mx: mx.map((exchange) => ({ exchange, preference: 0 })) }
        : domain,
    ),
  };
}

test('a new host of the tenant takes the mail that waited for the old one, and the change is recorded', async () => {
  const user = await world.user('ada');
  await arrive(['ben@contoso.example']);
  await world.ingest();
  expect(await hosts()).toEqual(['contoso-example.mail.protection.outlook.example']);
  moveTo(NEW_HOST);
  await refreshTenantRoutes(world.ports, { kind: 'system', organisationId: user.organisationId });
  expect(await hosts()).toEqual([NEW_HOST]);
  await world.relay();
  const handed = world.handed.filter(({ recipients }) =>
    recipients.includes('ben@contoso.example'),
  );
  expect(handed.at(-1)?.hosts).toEqual([NEW_HOST]);
  const entries = await world.ports.database.withinOrganisation(world.contoso.id, (r) =>
    r.audit.recent(50),
  );
  expect(entries.filter(({ action }) => action === 'domain.tenant-host-changed')).toMatchObject([
    { subject: name, details: { to: [`0 ${NEW_HOST}`] } },
  ]);
});

test('a reading without a host leaves mail its way', async () => {
  const before = await hosts();
  moveTo();
  await refresh(world, world.contoso.console);
  expect(await hosts()).toEqual(before);
});

test('where mail came from in the last day is told, with the hops of a filter marked', async () => {
  await arrive(['ben@contoso.example', 'ada@contoso.example'], '198.51.100.9');
  await arrive(['ben@contoso.example'], '198.51.100.9');
  await arrive(['ben@contoso.example'], '203.0.113.7');
  await world.ingest();
  world.dns.set(name, { ok: false, failure: 'unavailable', detail: 'timeout' });
  await world.contoso.console.domains.saveFilterMode({
    name,
    filterMode: 'filter-in-front',
    trustedHops: ['198.51.100.0/24'],
    confirmed: true,
  });
  const arrivals = await readArrivals(world.ports, world.contoso.actor, { name });
  expect(arrivals.map(({ ip, messages, trusted }) => [ip, messages, trusted])).toEqual([
    ['198.51.100.9', 2, true],
    ['203.0.113.7', 1, false],
  ]);
  world.advance(25 * 3_600_000);
  expect(await world.contoso.console.domains.arrivals({ name })).toEqual([]);
});
