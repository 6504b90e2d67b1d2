import type { Router } from 'express';
import { z } from 'zod';
import { fromPerson } from '../tenant/directory-seed.ts';
import type { World } from '../world.ts';
import { ControlError } from './control-error.ts';

const newUser = z.object({
  given: z.string().min(1),
  family: z.string().min(1),
  licence: z.enum(['enterprise', 'standard', 'frontline', 'none']).default('enterprise'),
});

const changes = z.object({
  displayName: z.string().optional(),
  accountEnabled: z.boolean().optional(),
  licence: z.enum(['enterprise', 'standard', 'frontline', 'none']).optional(),
});

/** Joiners, movers and leavers, so that a directory sync has something to find. */
export function directoryControl(router: Router, world: World): void {
  router.post('/directory/users', (request, response) => {
    const seed = newUser.parse(request.body);
    const alias = `${seed.given}${seed.family.slice(0, 1)}`.toLowerCase();
    const user = fromPerson({
      ...seed,
      alias,
      jobTitle: 'New hire',
      department: 'Retail',
      language: 'en-US',
      location: 'US',
    });
    world.directory.put(user);
    response.status(201).json({ id: user.id, address: user.addresses[0] ?? null });
  });
  router.patch('/directory/users/:user', (request, response) => {
    const { displayName, accountEnabled, licence } = changes.parse(request.body);
    const user = named(world, request.params.user);
    world.directory.put({
      ...user,
      displayName: displayName ?? user.displayName,
      accountEnabled: accountEnabled ?? user.accountEnabled,
      licence: licence ?? user.licence,
    });
    response.json({ id: user.id });
  });
  router.delete('/directory/users/:user', (request, response) => {
    world.directory.remove(named(world, request.params.user).id);
    response.status(204).end();
  });
}

function named(world: World, name: string) {
  const user = world.directory.user(name);
  if (user === undefined) throw new ControlError(404, `There is no user ${name}.`);
  return user;
}
