import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UserRow } from './command-answers.ts';
import { copyInto, copyOf, originalData } from './data-copies.ts';
import { signInFirst } from './first-sign-in.ts';
import { readLedger, settledLedger } from './ledger.ts';
import { bootProduct, type BootOptions, type Product } from './product.ts';
import { waitFor } from './wait-for.ts';
import { readable } from './walk-mail.ts';

/** The first settling includes notices to every user. Milliseconds. */
const SETTLE_PATIENCE = 120_000;
/** Paths of links to give alternate info: the outside world, where they were delivered, begins anew with each start. */
const INFO_LINKS_FILE = 'info-links.json';

/**
 * The demo with everybody protected, and nothing open: as after `start --demo --installed` and a while. Each boot has a
 * data directory of its own, copied from one that is made once; only the simulated outside world begins anew.
 */
export function bootInstalled(options: BootOptions = {}): Promise<Product> {
  return bootProduct({
    installed: true,
    begin: async () => copyOf(await installedData()),
    ...options,
  });
}

/**
 * The same with Office 365 accepting nothing and an emergency event for everybody. Whoever can be reached by text
 * message has chosen `OWN_PASSWORD`.
 */
export function bootInEvent(options: BootOptions = {}): Promise<Product> {
  return bootProduct({
    installed: true,
    outage: 'transport',
    begin: async () => copyOf(await eventData()),
    ...options,
  });
}

/** Not to be run on: to be copied. */
export function installedData(): Promise<string> {
  return originalData('installed', async (directory) => {
    await using product = await bootProduct({ installed: true, dataDirectory: directory });
    // Nothing may be left to do in the copies: everybody is welcomed and asked, which comes by a job each.
    const people = (await listUsers(product)).filter((user) => user.protected).length;
    await waitFor(
      'the notices to everybody',
      async () => (await readLedger(product)).notices.accepted >= 2 * people,
      { patience: SETTLE_PATIENCE, pause: 500 },
    );
    await settledLedger(product, SETTLE_PATIENCE);
    await writeFile(join(directory, INFO_LINKS_FILE), JSON.stringify(await infoLinks(product)));
  });
}

/** The same in an emergency event. Not to be run on either. */
export function eventData(): Promise<string> {
  return originalData('event', async (directory) => {
    await copyInto(directory, await installedData());
    await using product = await bootProduct({
      installed: true,
      outage: 'transport',
      dataDirectory: directory,
    });
    const event = ['event', 'start', '--scope', 'all', '--reason', 'Office 365 accepts no mail'];
    const started = await product.holdfast(...event, '--yes');
    if (started.exit !== 0) throw new Error(`The event did not start: ${started.stderr}`);
    const users = await listUsers(product);
    for (const { address, alternateInfo } of users.filter((user) => user.protected)) {
      if (!/^(?:verified|opened)$/.test(alternateInfo)) continue;
      const client = await signInFirst(product.facts.portalUrl, product.world, address);
      await client.mutate('session.signOut');
    }
  });
}

/** Paths of the links to give alternate info, of all who have given none. */
export async function readInfoLinks({ dataDirectory }: Product): Promise<readonly string[]> {
  return JSON.parse(await readFile(join(dataDirectory, INFO_LINKS_FILE), 'utf8')) as string[];
}

async function infoLinks(product: Product): Promise<readonly string[]> {
  const links: string[] = [];
  for (const user of await listUsers(product)) {
    if (!user.protected || user.alternateInfo !== 'asked') continue;
    for (const message of await product.world.mailbox(user.address)) {
      const found = /http:\/\/[^/\s]+(\/info\/[\w.~-]+)/.exec(readable(message))?.[1];
      if (found !== undefined) links.push(found);
    }
  }
  if (links.length === 0) throw new Error('Nobody was asked for alternate info by mail.');
  return links;
}

async function listUsers(product: Product): Promise<readonly UserRow[]> {
  return (await product.holdfast('users', 'list', '--json')).json as readonly UserRow[];
}
