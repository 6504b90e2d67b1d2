import {
  beginWayBack,
  checkCutOver,
  checkDueDomains,
  startCutOver,
  watchDomain,
  type AlternateEmailSender,
} from '@holdfast/application';
import { idOf } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registry } from '../composition/metrics.ts';
import { setTenantFigures } from '../roles/tenant-figures.ts';
import { refusalFrom } from './testing/refusal.ts';
import { installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

const name = 'contoso.example';
const MINUTE = 60_000;

let world: World;
let contoso: OrganisationHandle;
let told: Parameters<AlternateEmailSender['send']>[0][];
let emailWorks: boolean;
beforeEach(async () => {
  told = [];
  emailWorks = true;
  world = await createWorld({
    alternateEmail: {
      send: async (message) => {
        if (!emailWorks) return { ok: false, permanent: false, detail: 'no route' };
        told.push(message);
        return { ok: true, reference: '1' };
      },
    },
  });
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
});
afterEach(() => world.close());

function mx(...hosts: readonly string[]): void {
  const records = hosts.map((exchange, position) => ({ exchange, preference: position * 10 }));
  world.dns.set(name, { ok: true, value: { records, ttl: 300 } });
}

async function look() {
  world.advance(MINUTE);
  return contoso.console.domains.check({ name });
}

const alertTitles = async () => (await look()).alerts.map(({ title }) => title);

describe('what has changed in DNS', () => {
  beforeEach(async () => {
    mx('mx1.holdfast.example', 'mx2.holdfast.example');
    world.setSpf('pass');
    expect((await look()).state).toBe('correct');
  });

  test('is raised once, told to administrators once, shown since when, and ends when it is mended', async () => {
    mx('mx1.holdfast.example', 'contoso-com.mail.protection.outlook.com');
    const [alert] = (await look()).alerts;
    expect(alert).toMatchObject({
      level: 'problem',
      title: `MX of ${name} has another host beside ours`,
      seen: '0 mx1.holdfast.example, 10 contoso-com.mail.protection.outlook.com',
    });
    const [again] = (await look()).alerts;
    expect(again).toMatchObject({ id: alert?.id, since: alert?.since });
    await world.runJobs();
    await world.runJobs();
    expect(told.map(({ to, subject }) => `${to}: ${subject}`)).toEqual([
      `${contoso.actor.email}: MX of ${name} has another host beside ours: ${alert?.seen}`,
    ]);
    const { needs } = await contoso.console.overview.get();
    const need = needs.filter(({ id }) => id.startsWith('domain-'));
    expect(need).toHaveLength(1);
    expect(need[0]?.detail).toMatch(/^Since 2026-11-23 \d\d:\d\d UTC\. Senders use it/);
    mx('mx1.holdfast.example', 'mx2.holdfast.example');
    const mended = await look();
    expect(mended).toMatchObject({ state: 'correct', alerts: [] });
    expect((await contoso.console.overview.get()).needs.map(({ id }) => id)).not.toContain(
      `domain-${name}`,
    );
  });

  test('shows in the figures that a monitor reads, until it is mended', async () => {
    const figures = async () => {
      await setTenantFigures(world.ports);
      const lines = (await registry.metrics()).split('\n');
      return lines.filter((line) => /^holdfast_(?:open_domain|exchange)_.* [1-9]/.test(line));
    };
    const side = `holdfast_exchange_side{organisation="${contoso.id}",established="yes"} 1`;
    mx('elsewhere.example');
    await look();
    expect(await figures()).toEqual([
      `holdfast_open_domain_alerts{organisation="${contoso.id}",level="problem"} 1`,
      side,
    ]);
    mx('mx1.holdfast.example', 'mx2.holdfast.example');
    await look();
    expect(await figures()).toEqual([side]);
  });

  test('that comes and goes is not told again within hours', async () => {
    for (let round = 0; round < 3; round += 1) {
      mx('elsewhere.example');
      await look();
      await world.runJobs();
      mx('mx1.holdfast.example');
      await look();
    }
    expect(told).toHaveLength(1);
  });

  test('and is mended before anybody was told is not told', async () => {
    mx('elsewhere.example');
    await look();
    mx('mx1.holdfast.example');
    await look();
    await world.runJobs();
    expect(told).toEqual([]);
  });

  test('is not concluded from silence, and silence does not end it', async () => {
    world.dns.set(name, { ok: false, failure: 'unavailable', detail: 'timeout' });
    expect(await alertTitles()).toEqual([]);
    mx('elsewhere.example');
    expect(await alertTitles()).toEqual([`MX of ${name} no longer points here`]);
    world.dns.set(name, { ok: false, failure: 'unavailable', detail: 'timeout' });
    expect(await alertTitles()).toEqual([`MX of ${name} no longer points here`]);
  });

  test('says how the telling went when nobody could be reached, and tries again', async () => {
    emailWorks = false;
    mx('elsewhere.example');
    await look();
    await expect(world.runJobs()).rejects.toThrow('No administrator could be told');
    const [alert] = (await look()).alerts;
    expect(alert?.notice).toContain(`${contoso.actor.email}: no route`);
  });

  test('of what proves replies, and of policies for senders, is raised with its consequence', async () => {
    world.setSpf('softfail');
    world.txt.set(`_dmarc.${name}`, ['v=DMARC1; p=reject']);
    world.txt.set(`_mta-sts.${name}`, ['v=STSv1; id=1']);
    const policy = {
      mode: 'enforce',
      maxAge: 86_400,
      mx: ['*.mail.protection.outlook.com'],
    } as const;
    world.policies.set(name, { ok: true, policy });
    const view = await look();
    expect(view.alerts.map(({ title, level }) => `${level}: ${title}`)).toEqual([
      `problem: SPF of ${name} no longer allows our addresses`,
      `problem: The DMARC policy of ${name} has become stricter`,
      `problem: The MTA-STS policy of ${name} does not name our hosts`,
    ]);
    const sts = view.checks.find(({ check }) => check === 'mta-sts');
    expect(sts?.findings[0]).toMatchObject({ code: 'sts-without-us', result: 'problem' });
  });

  test('by one look is shown in one order, whatever ids it got: MX, proofs of ours, policies', async () => {
    const since = world.ports.clock.now();
    const kinds = ['sts-without-us', 'spf-gone', 'mx-ttl-raised', 'dmarc-stricter'] as const;
    const open = await world.ports.database.withinOrganisation(contoso.id, async (r) => {
      for (const [index, kind] of kinds.entries()) {
        await r.domainWatch.raise({
          id: idOf(index + 1),
          domain: name,
          kind,
          subject: '',
          level: 'problem',
          seen: '',
          since,
          lastSeenAt: since,
          clearedAt: null,
          notifiedAt: null,
          notice: null,
          acceptedBy: null,
        });
      }
      return r.domainWatch.openAlerts(name);
    });
    expect(open.map(({ kind }) => kind)).toEqual([
      'mx-ttl-raised',
      'spf-gone',
      'dmarc-stricter',
      'sts-without-us',
    ]);
  });

  test('may be accepted where it may have been meant, and only there', async () => {
    world.txt.set(`_dmarc.${name}`, ['v=DMARC1; p=reject']);
    mx('elsewhere.example');
    const { alerts } = await look();
    const of = (word: string) => alerts.find(({ title }) => title.includes(word));
    expect([of('DMARC')?.acceptable, of('MX')?.acceptable]).toEqual([true, false]);
    const refused = contoso.console.domains.acceptAlert({ id: of('MX')?.id ?? '' });
    expect((await refusalFrom(refused)).code).toBe('domains.alert-not-acceptable');
    world.advance(MINUTE);
    const accepted = await contoso.console.domains.acceptAlert({ id: of('DMARC')?.id ?? '' });
    expect(accepted.alerts.map(({ id }) => id)).toEqual([of('MX')?.id]);
    const gone = contoso.console.domains.acceptAlert({ id: of('DMARC')?.id ?? '' });
    expect((await refusalFrom(gone)).code).toBe('domains.alert-gone');
  });
});

test('an administrator with a mailbox in the tenant is told through our own queue, whatever MX says', async () => {
  mx('mx1.holdfast.example');
  await look();
  await world.ports.database.withinOrganisation(contoso.id, (r) =>
    r.accounts.addAdministrator({
      id: world.ports.identifiers.uuid(),
      organisationId: contoso.id,
      email: 'Ada@contoso.example',
      name: 'Ada',
      role: 'administrator',
      passwordHash: 'none',
      joinedAt: null,
    }),
  );
  world.spooled.length = 0;
  mx('elsewhere.example');
  await look();
  await world.runJobs();
  expect(told.map(({ to }) => to)).toEqual([contoso.actor.email]);
  expect(world.spooled.map(({ mail }) => mail.to[0]?.address)).toEqual(['ada@contoso.example']);
});

test('MX that leaves on a way back raises no alarm', async () => {
  mx('mx1.holdfast.example', 'mx2.holdfast.example');
  await look();
  await startCutOver(world.ports, contoso.actor, { name });
  await checkCutOver(world.ports, contoso.actor, { name });
  await beginWayBack(world.ports, contoso.actor, { name, reason: 'the trial is over' });
  mx('contoso-example.mail.protection.outlook.example');
  const view = await look();
  expect(view).toMatchObject({ state: 'wrong', alerts: [] });
  await world.runJobs();
  expect(told).toEqual([]);
});

describe('the history of a domain', () => {
  test('holds each thing that was seen once, from when to when', async () => {
    mx('old.example');
    await look();
    await look();
    mx('mx1.holdfast.example');
    const view = await look();
    const history = await contoso.console.domains.history({ name });
    const seen = history.filter(({ subject }) => subject === 'mx');
    expect(seen.map(({ value, ttl }) => `${value.join()} ${ttl}`)).toEqual([
      '0 mx1.holdfast.example 300',
      '0 old.example 300',
    ]);
    expect(Date.parse(seen[1]?.lastSeenAt ?? '') - Date.parse(seen[1]?.firstSeenAt ?? '')).toBe(
      MINUTE,
    );
    // The old record had 300 s: as long as that a resolver may go on answering with it.
    expect(view.oldMxUntil).toBe(
      new Date(Date.parse(seen[0]?.firstSeenAt ?? '') + 300_000).toISOString(),
    );
    world.advance(5 * MINUTE);
    expect((await look()).oldMxUntil).toBeNull();
    world.advance(91 * 24 * 60 * MINUTE);
    await look();
    const kept = await contoso.console.domains.history({ name });
    expect(kept.filter(({ subject }) => subject === 'mx')).toHaveLength(1);
  });
});

describe('the schedule', () => {
  const due = () => checkDueDomains(world.ports, { kind: 'system', organisationId: contoso.id });

  test('looks every quarter of an hour, and faster while the MX of a domain moves', async () => {
    mx('mx1.holdfast.example');
    await look();
    expect(await due()).toBe(0);
    world.advance(14 * MINUTE);
    expect(await due()).toBe(0);
    world.advance(MINUTE);
    expect(await due()).toBe(1);
    const until = world.ports.clock.now() + 60 * MINUTE;
    await watchDomain(world.ports, contoso.actor, { name, until });
    expect(await due()).toBe(1);
    // The TTL is 300 s, and a tenth of chance is added.
    world.advance(5 * MINUTE);
    expect(await due()).toBe(0);
    world.advance(MINUTE);
    expect(await due()).toBe(1);
    await watchDomain(world.ports, contoso.actor, { name, until: null });
    expect(await due()).toBe(1);
    world.advance(6 * MINUTE);
    expect(await due()).toBe(0);
  });
});
