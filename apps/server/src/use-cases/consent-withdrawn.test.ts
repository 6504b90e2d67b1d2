import {
  createProbes,
  listMailbox,
  sendMessage,
  TenantError,
  type Ports,
} from '@holdfast/application';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMailWorld, type MailWorld } from './testing/mail-world.ts';

/** The consent is taken back while an event runs. */
const WITHDRAWN = new TenantError({
  code: 'not-consented',
  detail: 'AADSTS700016: Application was not found in the directory.',
  retryAfter: null,
});

let world: MailWorld;
let ports: Ports;
beforeEach(async () => {
  world = await createMailWorld();
  // Office 365 takes mail all the while.
  const relay = {
    ...world.ports.relay,
    probeHosts: async ({ hosts, recipients }: Parameters<Ports['relay']['probeHosts']>[0]) =>
      hosts.map((host) => {
        const outcome = { kind: 'reply', code: 250, text: 'Yes' } as const;
        const answers = recipients.map(() => outcome);
        const place = { host, address: '192.0.2.10', source: null, stage: 'rcpt' } as const;
        return { ...place, outcome, recipients: answers, latencies: {} };
      }),
  };
  ports = { ...world.ports, relay };
  await world.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'a test' });
});
afterEach(() => world.close());

async function probeOnce(): Promise<void> {
  const every = createProbes(ports, { interval: 30_000, timeout: 10_000 });
  every.turn([world.contoso.id]);
  await every.settled();
}

/** Ten minutes of probes. */
async function probes(): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await probeOnce();
    world.advance(30_000);
  }
}

const needs = async () => (await world.contoso.console.overview.get()).needs;
const health = () =>
  world.ports.database.withinOrganisation(world.contoso.id, (r) => r.health.get());

describe('a consent that is taken back in mid-event', () => {
  test('is named, since when, and once in the audit log', async () => {
    await probes();
    expect((await needs()).map(({ id }) => id)).not.toContain('connection-refused');
    world.tenant.failure = WITHDRAWN;
    await probes();
    const need = (await needs()).find(({ id }) => id === 'connection-refused');
    expect(need).toMatchObject({ level: 'problem', title: 'Microsoft no longer lets us in' });
    expect(need?.detail).toMatch(/^Since .* UTC; mail goes on\./);
    const view = await world.contoso.console.connection.get();
    expect(view.refused?.detail).toContain('AADSTS700016');
    const audit = await world.ports.database.withinOrganisation(world.contoso.id, (r) =>
      r.audit.recent(100),
    );
    expect(audit.filter(({ action }) => action === 'connection.refused')).toHaveLength(1);
  });

  test('is no evidence of an outage', async () => {
    await probes();
    world.tenant.failure = WITHDRAWN;
    await probes();
    expect((await health())?.state).toBe('healthy');
  });

  test('changes nothing for the event and the mailboxes', async () => {
    world.tenant.failure = WITHDRAWN;
    await probes();
    const state = await world.contoso.console.event.state();
    expect(state.current).toMatchObject({ phase: 'active' });
    const ada = await world.user('ada');
    await sendMessage(world.ports, ada, {
      key: randomUUID(),
      to: ['lee@fabrikam.example'],
      cc: [],
      subject: 'Still here',
      text: 'Hello.',
      about: null,
      uploadIds: [],
    });
    world.advance(20_000);
    await world.relay();
    expect(world.handed.some(({ recipients }) => recipients.includes('lee@fabrikam.example'))).toBe(
      true,
    );
    const { items } = await listMailbox(world.ports, ada, {
      folder: 'sent',
      limit: 10,
      before: null,
    });
    expect(items.map(({ subject }) => subject)).toContain('Still here');
    await world.contoso.console.event.end({ typed: '' });
  });

  test('given again, it is forgotten; a Microsoft that does not answer says neither', async () => {
    world.tenant.failure = WITHDRAWN;
    await probes();
    world.tenant.failure = new TenantError({ code: 'unreachable', detail: '', retryAfter: null });
    await probeOnce();
    expect((await world.contoso.console.connection.get()).refused).not.toBeNull();
    world.tenant.failure = null;
    await probeOnce();
    expect((await world.contoso.console.connection.get()).refused).toBeNull();
    expect((await needs()).map(({ id }) => id)).not.toContain('connection-refused');
  });
});
