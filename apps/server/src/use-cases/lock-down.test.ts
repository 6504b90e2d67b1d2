import {
  beginWayBack,
  checkCutOver,
  readCutOver,
  readDirectSenders,
  Refusal,
  requestCanary,
  requestUninstall,
  resumeCutOver,
  reviewUninstall,
  skipCutOverStep,
  startCutOver,
  switchLockDown,
  TenantError,
  watchCanaries,
} from '@holdfast/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

const name = 'contoso.example';
const OURS = ['mx1.holdfast.example', 'mx2.holdfast.example'];
const TENANT = 'contoso-example.mail.protection.outlook.example';
const DAY = 86_400_000;

let world: World;
let contoso: OrganisationHandle;
let mails: { to: string; subject: string }[];

beforeEach(async () => {
  mails = [];
  world = await createWorld({
    frontDoor: {
      deliver: async ({ recipient }) => ({
        recipient,
        outcome: { kind: 'reply', code: 250, text: 'ok' },
        host: 'mx1.holdfast.example',
        tls: null,
      }),
    },
    tenantMailbox: {
      putSentItem: () => Promise.reject(new Error('nothing is put back here')),
      findMessage: async () => ({ id: 'm', folder: 'Inbox', receivedAt: 1, isRead: false }),
      removeMessage: async () => undefined,
    },
    messageTrace: {
      received: async () => ({
        rows: [
          {
            sender: 'scanner@contoso.example',
            recipient: 'ada@contoso.example',
            fromIp: '192.0.2.7',
            receivedAt: 5,
          },
        ],
        complete: true,
      }),
    },
    alternateEmail: {
      send: async ({ to, subject }) => {
        mails.push({ to, subject });
        return { ok: true, reference: 'r' };
      },
    },
  });
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  pointMx(TENANT);
});
afterEach(() => world.close());

function pointMx(...hosts: readonly string[]): void {
  const records = hosts.map((exchange, position) => ({ exchange, preference: position * 10 }));
  world.dns.set(name, { ok: true, value: { records, ttl: 300 } });
}

async function refusalOf(refused: Promise<unknown>): Promise<Refusal> {
  const error = await refused.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refusal) return error;
  throw new Error('it was not refused', { cause: error });
}

const check = () => checkCutOver(world.ports, contoso.actor, { name });
const lockDown = (on: boolean) => switchLockDown(world.ports, contoso.actor, { on });
const isLocked = (): boolean =>
  world.tenant.exchangeState.connectors?.some((one) => one.restrictToAddresses) === true;

/** Prepared, proved, and MX here. */
async function throughUs(): Promise<void> {
  await startCutOver(world.ports, contoso.actor, { name });
  const mailbox = 'ada@contoso.example';
  await requestCanary(world.ports, contoso.actor, { name, mailbox });
  await world.runJobs();
  await watchCanaries(world.ports, contoso.id);
  pointMx(...OURS);
  await check();
}

describe('the lock-down', () => {
  test('is refused until every domain comes through us and a test message has arrived', async () => {
    const early = await refusalOf(lockDown(true));
    expect(early.code).toBe('lock-down.refused');
    expect(early.message).toContain('points to Office 365');
    pointMx(...OURS);
    expect((await refusalOf(lockDown(true))).message).toContain('No test message');
    pointMx(...OURS, TENANT);
    expect((await refusalOf(lockDown(true))).message).toContain('points to Office 365');
    expect(isLocked()).toBe(false);
  });

  test('goes on and off, and is seen', async () => {
    await throughUs();
    expect(await lockDown(true)).toEqual({ done: true, script: null });
    expect(isLocked()).toBe(true);
    expect((await check()).record.evidence?.lockDown).toBe('on');
    expect(await lockDown(false)).toEqual({ done: true, script: null });
    expect(isLocked()).toBe(false);
  });

  test('is refused while the way back runs, and taken off there at once', async () => {
    await throughUs();
    await lockDown(true);
    await beginWayBack(world.ports, contoso.actor, { name, reason: 'over' });
    await lockDown(false);
    expect((await refusalOf(lockDown(true))).message).toContain('way back');
    await resumeCutOver(world.ports, contoso.actor, { name });
    expect((await readCutOver(world.ports, contoso.actor, { name })).record.state).toMatchObject({
      phase: 'through-us',
      canary: null,
    });
  });

  test('under which MX leaves us is told to every administrator once, and stays on', async () => {
    await throughUs();
    await lockDown(true);
    pointMx(TENANT);
    const reading = await check();
    expect(reading.refused).toEqual([name]);
    await check();
    await world.runJobs();
    const told = mails.filter(({ subject }) => subject.includes('refuses mail'));
    expect(told).toEqual([expect.objectContaining({ to: contoso.actor.email })]);
    expect(isLocked()).toBe(true);
    const { needs } = await contoso.console.overview.get();
    expect(needs[0]).toMatchObject({ id: `lock-down-${name}`, level: 'problem' });
    expect(world.errors).toContainEqual(expect.objectContaining({ domain: name }));
  });

  test('without the permission is a script, and nothing is changed', async () => {
    await throughUs();
    world.tenant.failure = new TenantError({ code: 'forbidden', detail: 'role', retryAfter: null });
    const off = await lockDown(false);
    expect(off).toMatchObject({ done: false });
    expect(off.script).not.toBeNull();
  });
});

describe('who still sends directly', () => {
  test('settles the step once the wait is over, and tells what it probably is', async () => {
    await throughUs();
    const early = await readDirectSenders(world.ports, contoso.actor, { name });
    expect(early).toMatchObject({ senders: [{ fromIp: '192.0.2.7', hint: 'own-device' }] });
    expect((await check()).record.state).toMatchObject({ directSenders: null });
    world.advance(4 * DAY);
    await readDirectSenders(world.ports, contoso.actor, { name });
    expect((await check()).record.state).toMatchObject({
      directSenders: { messages: 1, sources: 1 },
    });
  });
});

describe('uninstalling', () => {
  const uninstall = (typed = 'uninstall') =>
    requestUninstall(world.ports, contoso.actor, { typed });
  const titles = async (): Promise<readonly string[]> =>
    (await reviewUninstall(world.ports, contoso.actor)).blockers.map(({ title }) => title);

  test('wants the words', async () => {
    expect((await refusalOf(uninstall('yes'))).code).toBe('uninstall.words-missing');
  });

  test('is refused while MX points here, while we relay, and while locked down; each is named with its page', async () => {
    await throughUs();
    await lockDown(true);
    expect(await titles()).toEqual(['The lock-down is on', `MX of ${name} points here`]);
    await lockDown(false);
    await beginWayBack(world.ports, contoso.actor, { name, reason: 'over' });
    pointMx(TENANT);
    await check();
    expect(await titles()).toEqual([`We still relay mail of ${name}`]);
    expect((await refusalOf(uninstall())).message).toContain('We still relay');
    world.advance(8 * DAY);
    await check();
    expect(await titles()).toEqual([]);
  });

  test('is refused while an event is open', async () => {
    await contoso.console.event.start({
      scope: { kind: 'everyone' },
      relay: 'keep-trying',
      reason: 'down',
    });
    expect(await titles()).toContain('An emergency event is open');
  });

  test('is refused while DNS is silent: nobody knows where MX points', async () => {
    world.dns.set(name, { ok: false, failure: 'unavailable', detail: 'timeout' });
    expect(await titles()).toEqual([`Where MX of ${name} points is not known`]);
  });

  test('takes away what is ours, ends protection, and says what is left to do', async () => {
    const before = { ...world.tenant.exchangeState, connectors: [] };
    expect(await titles()).toEqual([]);
    await uninstall();
    await world.runJobs();
    const { latest, protectedUsers } = await reviewUninstall(world.ports, contoso.actor);
    expect(latest).toMatchObject({
      state: 'done',
      startedBy: contoso.actor.email,
      removed: expect.arrayContaining([expect.stringContaining('inbound connector')]),
      byHand: expect.arrayContaining([expect.stringContaining('Enterprise applications')]),
      copiesUntil: world.ports.clock.now() + 30 * DAY,
    });
    expect(protectedUsers).toBe(0);
    expect(world.tenant.exchangeState.connectors).toEqual(before.connectors);
    expect(world.tenant.exchangeState.rules).toEqual([]);
    expect((await refusalOf(uninstall())).code).toBe('installation.not-done');
    const audit = await world.ports.database.withinOrganisation(contoso.id, (r) =>
      r.audit.recent(20),
    );
    expect(audit.map(({ action }) => action)).toContain('organisation.uninstalled');
  });

  test('stops, with everything as it was, when Office 365 does not let it', async () => {
    await uninstall();
    const answer = { code: 'sign-in-failed', detail: 'expired', retryAfter: null } as const;
    world.tenant.failure = new TenantError(answer);
    await world.runJobs();
    world.tenant.failure = null;
    const { latest, protectedUsers } = await reviewUninstall(world.ports, contoso.actor);
    expect(latest).toMatchObject({ state: 'stopped', detail: expect.stringContaining('expired') });
    expect(protectedUsers).toBeGreaterThan(0);
  });

  test('without the Exchange permission hands over the script', async () => {
    await uninstall();
    const answer = { code: 'forbidden', detail: 'no role', retryAfter: null } as const;
    world.tenant.failure = new TenantError(answer);
    await world.runJobs();
    world.tenant.failure = null;
    const { latest } = await reviewUninstall(world.ports, contoso.actor);
    expect(latest).toMatchObject({ state: 'done' });
    expect(latest?.script).not.toBeNull();
  });

  test('a skipped step is undone with everything else: the next cut-over begins anew', async () => {
    await startCutOver(world.ports, contoso.actor, { name });
    await skipCutOverStep(world.ports, contoso.actor, { name, step: 'ttl', reason: 'low' });
    await uninstall();
    await world.runJobs();
    const { record } = await readCutOver(world.ports, contoso.actor, { name });
    expect(record).toMatchObject({ state: null, evidence: null });
  });
});
