import {
  addPasskey,
  choosePassword,
  findUserSession,
  offerPasskey,
  readAccount,
  removePasskey,
  requestPasskey,
  signInUser,
  usePasskey,
  type PasskeyJson,
  type UserActor,
} from '@holdfast/application';
import { MINUTE } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPasskeys } from '../composition/passkeys.ts';
import { actorOf, givePassword, PASSWORD, leaveSession } from './testing/portal-user.ts';
import { createOutside, giveChannel, type Outside } from './testing/reach.ts';
import { refusalCode } from './testing/refusal-code.ts';
import { idOf, installEveryone } from './testing/set-up.ts';
import {
  createSoftwareAuthenticator,
  type SoftwareAuthenticator,
} from './testing/software-authenticator.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

const PORTAL = 'https://mail.holdfast.example';
const VISITOR = {
  ip: '192.0.2.1',
  userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Safari/604.1',
};

let world: World;
let contoso: OrganisationHandle;
let outside: Outside;
let ada: UserActor;
let phone: SoftwareAuthenticator;

beforeEach(async () => {
  outside = createOutside();
  world = await createWorld(outside.ports);
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  const userId = await idOf(contoso, 'ada');
  await givePassword(world, contoso.id, userId);
  await giveChannel(world, contoso, userId, { kind: 'sms', value: '+4915123456780' });
  const login = 'ada@contoso.example';
  ada = await actorOf(
    world,
    await signInUser(world.ports, { login, password: PASSWORD, ...VISITOR }),
  );
  phone = createSoftwareAuthenticator(PORTAL);
});
afterEach(() => world.close());

async function register(key = phone): Promise<void> {
  const answer = key.make(await offerPasskey(world.ports, ada));
  await addPasskey(world.ports, ada, { answer, userAgent: VISITOR.userAgent });
}
const enter = async (key = phone): Promise<string> =>
  use(key.assert(await requestPasskey(world.ports, VISITOR)));
const use = (answer: PasskeyJson): Promise<string> =>
  refusalCode(usePasskey(world.ports, { answer, ...VISITOR }));

describe('a passkey', () => {
  test('lets in without a login, and shows where and when in the account', async () => {
    await register();
    const session = await usePasskey(world.ports, {
      answer: phone.assert(await requestPasskey(world.ports, VISITOR)),
      ...VISITOR,
    });
    expect(session.mustChoosePassword).toBe(false);
    const account = await readAccount(world.ports, await actorOf(world, session));
    expect(account).toMatchObject({
      method: 'passkey',
      passkeys: [{ device: 'Safari on iPhone', lastUsedAt: world.ports.clock.now() }],
    });
  });

  test('is told to the channels from before, and *Not me* takes it away', async () => {
    await register();
    await world.runJobs();
    expect(outside.to('+4915123456780')).toHaveLength(1);
  });

  test('takes the place of the password for whoever came in with something that works once', async () => {
    const method = 'temporary-password';
    await leaveSession(world, contoso.id, ada.userId, { token: 'once', method });
    const find = () => findUserSession(world.ports, { token: 'once', ip: '' });
    const before = await find();
    expect(before?.mustChoosePassword).toBe(true);
    const actor = before?.actor ?? ada;
    const answer = phone.make(await offerPasskey(world.ports, actor));
    await addPasskey(world.ports, actor, { answer, userAgent: null });
    expect((await find())?.mustChoosePassword).toBe(false);
  });

  test('lets nobody in once it was removed', async () => {
    await register();
    const { passkeys } = await readAccount(world.ports, ada);
    await removePasskey(world.ports, ada, { passkeyId: passkeys[0]?.id ?? '' });
    expect(await enter()).toBe('session.passkey-wrong');
  });

  test('lets nobody in who was unprotected', async () => {
    await register();
    await contoso.console.users.saveProtection({ unprotect: [ada.userId] });
    expect(await enter()).toBe('session.passkey-wrong');
  });

  test('goes on beside a password', async () => {
    await register();
    await choosePassword(world.ports, ada, { password: 'another long sentence' });
    expect(await enter()).toBe('let in');
  });
});

describe('what is refused', () => {
  test('an answer that was given before, or too late', async () => {
    await register();
    const answer = phone.assert(await requestPasskey(world.ports, VISITOR));
    expect(await use(answer)).toBe('let in');
    expect(await use(answer)).toBe('session.passkey-wrong');
    const late = phone.assert(await requestPasskey(world.ports, VISITOR));
    world.advance(5 * MINUTE);
    expect(await use(late)).toBe('session.passkey-wrong');
  });

  test('an answer to a challenge of our own making, for something else', async () => {
    await register();
    const offered = await offerPasskey(world.ports, ada);
    expect(await use(phone.assert(offered))).toBe('session.passkey-wrong');
    const stranger = phone.assert({ challenge: 'bm90IG91cnM' });
    expect(await use(stranger)).toBe('session.passkey-wrong');
  });

  test.each([
    ['another site', createSoftwareAuthenticator('https://mail.holdfast.example.evil.example')],
    [
      'a device that did not check who holds it',
      createSoftwareAuthenticator(PORTAL, { verifies: false }),
    ],
  ])('a passkey made by %s', async (_name, key) => {
    const answer = key.make(await offerPasskey(world.ports, ada));
    const adding = addPasskey(world.ports, ada, { answer, userAgent: null });
    expect(await refusalCode(adding)).toBe('passkeys.not-verified');
    expect((await readAccount(world.ports, ada)).passkeys).toEqual([]);
  });

  test('the signature of another key under the same name', async () => {
    await register();
    const forged = createSoftwareAuthenticator(PORTAL);
    const own = phone.assert(await requestPasskey(world.ports, VISITOR));
    const answer = forged.assert(await requestPasskey(world.ports, VISITOR));
    expect(await use({ ...answer, id: own['id'], rawId: own['rawId'] })).toBe(
      'session.passkey-wrong',
    );
  });

  test('a copy of a key, whose counter has fallen behind', async () => {
    await register();
    expect(await enter()).toBe('let in');
    await world.ports.database.withinOrganisation(contoso.id, async ({ signIn }) => {
      const [passkey] = await signIn.passkeys(ada.userId);
      await signIn.passkeyUsed(passkey?.id ?? '', 1000, world.ports.clock.now());
    });
    expect(await enter()).toBe('session.passkey-wrong');
  });

  test.each([{}, { response: null }, { id: 'x', response: { clientDataJSON: '%%%' } }])(
    'whatever else is sent: %j',
    async (answer) => {
      expect(await use(answer)).toBe('session.passkey-wrong');
    },
  );
});

test.each([
  ['https://mail.holdfast.example', true],
  ['http://localhost:3001', true],
  ['http://mail.holdfast.example', false],
  ['https://192.0.2.7', false],
  ['http://127.0.0.1:3001', false],
  ['https://[2001:db8::1]', false],
])('passkeys at %s: %s', (url, possible) => {
  expect(createPasskeys(url).possible).toBe(possible);
});
