import { createProbes, TenantError, type Ports, type TenantFailure } from '@holdfast/application';
import { MINUTE, SECOND, type AddressProbe, type AttemptOutcome } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installEveryone } from './testing/set-up.ts';
import { createWorld, START, type OrganisationHandle, type World } from './testing/world.ts';

/** What Office 365 looks like at the moment; tests turn parts of it off. */
interface Office365 {
  smtp: AttemptOutcome;
  signIn: TenantFailure['code'] | null;
  mailbox: (address: string) => TenantFailure['code'] | null;
  health: 'ok' | 'incident' | TenantFailure['code'];
  /** Probes that were asked for, by kind. */
  readonly asked: Record<'smtp' | 'signIn' | 'mailbox' | 'health', number>;
  readonly canaries: Set<string>;
  hangs: boolean;
}

let world: World;
let contoso: OrganisationHandle;
let office: Office365;

const TAKES: AttemptOutcome = { kind: 'reply', code: 250, text: '2.1.5 Recipient OK' };
const said = (line: string): AttemptOutcome => ({
  kind: 'reply',
  code: Number(line.slice(0, 3)),
  text: line.slice(4),
});

const noMailbox = (): TenantFailure['code'] => 'unavailable';

function portsOf(): Partial<Ports> {
  const fail = (code: TenantFailure['code'] | null): void => {
    if (code !== null) throw new TenantError({ code, detail: `said ${code}`, retryAfter: null });
  };
  return {
    tenantHealth: {
      probeSignIn: async () => {
        office.asked.signIn += 1;
        fail(office.signIn);
        return { latency: 80 };
      },
      probeMailbox: async (_credentials, address) => {
        office.asked.mailbox += 1;
        office.canaries.add(address);
        if (office.hangs) await new Promise(() => undefined);
        fail(office.mailbox(address));
        return { latency: 120 };
      },
      services: async () => {
        office.asked.health += 1;
        if (office.health !== 'ok' && office.health !== 'incident') fail(office.health);
        const incident = office.health === 'incident';
        return [
          {
            service: 'Exchange Online',
            status: incident ? 'ServiceInterruption' : 'ServiceOperational',
            incidents: incident
              ? [
                  {
                    id: 'EX680695',
                    title: 'Mail is late',
                    status: 'ServiceInterruption',
                    isResolved: false,
                    startedAt: START,
                  },
                ]
              : [],
          },
        ];
      },
    },
    relay: {
      send: () => Promise.reject(new Error('no message is sent by a probe')),
      probe: () => Promise.reject(new Error('not this one')),
      probeHosts: async ({ hosts, from, recipients }): Promise<readonly AddressProbe[]> => {
        expect(from).toBe('no-reply@mx1.holdfast.example');
        // The pre-flight list, before anybody is known; a probe always asks for somebody.
        if (recipients.length > 0) office.asked.smtp += 1;
        return hosts.map((host) => ({
          host,
          address: '192.0.2.10',
          source: null,
          stage: 'rcpt',
          outcome: office.smtp,
          recipients: recipients.map(() => office.smtp),
          latencies: { connect: 10, rcpt: 30 },
        }));
      },
      close: async () => undefined,
    },
  };
}

beforeEach(async () => {
  office = {
    smtp: TAKES,
    signIn: null,
    mailbox: () => null,
    health: 'ok',
    asked: { smtp: 0, signIn: 0, mailbox: 0, health: 0 },
    canaries: new Set(),
    hangs: false,
  };
  world = await createWorld(portsOf());
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
});
afterEach(() => world.close());

/** Lets time pass in the steps of the worker's timer; gives when the state was first seen, in ms from the beginning. */
async function watch(length: number): Promise<ReadonlyMap<string, number>> {
  const probes = createProbes(world.ports, { interval: 30 * SECOND, timeout: 10 * SECOND });
  const seen = new Map<string, number>();
  for (let passed = 0; passed <= length; passed += 6 * SECOND) {
    probes.turn([contoso.id]);
    await probes.settled();
    const { primary } = await contoso.console.overview.health();
    if (!seen.has(primary.state)) seen.set(primary.state, passed);
    world.advance(6 * SECOND);
  }
  return seen;
}

const health = () => contoso.console.overview.health();

describe('shapes of an outage (suspicion within two minutes, alarm within five)', () => {
  test.each([
    ['A transport down', { smtp: said('451 4.3.2 Temporary server error ATTR1') }, 'transport'],
    [
      'A transport down, no connection',
      { smtp: { kind: 'network', failure: 'timeout', text: 'no answer' } as const },
      'transport',
    ],
    ['B mailbox access down', { mailbox: noMailbox }, 'mailbox'],
    ['C identity down', { signIn: 'unavailable' as const }, 'identity'],
    ['C identity not reachable', { signIn: 'unreachable' as const }, 'identity'],
    [
      'everything at once',
      {
        smtp: said('421 4.3.2 Service not available'),
        mailbox: noMailbox,
        signIn: 'unavailable' as const,
        health: 'unavailable' as const,
      },
      'mixed',
    ],
  ] as const)('%s', async (_shape, broken, shape) => {
    Object.assign(office, broken);
    const seen = await watch(6 * MINUTE);
    expect(seen.get('suspect')).toBeLessThanOrEqual(2 * MINUTE);
    expect(seen.get('down')).toBeLessThanOrEqual(5 * MINUTE);
    expect((await health()).primary.shape).toBe(shape);
  });

  test('D our address is slowed down: no outage, and the shape says so with what to do', async () => {
    office.smtp = said(
      '451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77714)',
    );
    const seen = await watch(6 * MINUTE);
    expect([...seen.keys()]).toEqual(['healthy']);
    const { primary } = await health();
    expect(primary.shape).toBe('throttled');
    const smtp = primary.sources.find(({ source }) => source === 'smtp-probe');
    expect(smtp).toMatchObject({ verdict: 'ours' });
    expect(smtp?.remedy).toContain('inbound connector');
  });

  test('E mail to the outside alone: nothing that comes in is hurt', async () => {
    office.health = 'incident';
    expect([...(await watch(6 * MINUTE)).keys()]).toEqual(['healthy']);
    const { incidents } = await health();
    expect(incidents).toMatchObject([{ id: 'EX680695', title: 'Mail is late' }]);
    expect(incidents[0]?.href).toContain('EX680695');
  });

  test('F some mailboxes: a suspicion, and with Microsoft’s word an outage', async () => {
    office.mailbox = (address) => (address.startsWith('ada') ? 'unavailable' : null);
    const alone = await watch(6 * MINUTE);
    expect(alone.get('suspect')).toBeLessThanOrEqual(2 * MINUTE);
    expect(alone.has('down')).toBe(false);
    office.health = 'incident';
    expect((await watch(3 * MINUTE)).has('down')).toBe(true);
  });

  test('G that comes and goes is seen, and is over only after a stable while', async () => {
    office.smtp = said('421 4.3.2 Service not available');
    await watch(6 * MINUTE);
    office.smtp = TAKES;
    const back = await watch(20 * MINUTE);
    expect(back.get('recovering')).toBeLessThanOrEqual(3 * MINUTE);
    expect(back.get('healthy')).toBeGreaterThanOrEqual(14 * MINUTE);
  });
});

describe('what is no outage', () => {
  test.each([
    ['an expired secret', 'sign-in-failed', 'Renew the secret'],
    ['revoked consent', 'not-consented', 'Grant it again'],
  ] as const)('%s is our side, with what to do', async (_what, code, remedy) => {
    office.signIn = code;
    expect([...(await watch(6 * MINUTE)).keys()]).toEqual(['healthy']);
    const { primary } = await health();
    const signIn = primary.sources.find(({ source }) => source === 'sign-in-probe');
    expect(signIn).toMatchObject({ verdict: 'ours', latency: null });
    expect(signIn?.remedy).toContain(remedy);
    expect(primary.shape).toBeNull();
  });

  test('a missing permission for mailboxes or service health, or a user without a mailbox', async () => {
    office.mailbox = (address) => (address.startsWith('ada') ? 'not-found' : 'forbidden');
    office.health = 'forbidden';
    expect([...(await watch(6 * MINUTE)).keys()]).toEqual(['healthy']);
    const { sources } = (await health()).primary;
    expect(sources.find(({ source }) => source === 'mailbox-probe')?.remedy).toContain(
      'Mail.ReadWrite',
    );
    expect(sources.find(({ source }) => source === 'service-health')?.remedy).toContain(
      'ServiceHealth.Read.All',
    );
  });

  test('that Microsoft does not say how it is: a weak sign', async () => {
    office.health = 'unavailable';
    expect([...(await watch(6 * MINUTE)).keys()]).toEqual(['healthy']);
    const { evidence, incidentsReadAt } = await health();
    expect(evidence.find(({ source }) => source === 'service-health')).toMatchObject({
      verdict: 'bad',
      weight: 'low',
    });
    expect(incidentsReadAt).toBeNull();
  });
});

describe('probing', () => {
  test('is cheap: each kind about every half minute, service health at most once a minute', async () => {
    await watch(10 * MINUTE);
    expect(office.asked.smtp).toBeLessThanOrEqual(22);
    expect(office.asked.smtp).toBeGreaterThanOrEqual(16);
    expect(office.asked.signIn).toBeLessThanOrEqual(22);
    expect(office.asked.mailbox).toBeLessThanOrEqual(44);
    expect(office.asked.health).toBeLessThanOrEqual(10);
  });

  test('asks other mailboxes by turns, not always the first', async () => {
    await watch(3 * MINUTE);
    expect(office.canaries).toEqual(new Set(['ada@contoso.example', 'ben@contoso.example']));
  });

  test('that hangs stops no other, nor the timer', async () => {
    office.hangs = true;
    const probes = createProbes(world.ports, { interval: 30 * SECOND, timeout: 10 * SECOND });
    for (let turn = 1; turn <= 6; turn += 1) {
      await expect
        .poll(async () => {
          probes.turn([contoso.id]);
          const { evidence } = await health();
          return evidence.find(({ source }) => source === 'smtp-probe')?.observations;
        })
        .toBe(turn);
      world.advance(30 * SECOND);
    }
    expect(office.asked.mailbox).toBe(2);
  });

  test('leaves a history: who said what when, how often and how fast', async () => {
    await watch(4 * MINUTE);
    office.smtp = said('421 4.3.2 Service not available');
    await watch(2 * MINUTE);
    const { evidence } = await health();
    const smtp = evidence.filter(({ source }) => source === 'smtp-probe');
    expect(smtp.map(({ verdict }) => verdict)).toEqual(['good', 'bad']);
    expect(smtp[0]).toMatchObject({ latency: 40, slowest: 40, cause: 'mail would be accepted' });
    expect(smtp[0]?.observations).toBeGreaterThan(5);
    expect(smtp[1]?.cause).toContain('421 4.3.2 Service not available');
    const signIn = evidence.find(({ source }) => source === 'sign-in-probe');
    expect(signIn?.latency).toBe(80);
  });
});
