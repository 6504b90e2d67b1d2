import { readPortalState, searchPeople, signInUser } from '@holdfast/application';
import { createPortalRouter } from '@holdfast/api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { actorOf, givePassword, PASSWORD } from './testing/portal-user.ts';
import { refusalFrom } from './testing/refusal.ts';
import { idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
});
afterEach(() => world.close());

test('without an event a user signs in, finds colleagues and no mail, and has opened it once', async () => {
  const ada = await idOf(contoso, 'ada');
  await givePassword(world, contoso.id, ada);
  const visitor = { ip: '192.0.2.1', userAgent: null };
  const login = 'ada@contoso.example';
  const session = await signInUser(world.ports, { login, password: PASSWORD, ...visitor });
  const actor = await actorOf(world, session);
  expect(await readPortalState(world.ports, actor)).toMatchObject({
    access: 'closed',
    event: null,
  });
  const found = await searchPeople(world.ports, actor, { query: 'ben', limit: 10 });
  expect(found.map(({ address }) => address)).toContain('ben@contoso.example');
  const portal = createPortalRouter().createCaller({
    ports: world.ports,
    actor,
    mustChoosePassword: false,
    ...visitor,
    language: 'en',
    setLanguage: () => undefined,
    startSession: () => undefined,
    endSession: () => undefined,
    sessionToken: null,
  });
  expect((await refusalFrom(portal.mailbox.folders())).code).toBe('mailbox.closed');
  const user = await world.ports.database.withinOrganisation(contoso.id, ({ directory }) =>
    directory.get(ada),
  );
  expect(user?.openedAt).toBe(world.ports.clock.now());
});
