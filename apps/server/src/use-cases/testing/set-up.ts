import type { AdminCaller, OrganisationHandle, World } from './world.ts';

export const CREDENTIALS = {
  tenantId: 'contoso.onmicrosoft.com',
  clientId: 'client',
  proof: { kind: 'secret', secret: 'the very secret' },
} as const;

/** Connected and synchronised, not installed. */
export async function connectAndSync(world: World, { console }: OrganisationHandle): Promise<void> {
  await console.connection.connect(CREDENTIALS);
  await refresh(world, console);
}

/** A directory sync, and then what it has sent. */
export async function refresh(world: World, console: AdminCaller): Promise<void> {
  world.advance(60_000);
  await console.directory.refresh();
  await world.runJobs();
  await world.runJobs();
}

/** Installed with everyone who can be, every job run. */
export async function installEveryone(world: World, handle: OrganisationHandle): Promise<void> {
  await connectAndSync(world, handle);
  await handle.console.installation.install({ protect: { kind: 'all' }, protectNewUsers: true });
  await world.runJobs();
}

/** The object with this local part; throws when it is not in the directory. */
export async function idOf({ console }: OrganisationHandle, local: string): Promise<string> {
  const { rows } = await console.users.list({ search: `${local}@`, limit: 200 });
  const found = rows.find((row) => row.address.startsWith(`${local}@`));
  if (found === undefined) throw new Error(`${local} is not in the directory`);
  return found.id;
}
