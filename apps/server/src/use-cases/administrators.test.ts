import type { Actor } from '@holdfast/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findAdministratorSession } from '@holdfast/application';
import { refusalFrom } from './testing/refusal.ts';
import { idOf, installEveryone } from './testing/set-up.ts';
import {
  createWorld,
  type AdminCaller,
  type OrganisationHandle,
  type World,
} from './testing/world.ts';

const PASSWORD = 'a password of my own';
const HANNAH = { email: 'Hannah@help.example', name: 'Hannah', role: 'helpdesk' } as const;

let world: World;
let contoso: OrganisationHandle;
let mail: { readonly to: string; readonly text: string }[];
beforeEach(async () => {
  mail = [];
  world = await createWorld({
    alternateEmail: {
      send: ({ to, text }) => {
        mail.push({ to, text });
        return Promise.resolve({ ok: true, reference: 'sent' });
      },
    },
  });
  contoso = await world.organisation('Contoso');
});
afterEach(() => world.close());

async function tokenFor(address: string): Promise<string> {
  await world.runJobs();
  const text = mail.findLast(
    ({ to, text: body }) => to === address && body.includes('/join#'),
  )?.text;
  return /join#(\S+)/.exec(text ?? '')?.[1] ?? '';
}

/** Accepts, and is that administrator from then on. */
async function join(
  token: string,
): Promise<{ actor: NonNullable<Administrator>; session: string; console: AdminCaller }> {
  let session = '';
  const startSession = (given: string): void => {
    session = given;
  };
  await world.caller(null, { startSession }).session.join({ token, password: PASSWORD });
  const actor = await whoIs(session);
  if (actor === null) throw new Error('nobody is signed in');
  return { actor, session, console: world.caller(actor, { sessionToken: session }) };
}

type Administrator = Extract<Actor, { kind: 'administrator' }> | null;
const whoIs = (token: string): Promise<Administrator> =>
  findAdministratorSession(world.ports, { token, ip: '192.0.2.1' });

async function hannah() {
  await contoso.console.administrators.invite(HANNAH);
  return join(await tokenFor('hannah@help.example'));
}

const auditOf = async (): Promise<readonly string[]> =>
  (await world.ports.database.withinOrganisation(contoso.id, ({ audit }) => audit.recent(20))).map(
    ({ action, actor }) => `${action} by ${actor}`,
  );

describe('an invitation to administer', () => {
  test('makes an administrator of that role, once, and every administrator hears of it', async () => {
    await contoso.console.administrators.invite(HANNAH);
    const token = await tokenFor('hannah@help.example');
    expect(mail.map(({ to, text }) => `${to}: ${text}`)).toContainEqual(
      expect.stringContaining('invited helpdesk by owner@contoso.example'),
    );
    const { actor, console } = await join(token);
    expect(actor).toMatchObject({ email: 'hannah@help.example', role: 'helpdesk' });
    expect((await console.session.me())?.administrator.duties).not.toContain('look');
    const again = world.caller(null).session.join({ token, password: PASSWORD });
    expect((await refusalFrom(again)).code).toBe('session.invitation-invalid');
    const { administrators, invitations } = await contoso.console.administrators.list();
    expect(administrators.map(({ name, role }) => `${name} ${role}`)).toContain('Hannah helpdesk');
    expect(invitations).toEqual([]);
    expect(await auditOf()).toEqual(
      expect.arrayContaining([
        'administrator.invited by owner@contoso.example',
        'administrator.joined by hannah@help.example',
      ]),
    );
  });

  test('works for seven days, until it is taken back, and only by the newest link', async () => {
    await contoso.console.administrators.invite(HANNAH);
    const first = await tokenFor('hannah@help.example');
    await contoso.console.administrators.invite(HANNAH);
    const second = await tokenFor('hannah@help.example');
    const joining = (token: string) =>
      world.caller(null).session.join({ token, password: PASSWORD });
    expect((await refusalFrom(joining(first))).code).toBe('session.invitation-invalid');
    world.advance(7 * 86_400_000);
    expect((await refusalFrom(joining(second))).code).toBe('session.invitation-invalid');
    const { invitations } = await contoso.console.administrators.list();
    expect(invitations).toMatchObject([{ email: 'hannah@help.example', expired: true }]);
    await contoso.console.administrators.withdraw({ id: invitations[0]?.id ?? '' });
    expect((await contoso.console.administrators.list()).invitations).toEqual([]);
  });

  test('is not guessed: tries are limited for each address', async () => {
    const joining = () =>
      world.caller(null).session.join({ token: 'x'.repeat(40), password: PASSWORD });
    const codes: string[] = [];
    for (let tries = 0; tries < 21; tries += 1) codes.push((await refusalFrom(joining())).code);
    expect(codes.at(-2)).toBe('session.invitation-invalid');
    expect(codes.at(-1)).toBe('session.too-many-attempts');
  });

  test('of a second organisation says so when the same person has accepted the first meanwhile', async () => {
    const fabrikam = await world.organisation('Fabrikam');
    await contoso.console.administrators.invite(HANNAH);
    const first = await tokenFor('hannah@help.example');
    await fabrikam.console.administrators.invite(HANNAH);
    const second = await tokenFor('hannah@help.example');
    await join(first);
    const joining = world.caller(null).session.join({ token: second, password: PASSWORD });
    expect((await refusalFrom(joining)).code).toBe('administrators.address-taken');
  });

  test('goes to nobody who signs in here already', async () => {
    const invite = contoso.console.administrators.invite({ ...HANNAH, email: contoso.actor.email });
    expect((await refusalFrom(invite)).code).toBe('administrators.address-taken');
  });
});

describe('a role', () => {
  test('counts from the next click on, and who is removed is out at once', async () => {
    const { actor, console, session } = await hannah();
    const look = await refusalFrom(console.mailFlow.queue({}));
    expect(look.code).toBe('role.not-allowed');
    expect(look.message).toContain('helpdesk');
    await contoso.console.administrators.changeRole({ id: actor.administratorId, role: 'auditor' });
    const asAuditor = await whoIs(session);
    expect(asAuditor?.role).toBe('auditor');
    expect((await world.caller(asAuditor).mailFlow.queue({})).rows).toEqual([]);
    await contoso.console.administrators.remove({ id: actor.administratorId });
    expect(await whoIs(session)).toBeNull();
  });

  test('of an owner stays with somebody', async () => {
    const { administratorId: id } = contoso.actor;
    const demote = contoso.console.administrators.changeRole({ id, role: 'administrator' });
    expect((await refusalFrom(demote)).code).toBe('role.last-owner');
    const remove = contoso.console.administrators.remove({ id });
    expect((await refusalFrom(remove)).code).toBe('role.last-owner');
  });

  test('is nobody’s to give but an owner’s', async () => {
    await contoso.console.administrators.invite({ ...HANNAH, role: 'administrator' });
    const { console, actor } = await join(await tokenFor('hannah@help.example'));
    const rise = console.administrators.changeRole({ id: actor.administratorId, role: 'owner' });
    expect((await refusalFrom(rise)).code).toBe('role.not-allowed');
    const { administrators } = await console.administrators.list();
    expect(administrators.map(({ role }) => role).toSorted()).toEqual(['administrator', 'owner']);
  });
});

describe('the helpdesk', () => {
  test('helps a user in, sees nothing of mail, and still needs a second person', async () => {
    await installEveryone(world, contoso);
    const { console } = await hannah();
    const userId = await idOf(contoso, 'ada');
    expect((await console.users.list({ search: 'ada' })).total).toBe(1);
    await console.users.requestInfo({ kind: 'users', userIds: [userId] });
    await console.users.makeSignInCode({ userId, identityCheck: 'called-back' });
    await console.users.resetInfo({ userId });
    const code = console.users.makeSignInCode({ userId, identityCheck: 'called-back' });
    expect((await refusalFrom(code)).code).toBe('users.second-person');
    for (const call of [
      () => console.mailFlow.trace({}),
      () => console.users.saveProtection({ unprotect: [userId] }),
      () => console.event.undo(),
      () => console.settings.saveHelpdesk({ helpdesk: null }),
    ])
      expect((await refusalFrom(call())).code).toBe('role.not-allowed');
  });

  test('of another organisation changes nobody here', async () => {
    const fabrikam = await world.organisation('Fabrikam');
    const { actor } = await hannah();
    const remove = fabrikam.console.administrators.remove({ id: actor.administratorId });
    expect((await refusalFrom(remove)).code).toBe('administrators.unknown');
  });
});
