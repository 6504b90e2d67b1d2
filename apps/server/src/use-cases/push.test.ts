import {
  endDevices,
  endUserSessions,
  readPushKey,
  settleEvent,
  signOutUser,
  startDrill,
  subscribeDevice,
  tellDevices,
  unsubscribeDevice,
  type PushService,
  type UserActor,
} from '@holdfast/application';
import {
  DAY,
  HOUR,
  MAX_PUSH_DEVICES,
  MINUTE,
  PUSH_MAIL_EVERY,
  SECOND,
  type PushOutcome,
} from '@holdfast/domain';
import { anIngestedMessage } from '@holdfast/testkit';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leaveSession } from './testing/portal-user.ts';
import { refusalCode } from './testing/refusal-code.ts';
import { idOf, installEveryone, refresh } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

const PHONE = 'https://push.example/send/phone';
const TABLET = 'https://push.example/send/tablet';
const KEYS = { publicKey: 'public', privateKey: 'private' };

let world: World;
let contoso: OrganisationHandle;
let ada: UserActor;
let told: { readonly endpoint: string; readonly topic: string }[];
let outcome: PushOutcome;
let keysMade: number;

beforeEach(async () => {
  told = [];
  keysMade = 0;
  outcome = { kind: 'taken' };
  const push: PushService = {
    createKeys: async () => {
      keysMade += 1;
      return KEYS;
    },
    send: async ({ endpoint, keys, urgency }) => {
      expect(keys).toEqual(KEYS);
      told.push({ endpoint, topic: urgency.topic });
      return outcome;
    },
  };
  world = await createWorld({ push });
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  await start();
  ada = await signIn(await idOf(contoso, 'ada'));
});
afterEach(() => world.close());

function start(
  scope: { kind: 'everyone' } | { kind: 'users'; userIds: string[] } = { kind: 'everyone' },
) {
  return contoso.console.event.start({ scope, reason: 'a test' });
}

function signIn(userId: string, token: string = randomUUID()): Promise<UserActor> {
  return leaveSession(world, contoso.id, userId, { token });
}

async function mailComes(
  change: {
    readonly folder?: 'inbox' | 'junk';
    readonly isRead?: boolean;
    readonly at?: number;
  } = {},
): Promise<void> {
  world.advance(SECOND);
  const at = change.at ?? world.ports.clock.now();
  await world.ports.database.acrossOrganisations(async ({ ingest }) => {
    await ingest.ensureDays([at]);
    const item = {
      id: randomUUID(),
      userId: ada.userId,
      folder: change.folder ?? 'inbox',
      isRead: change.isRead ?? false,
      isFlagged: false,
      viaGroup: null,
    } as const;
    const message = {
      id: world.ports.identifiers.uuid(),
      organisationId: contoso.id,
      acceptedAt: at,
      items: [item],
    };
    await ingest.apply([anIngestedMessage(message)], []);
  });
}

function tell() {
  return tellDevices(world.ports, contoso.id);
}

async function audited(action: string) {
  const entries = await world.ports.database.withinOrganisation(contoso.id, ({ audit }) =>
    audit.recent(200),
  );
  return entries.filter((entry) => entry.action === action);
}

describe('a device that wants to be told', () => {
  test('is told once of new mail, and again only after some minutes and only of newer mail', async () => {
    await subscribeDevice(world.ports, ada, { endpoint: PHONE });
    await tell();
    expect(told).toEqual([]);
    await mailComes();
    await mailComes();
    expect(await tell()).toEqual([{ reason: 'mail', outcome: 'taken' }]);
    expect(told).toEqual([{ endpoint: PHONE, topic: 'mail' }]);
    await tell();
    await mailComes();
    await tell();
    expect(told).toHaveLength(1);
    world.advance(PUSH_MAIL_EVERY);
    await tell();
    expect(told).toHaveLength(2);
    world.advance(DAY);
    await tell();
    expect(told).toHaveLength(2);
  });

  test('is told nothing of junk, of what was read elsewhere, and of what came before it asked', async () => {
    await mailComes();
    world.advance(SECOND);
    await subscribeDevice(world.ports, ada, { endpoint: PHONE });
    await mailComes({ folder: 'junk' });
    await mailComes({ isRead: true });
    await tell();
    expect(told).toEqual([]);
  });

  test('is told of mail that was let out of quarantine long after it came', async () => {
    const came = world.ports.clock.now();
    await mailComes();
    world.advance(MINUTE);
    await subscribeDevice(world.ports, ada, { endpoint: PHONE });
    await tell();
    expect(told).toEqual([]);
    await world.ports.database.withinOrganisation(contoso.id, ({ push }) =>
      push.shownLate([ada.userId], came),
    );
    await tell();
    await tell();
    expect(told).toHaveLength(1);
  });

  test('is told that the event has ended and begun again, at once, and of the mail between with it', async () => {
    await subscribeDevice(world.ports, ada, { endpoint: PHONE });
    await mailComes();
    await tell();
    await contoso.console.event.end({ typed: 'end anyway' });
    await tell();
    await mailComes();
    world.advance(PUSH_MAIL_EVERY);
    await tell();
    await start();
    await tell();
    expect(told.map(({ topic }) => topic)).toEqual(['mail', 'state', 'state']);
  });

  test('is told a last time, and forgotten, when its mailbox closes at once', async () => {
    await subscribeDevice(world.ports, ada, { endpoint: PHONE });
    await contoso.console.event.end({ typed: 'end anyway' });
    await start({ kind: 'users', userIds: [await idOf(contoso, 'ben')] });
    expect(await tell()).toEqual([{ reason: 'state', outcome: 'taken' }]);
    expect((await audited('push.removed')).map(({ details }) => details)).toEqual([
      { why: 'mailbox closed' },
    ]);
    world.advance(MINUTE);
    expect(await tell()).toEqual([]);
  });

  test('is forgotten in silence when a mailbox that can only be read closes', async () => {
    await subscribeDevice(world.ports, ada, { endpoint: PHONE });
    await contoso.console.event.end({ typed: 'end anyway' });
    await tell();
    world.advance(6 * DAY);
    await tell();
    expect(told).toHaveLength(1);
    world.advance(9 * DAY);
    await tell();
    expect(told).toHaveLength(1);
    expect(await audited('push.removed')).toHaveLength(1);
  });
});

describe('a push service', () => {
  test('that says later is left alone until then, and with longer pauses each time', async () => {
    await subscribeDevice(world.ports, ada, { endpoint: PHONE });
    await mailComes();
    outcome = { kind: 'later', retryAfter: 10 * MINUTE, detail: '429' };
    expect(await tell()).toEqual([{ reason: 'mail', outcome: 'later' }]);
    world.advance(10 * MINUTE - 1);
    await tell();
    expect(told).toHaveLength(1);
    world.advance(1);
    outcome = { kind: 'taken' };
    await tell();
    expect(told).toHaveLength(2);
    await tell();
    expect(told).toHaveLength(2);
  });

  test('that knows the device no more makes us forget it', async () => {
    await subscribeDevice(world.ports, ada, { endpoint: PHONE });
    await mailComes();
    outcome = { kind: 'gone', detail: '410' };
    await tell();
    await mailComes();
    world.advance(DAY);
    await tell();
    expect(told).toHaveLength(1);
    expect((await readPushKey(world.ports, ada)).endpoint).toBeNull();
    expect((await audited('push.removed')).map(({ details }) => details)).toEqual([
      { why: 'gone' },
    ]);
  });

  test('does not hold up others that a second worker looks after', async () => {
    await subscribeDevice(world.ports, ada, { endpoint: PHONE });
    await mailComes();
    await Promise.all([tell(), tell()]);
    expect(told).toHaveLength(1);
  });
});

describe('a device is told nothing any more', () => {
  beforeEach(() => subscribeDevice(world.ports, ada, { endpoint: PHONE }));
  const afterNewMail = async () => {
    await mailComes();
    await tell();
    return told;
  };

  test('after its user has switched it off', async () => {
    await unsubscribeDevice(world.ports, ada);
    expect(await afterNewMail()).toEqual([]);
    expect(await audited('push.unsubscribed')).toHaveLength(1);
  });

  test('after it was signed out from another one', async () => {
    const other = await signIn(ada.userId);
    await endDevices(world.ports, other, { device: 'others' });
    expect(await afterNewMail()).toEqual([]);
  });

  test('after an administrator has ended the sessions', async () => {
    await endUserSessions(world.ports, contoso.actor, { userId: ada.userId });
    expect(await afterNewMail()).toEqual([]);
  });

  test('after its session has run out', async () => {
    world.advance(7 * DAY);
    expect(await afterNewMail()).toEqual([]);
    expect(await audited('push.removed')).toHaveLength(1);
  });

  test('after its user was switched off at Microsoft', async () => {
    const { reading } = world.tenant;
    const objects = reading.objects.map((object) =>
      object.primaryAddress === 'ada@contoso.example'
        ? { ...object, accountEnabled: false }
        : object,
    );
    world.tenant.reading = { ...reading, objects };
    await refresh(world, contoso.console);
    expect(await afterNewMail()).toEqual([]);
  });

  test('after its user is protected no more', async () => {
    await world.ports.database.withinOrganisation(contoso.id, async ({ directory }) => {
      await directory.setProtection([ada.userId], false, world.ports.clock.now());
    });
    expect(await afterNewMail()).toEqual([]);
  });

  test('once somebody else is told on the same browser', async () => {
    const ben = await signIn(await idOf(contoso, 'ben'));
    await subscribeDevice(world.ports, ben, { endpoint: PHONE });
    expect(await afterNewMail()).toEqual([]);
    expect((await readPushKey(world.ports, ben)).endpoint).toBe(PHONE);
  });
});

test('more devices than are told together are all told in one turn', async () => {
  const devices = 103;
  for (let device = 0; device < devices; device += 1) {
    const { sessionId, userId } = await signIn(ada.userId);
    const now = world.ports.clock.now();
    const endpoint = `${PHONE}/${device}`;
    // As of many people, past the limit for one.
    await world.ports.database.withinOrganisation(contoso.id, ({ push }) =>
      push.save(
        { sessionId, userId, endpoint, madeAt: now, access: 'open', toldUntil: now },
        devices,
        now,
      ),
    );
  }
  await mailComes();
  await tell();
  expect(new Set(told.map(({ endpoint }) => endpoint)).size).toBe(devices);
  expect(told).toHaveLength(devices);
});

test('whose session ends while slow push services hold up the devices before is not told any more', async () => {
  const devices = 103;
  for (let device = 0; device < devices; device += 1) {
    const { sessionId, userId } = await signIn(ada.userId);
    const now = world.ports.clock.now();
    const endpoint = `${PHONE}/${device}`;
    const subscription = { sessionId, userId, endpoint, madeAt: now, toldUntil: now };
    await world.ports.database.withinOrganisation(contoso.id, ({ push }) =>
      push.save({ ...subscription, access: 'open' }, devices, now),
    );
  }
  await mailComes();
  const service = world.ports.push;
  const push: PushService = {
    ...service,
    send: async (message) => {
      await world.ports.database.withinOrganisation(contoso.id, ({ directory }) =>
        directory.setProtection([ada.userId], false, world.ports.clock.now()),
      );
      return service.send(message);
    },
  };
  await tellDevices({ ...world.ports, push }, contoso.id);
  expect(told).toHaveLength(100);
});

test('of more devices than one person has, the newest are told', async () => {
  for (let device = 0; device < MAX_PUSH_DEVICES + 2; device += 1) {
    world.advance(SECOND);
    const actor = await signIn(ada.userId);
    await subscribeDevice(world.ports, actor, { endpoint: `${PHONE}/${device}` });
  }
  await mailComes();
  await tell();
  const expected = Array.from({ length: MAX_PUSH_DEVICES }, (_, index) => `${PHONE}/${index + 2}`);
  expect(told.map(({ endpoint }) => endpoint).toSorted()).toEqual(expected.toSorted());
});

test('signing out takes the device away with the session', async () => {
  const token = randomUUID();
  const tablet = await signIn(ada.userId, token);
  await subscribeDevice(world.ports, tablet, { endpoint: TABLET });
  await signOutUser(world.ports, { token });
  await mailComes();
  await tell();
  expect(told).toEqual([]);
});

test('the keys are made once, by the first who asks, and their private half is sealed', async () => {
  const asked = [readPushKey(world.ports, ada), readPushKey(world.ports, ada)];
  expect(await Promise.all(asked)).toEqual([
    { publicKey: 'public', endpoint: null },
    { publicKey: 'public', endpoint: null },
  ]);
  const before = keysMade;
  await readPushKey(world.ports, ada);
  expect(keysMade).toBe(before);
  const kept = await world.ports.database.acrossOrganisations((system) => system.pushKeys());
  expect(kept?.sealedPrivateKey).not.toBe('private');
});

test('a device is refused that names anything but a push service of the internet', async () => {
  for (const endpoint of [
    'https://10.0.0.1/a',
    'http://push.example/a',
    'https://push.example:22/a',
  ]) {
    expect(await refusalCode(subscribeDevice(world.ports, ada, { endpoint }))).toBe(
      'push.endpoint-refused',
    );
  }
});

test('asking again changes nothing and is audited once, without the endpoint', async () => {
  await subscribeDevice(world.ports, ada, { endpoint: PHONE });
  await mailComes();
  await tell();
  await subscribeDevice(world.ports, ada, { endpoint: PHONE });
  world.advance(PUSH_MAIL_EVERY);
  await tell();
  expect(told).toHaveLength(1);
  const entries = await audited('push.subscribed');
  expect(entries.map(({ details }) => details)).toEqual([{ service: 'https://push.example' }]);
});

test('in a drill there is nothing to be told: mail comes to Outlook as always', async () => {
  await contoso.console.event.end({ typed: 'end anyway' });
  world.advance(15 * DAY);
  await settleEvent(world.ports, contoso.id);
  const endsAt = world.ports.clock.now() + HOUR;
  const ben = await idOf(contoso, 'ben');
  await startDrill(world.ports, contoso.actor, { userIds: [ben], reason: 'practice', endsAt });
  const actor = await signIn(ben);
  expect(await refusalCode(subscribeDevice(world.ports, actor, { endpoint: PHONE }))).toBe(
    'mailbox.drill',
  );
});

test('without an event there is nothing to subscribe to, and where push is off neither', async () => {
  const off = { ...world.ports, settings: { ...world.ports.settings, push: false } };
  expect(await refusalCode(subscribeDevice(off, ada, { endpoint: PHONE }))).toBe(
    'push.unavailable',
  );
  await contoso.console.event.end({ typed: 'end anyway' });
  world.advance(15 * DAY);
  expect(await refusalCode(subscribeDevice(world.ports, ada, { endpoint: PHONE }))).toBe(
    'mailbox.closed',
  );
});
