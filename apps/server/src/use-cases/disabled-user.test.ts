import {
  checkWatchers,
  findUserSession,
  listMailbox,
  sendMessage,
  tellDevices,
  type UserActor,
} from '@holdfast/application';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leaveSession } from './testing/portal-user.ts';
import { refusalCode } from './testing/refusal-code.ts';
import { idOf, installEveryone, refresh } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

const TOKEN = 'a token that was not ended';

let world: World;
let contoso: OrganisationHandle;
let ada: UserActor;
let told: number;

/** Disabled in the directory; and a session that nobody has ended, as if it had been opened in the same instant. */
beforeEach(async () => {
  told = 0;
  const send = async () => {
    told += 1;
    return { kind: 'taken' } as const;
  };
  const createKeys = async () => ({ publicKey: 'public', privateKey: 'private' });
  world = await createWorld({ push: { createKeys, send } });
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  await contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'a test' });
  const userId = await idOf(contoso, 'ada');
  const { reading } = world.tenant;
  const objects = reading.objects.map((object) =>
    object.primaryAddress === 'ada@contoso.example' ? { ...object, accountEnabled: false } : object,
  );
  world.tenant.reading = { ...reading, objects };
  await refresh(world, contoso.console);
  ada = await leaveSession(world, contoso.id, userId, { token: TOKEN });
});
afterEach(() => world.close());

describe('a user whose account was disabled is out although a session of theirs is left', () => {
  test('with the next request, whatever it asks for', async () => {
    expect(await findUserSession(world.ports, { token: TOKEN, ip: '' })).toBeNull();
  });

  test('also where a request was let in before: nothing is read, nothing sent', async () => {
    const asked = { folder: 'inbox', limit: 1, before: null } as const;
    expect(await refusalCode(listMailbox(world.ports, ada, asked))).toBe('session.required');
    const message = {
      key: randomUUID(),
      to: ['lee@fabrikam.example'],
      cc: [],
      subject: 'Out',
      text: 'Out',
      about: null,
      uploadIds: [],
    };
    expect(await refusalCode(sendMessage(world.ports, ada, message))).toBe('session.required');
  });

  test('of the stream of hints', async () => {
    const { organisationId, userId } = ada;
    const watcher = { organisationId, userId, tokenHash: world.ports.secrets.hashToken(TOKEN) };
    expect((await checkWatchers(world.ports, [watcher])).get(watcher)).toBeNull();
  });

  test('of what devices are told', async () => {
    const { sessionId, userId } = ada;
    const now = world.ports.clock.now();
    await world.ports.database.withinOrganisation(contoso.id, ({ push }) =>
      push.save(
        {
          sessionId,
          userId,
          endpoint: 'https://push.example/phone',
          madeAt: now,
          // There would be something to tell: the event has opened the mailbox.
          access: 'closed',
          toldUntil: now,
        },
        1,
        now,
      ),
    );
    await tellDevices(world.ports, contoso.id);
    expect(told).toBe(0);
    const left = await world.ports.database.withinOrganisation(contoso.id, ({ push }) =>
      push.find(sessionId),
    );
    expect(left).toBeNull();
  });
});
