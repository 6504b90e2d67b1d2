import {
  addPasskey,
  choosePassword,
  disputeChange,
  endDevices,
  HELPDESK_CODES_PER_USER,
  makeRecoveryCodes,
  offerPasskey,
  putBannerAway,
  readPortalState,
  requestWayIn,
  SECOND_PERSON_FOR,
  settleEnteredContacts,
  signInUser,
  usePasskey,
  useWayIn,
  requestPasskey,
  type UserActor,
} from '@holdfast/application';
import { ENTERED_USABLE_AFTER, HOUR, MINUTE } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { actorOf, givePassword, PASSWORD } from './testing/portal-user.ts';
import { createOutside, giveChannel, wayInOf, type Outside } from './testing/reach.ts';
import { refusalFrom } from './testing/refusal.ts';
import { refusalCode } from './testing/refusal-code.ts';
import { idOf, installEveryone } from './testing/set-up.ts';
import { createSoftwareAuthenticator } from './testing/software-authenticator.ts';
import {
  createWorld,
  type AdminCaller,
  type OrganisationHandle,
  type World,
} from './testing/world.ts';

const ADA = 'ada@contoso.example';
const PHONE = '+4915123456780';
const VISITOR = { ip: '192.0.2.1', userAgent: null };

let world: World;
let contoso: OrganisationHandle;
let outside: Outside;
let ada: string;

beforeEach(async () => {
  outside = createOutside();
  world = await createWorld(outside.ports);
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  ada = await idOf(contoso, 'ada');
  world.spooled.splice(0);
  outside.told.splice(0);
});
afterEach(() => world.close());

const make = (console: AdminCaller = contoso.console) =>
  console.users.makeSignInCode({ userId: ada, identityCheck: 'called-back' });
const signIn = (password: string) => signInUser(world.ports, { login: ADA, password, ...VISITOR });
const enter = (password: string): Promise<string> => refusalCode(signIn(password));
const banner = async (actor: UserActor) => (await readPortalState(world.ports, actor)).helpdesk;
/** What the work mailbox was told. */
const workNotices = (): readonly string[] => world.spooled.map(({ mail }) => mail.text);

/** A colleague of the owner in the console. */
async function colleague(): Promise<AdminCaller> {
  const administratorId = world.ports.identifiers.uuid();
  const email = 'helen@contoso.example';
  await world.ports.database.withinOrganisation(contoso.id, ({ accounts }) =>
    accounts.addAdministrator({
      id: administratorId,
      organisationId: contoso.id,
      email,
      name: 'Helen Help',
      role: 'administrator',
      passwordHash: 'none',
      joinedAt: null,
    }),
  );
  return world.caller({ ...contoso.actor, administratorId, email });
}

describe('a code that the helpdesk reads out', () => {
  test('lets in once within a quarter of an hour, and has a way of their own chosen', async () => {
    const { code } = await make();
    expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    const session = await signIn(code.toLowerCase().replaceAll('-', ' '));
    expect(session.mustChoosePassword).toBe(true);
    expect(await enter(code)).toBe('session.wrong-credentials');
    const late = await make();
    world.advance(15 * MINUTE);
    expect(await enter(late.code)).toBe('session.wrong-credentials');
  });

  test('is void when a newer one was made, and never kept in clear', async () => {
    const first = await make();
    const second = await make();
    expect(await enter(first.code)).toBe('session.wrong-credentials');
    const rows = await world.ports.database.withinOrganisation(
      contoso.id,
      ({ signIn: codes, audit }) => Promise.all([codes.lockCodes(ada, 0), audit.recent(10)]),
    );
    expect(JSON.stringify([rows, world.jobs])).not.toContain(second.code);
    expect(await enter(second.code)).toBe('let in');
  });

  test('is in the audit log with who made it and how they checked', async () => {
    await make();
    const entries = await world.ports.database.withinOrganisation(contoso.id, ({ audit }) =>
      audit.recent(5),
    );
    expect(entries.find(({ action }) => action === 'sign-in.helpdesk-code-made')).toMatchObject({
      actor: contoso.actor.email,
      subject: ADA,
      details: { identityCheck: 'called-back' },
    });
  });

  test('is limited for each user', async () => {
    for (let count = 0; count < HELPDESK_CODES_PER_USER; count += 1) await make();
    expect((await refusalFrom(make())).code).toBe('session.too-many-attempts');
    world.advance(HOUR + 1);
    await expect(make()).resolves.toBeDefined();
  });

  test('is made for nobody who could not come in', async () => {
    await contoso.console.users.saveProtection({ unprotect: [ada] });
    expect((await refusalFrom(make())).code).toBe('users.not-protected');
  });
});

describe('the helpdesk alone', () => {
  test('takes over no mailbox unnoticed: it is told everywhere when the code is made and when it is used', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
    const { code } = await make();
    await world.runJobs();
    expect(outside.to(PHONE)).toHaveLength(1);
    expect(workNotices()).toHaveLength(1);
    await signIn(code);
    await world.runJobs();
    expect(outside.to(PHONE)).toHaveLength(2);
    expect(workNotices()).toHaveLength(2);
  });

  test('cannot keep it from the user by removing their phone before the notice has left', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
    await make();
    await contoso.console.users.resetInfo({ userId: ada });
    await world.runJobs();
    expect(outside.to(PHONE).length).toBeGreaterThanOrEqual(1);
  });

  test('cannot remove the phone first and make the code then: that takes a second person', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
    await contoso.console.users.resetInfo({ userId: ada });
    expect((await refusalFrom(make())).code).toBe('users.second-person');
    await expect(make(await colleague())).resolves.toBeDefined();
    world.advance(SECOND_PERSON_FOR + 1);
    await expect(make()).resolves.toBeDefined();
  });

  test('cannot enter an address of their own and make the code then, not even once it is in use', async () => {
    await contoso.console.users.enterContact({
      userId: ada,
      kind: 'email',
      value: 'mallory@posteo.example',
    });
    expect((await refusalFrom(make())).code).toBe('users.second-person');
    world.advance(ENTERED_USABLE_AFTER);
    await settleEnteredContacts(world.ports, contoso.id);
    expect((await refusalFrom(make())).code).toBe('users.second-person');
    await expect(make(await colleague())).resolves.toBeDefined();
  });

  test('is told of to every administrator where the user has no channel of their own', async () => {
    await colleague();
    await make();
    await world.runJobs();
    const told = [...outside.told.map(({ text }) => text), ...workNotices()];
    expect(told.filter((text) => text.includes('made a code for'))).toHaveLength(2);
  });

  test('puts the user out of nothing with the code: no device, no passkey, no recovery code', async () => {
    await givePassword(world, contoso.id, ada);
    const own = await actorOf(world, await signIn(PASSWORD));
    const { code } = await make();
    const thief = await actorOf(world, await signIn(code));
    for (const attempt of [
      () => endDevices(world.ports, thief, { device: 'others' }),
      () => endDevices(world.ports, thief, { device: own.sessionId }),
      () => makeRecoveryCodes(world.ports, thief),
    ])
      expect(await refusalCode(attempt())).toBe('session.not-with-helpdesk-code');
    expect(await banner(own)).toMatchObject({ by: contoso.actor.email, used: true });
  });

  test('cannot put the banner away, not even with a password chosen in that session', async () => {
    const { code } = await make();
    const thief = await actorOf(world, await signIn(code));
    await choosePassword(world.ports, thief, { password: 'chosen by the thief' });
    const again = await actorOf(world, await signIn('chosen by the thief'));
    for (const actor of [thief, again]) {
      expect(await banner(actor)).toMatchObject({ mayPutAway: false });
      await putBannerAway(world.ports, actor);
      expect(await banner(actor)).not.toBeNull();
    }
  });

  test('loses all that was made with the code to *Not me*', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
    const key = createSoftwareAuthenticator('https://mail.holdfast.example');
    const { code } = await make();
    const thief = await actorOf(world, await signIn(code));
    await choosePassword(world.ports, thief, { password: 'chosen by the thief' });
    const answer = key.make(await offerPasskey(world.ports, thief));
    await addPasskey(world.ports, thief, { answer, userAgent: null });
    await world.runJobs();
    const [told = ''] = outside.to(PHONE).filter((text) => text.includes('has made a code'));
    const token = /not-me\/(\S+)/.exec(told)?.[1] ?? '';
    await disputeChange(world.ports, { token, word: 'NO', ip: '192.0.2.9' });
    expect(await enter('chosen by the thief')).toBe('session.wrong-credentials');
    const asserted = key.assert(await requestPasskey(world.ports, VISITOR));
    expect(await refusalCode(usePasskey(world.ports, { answer: asserted, ...VISITOR }))).toBe(
      'session.passkey-wrong',
    );
    await expect(
      actorOf(world, { token: thief.sessionId, expiresAt: 0, mustChoosePassword: false }),
    ).rejects.toThrow();
  });
});

describe('the banner', () => {
  test('is put away by whoever was signed in before, and by a way in sent to their own phone', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
    await givePassword(world, contoso.id, ada);
    const before = await actorOf(world, await signIn(PASSWORD));
    world.advance(MINUTE);
    await make();
    expect(await banner(before)).toMatchObject({ used: false, mayPutAway: true });
    await putBannerAway(world.ports, before);
    expect(await banner(before)).toBeNull();
    await make();
    await requestWayIn(world.ports, { login: ADA, ip: VISITOR.ip });
    await world.runJobs();
    const { link } = wayInOf(outside.to(PHONE));
    const after = await actorOf(
      world,
      await useWayIn(world.ports, { login: ADA, way: { kind: 'link', link }, ...VISITOR }),
    );
    await putBannerAway(world.ports, after);
    expect(await banner(after)).toBeNull();
  });
});

describe('recovery codes', () => {
  test('let in once each with the login, replace those before, and are told', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
    await givePassword(world, contoso.id, ada);
    const own = await actorOf(world, await signIn(PASSWORD));
    const old = await makeRecoveryCodes(world.ports, own);
    const { codes } = await makeRecoveryCodes(world.ports, own);
    expect(new Set([...old.codes, ...codes]).size).toBe(16);
    expect(await enter(old.codes[0] ?? '')).toBe('session.wrong-credentials');
    expect(await enter(codes[0] ?? '')).toBe('let in');
    expect(await enter(codes[0] ?? '')).toBe('session.wrong-credentials');
    expect(await enter(codes[1] ?? '')).toBe('let in');
    await world.runJobs();
    expect(outside.to(PHONE).at(-1)).toContain('6 are left');
    const kept = await world.ports.database.withinOrganisation(contoso.id, ({ signIn: ways }) =>
      ways.recoveryCodes(ada),
    );
    for (const code of codes) expect(JSON.stringify(kept)).not.toContain(code);
  });

  test('of one person let in nobody else', async () => {
    await givePassword(world, contoso.id, ada);
    const own = await actorOf(world, await signIn(PASSWORD));
    const { codes } = await makeRecoveryCodes(world.ports, own);
    const other = signInUser(world.ports, {
      login: 'ben@contoso.example',
      password: codes[0] ?? '',
      ...VISITOR,
    });
    expect(await refusalCode(other)).toBe('session.wrong-credentials');
  });
});

describe('devices', () => {
  test('are signed out one by one, and all by an administrator, with what was still under way', async () => {
    await giveChannel(world, contoso, ada, { kind: 'sms', value: PHONE });
    await givePassword(world, contoso.id, ada);
    const first = await signIn(PASSWORD);
    const second = await signIn(PASSWORD);
    const mine = await actorOf(world, first);
    const theirs = await actorOf(world, second);
    await endDevices(world.ports, mine, { device: theirs.sessionId });
    await expect(actorOf(world, second)).rejects.toThrow('over');
    await requestWayIn(world.ports, { login: ADA, ip: VISITOR.ip });
    await world.runJobs();
    const { link } = wayInOf(outside.to(PHONE));
    expect(await contoso.console.users.endSessions({ userId: ada })).toEqual({ ended: 1 });
    await expect(actorOf(world, first)).rejects.toThrow('over');
    const late = useWayIn(world.ports, { login: ADA, way: { kind: 'link', link }, ...VISITOR });
    expect(await refusalCode(late)).toBe('session.way-in-wrong');
  });
});
