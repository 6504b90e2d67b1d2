import { once } from 'node:events';
import type { Router } from 'express';
import { z } from 'zod';
import { fromPerson } from '../tenant/directory-seed.ts';
import { shiftDirectory } from '../tenant/shift.ts';
import type { World } from '../world.ts';
import { ControlError } from './control-error.ts';

const MAX_USERS = 500_000;

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

const growth = z.object({ users: z.number().int().min(1).max(MAX_USERS) });
const share = z.number().min(0).max(1).default(0);
const shift = z.object({
  changed: share,
  disabled: share,
  softDeleted: share,
  deleted: share,
  restored: share,
  seed: z.string().default('shift'),
});
const leaving = z.object({ reason: z.enum(['changed', 'deleted']).default('changed') });
const membership = z.object({ members: z.array(z.string()) });

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
    const { reason } = leaving.parse(request.query);
    world.directory.remove(named(world, request.params.user).id, reason);
    response.status(204).end();
  });
  router.post('/directory/users/:id/restore', (request, response) => {
    if (!world.directory.restore(request.params.id)) {
      throw new ControlError(404, `There is no removed user ${request.params.id}.`);
    }
    response.json({ id: request.params.id });
  });
  router.put('/directory/groups/:group/members', (request, response) => {
    const group = world.directory.resolve(request.params.group);
    if (group?.type !== 'group') {
      throw new ControlError(404, `There is no group ${request.params.group}.`);
    }
    world.directory.put({ ...group, members: membership.parse(request.body).members });
    response.json({ id: group.id });
  });
}

/** A tenant of any size on demand, days in its life, and all of it to compare with. */
export function populationControl(router: Router, world: World): void {
  router.post('/tenant/grow', (request, response) => {
    const { users } = growth.parse(request.body);
    if (world.directory.population.users > 0) {
      throw new ControlError(409, 'The tenant has grown already; POST /control/reset first.');
    }
    response.json(world.directory.grow(users));
  });
  router.post('/tenant/shift', (request, response) => {
    response.json(shiftDirectory(world.directory, shift.parse(request.body)));
  });
  // One object a line, so that nobody has to hold 50,000 of them at once.
  router.get('/directory', async (_request, response) => {
    response.type('application/x-ndjson');
    for (const recipient of world.directory.each()) {
      if (!response.write(`${JSON.stringify(recipient)}\n`)) await once(response, 'drain');
    }
    response.end();
  });
}

function named(world: World, name: string) {
  const user = world.directory.user(name);
  if (user === undefined) throw new ControlError(404, `There is no user ${name}.`);
  return user;
}
