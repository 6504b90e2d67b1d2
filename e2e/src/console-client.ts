import type { Product } from './product.ts';
import { WebClient } from './web-client.ts';

interface FoundUsers {
  readonly rows: readonly { readonly id: string; readonly address: string }[];
}

/** The console's API, as the demo's administrator. */
export async function signInAdministrator({ facts }: Product): Promise<WebClient> {
  const admin = new WebClient(facts.adminUrl);
  await admin.mutate('session.signIn', { email: facts.adminEmail, password: facts.adminPassword });
  return admin;
}

export async function userIdOf(admin: WebClient, address: string): Promise<string> {
  const { rows } = await admin.query<FoundUsers>('users.list', { search: address });
  const user = rows.find((row) => row.address === address);
  if (user === undefined) throw new Error(`The console knows no ${address}.`);
  return user.id;
}
