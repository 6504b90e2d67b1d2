import { OpenMailboxes } from '@holdfast/e2e/open-mailbox';
import { sendMail } from '@holdfast/e2e/mail';
import { eventData } from '@holdfast/e2e/prepared-demo';
import { waitFor } from '@holdfast/e2e/wait-for';
import { listFolder, type WebClient } from '@holdfast/e2e/web-client';
import { listenAsHostileHost, type HostileHost } from './portal/hostile-host.ts';
import { hostileLetters, type Letter } from './portal/letters.ts';
import type { DeliveredLetter } from './portal/open-letters.ts';
import { showPictures } from './portal/show-pictures.ts';
import { openBare, openWithWalls, type Caught, type Session } from './portal/walls.ts';
import { launchWatched } from './portal/watched-browser.ts';
import type { Proof, ProofForm } from './proof.ts';

type Delivered = Letter & DeliveredLetter;

/**
 * Letters that are opened in the portal without its walls, to see that they are away: the first of the short form holds
 * tricks of many kinds, the long form's hold one each.
 */
const CONTROLS: Readonly<Record<ProofForm, number>> = { short: 1, long: 60 };
/** For mail to be listed while everything else is busy. Milliseconds. */
const INGEST_PATIENCE = 120_000;

export const proof: Proof = {
  name: 'hostile-html',
  says: 'whatever HTML a message holds, no script runs and no request leaves before its reader asks, and then pictures only',
  needs: [],
  prepare: eventData,
  shortLimit: 4 * 60_000,
  async run(form) {
    const host = await listenAsHostileHost();
    const mailboxes = await OpenMailboxes.boot();
    try {
      const client = await mailboxes.client();
      const letters = await deliver(mailboxes, client, form);
      const session = { url: mailboxes.url, cookie: client.cookie };
      return [
        `${letters.reduce((sum, { tricks }) => sum + tricks.length, 0)} tricks in ${letters.length} messages, over SMTP into an emergency mailbox`,
        await asServed(host, session, letters),
        await afterAsking(host, session, letters),
        ...(await oneWallEach(host, session, client, letters, CONTROLS[form])),
      ];
    } finally {
      await mailboxes.stop();
      await host.close();
    }
  },
};

async function deliver(
  mailboxes: OpenMailboxes,
  client: WebClient,
  form: ProofForm,
): Promise<readonly Delivered[]> {
  const letters = hostileLetters(form);
  for (const { raw } of letters) {
    const port = mailboxes.product.facts.mxPort;
    const to = 'adele.vance@contoso.example';
    const { code, reply } = await sendMail({ port, from: 'mona.kane@fabrikam.example', to, raw });
    if (code !== 250) throw new Error(`A letter was not taken: ${reply}`);
  }
  return waitFor(
    'all letters in the inbox',
    async () => {
      const rows = await listFolder(client, 'inbox');
      const idOf = new Map(rows.map(({ subject, id }) => [subject, id]));
      const delivered = letters.flatMap((letter) => {
        const id = idOf.get(letter.subject);
        return id === undefined ? [] : [{ ...letter, id }];
      });
      return delivered.length === letters.length ? delivered : undefined;
    },
    { patience: INGEST_PATIENCE },
  );
}

/** The product as it is, watched by the browser's own log of its network down to looked-up names. */
async function asServed(
  host: HostileHost,
  session: Session,
  letters: readonly Delivered[],
): Promise<string> {
  const before = host.connections();
  const watched = await launchWatched(host);
  const caught = await openWithWalls(watched.browser, host, session, letters, 'all');
  const lookedUp = await watched.end();
  expectNothing('as served', caught, letters);
  if (caught.faults.length > 0) throw new Error(caught.faults.slice(0, 20).join('\n'));
  if (lookedUp.length > 0)
    throw new Error(
      `Names were looked up: ${lookedUp.map((name) => nameOf(letters, name)).join(', ')}`,
    );
  const connections = host.connections() - before;
  if (connections > 0) throw new Error(`${connections} connections reached the senders’ host`);
  return 'as served: no script, no dialog, no window, no navigation; not one name looked up, not one connection';
}

async function afterAsking(
  host: HostileHost,
  session: Session,
  letters: readonly Delivered[],
): Promise<string> {
  const watched = await launchWatched(host);
  try {
    return await showPictures(watched.browser, host, session, letters);
  } finally {
    await watched.end();
  }
}

/** Each wall while the others are away; and what the tricks do where there is none, which shows that they work. */
async function oneWallEach(
  host: HostileHost,
  session: Session,
  client: WebClient,
  letters: readonly Delivered[],
  controls: number,
): Promise<readonly string[]> {
  const small = letters.filter(({ tricks }) =>
    tricks.every(({ name }) => !name.startsWith('size')),
  );
  const without = await openBare(host, small);
  const scripts = new Set(without.seen.scripts).size;
  if (scripts === 0 || without.asked.size === 0)
    throw new Error('The tricks do nothing even without walls: they are not tricks');
  const served: { html: string }[] = [];
  for (const { id } of small) {
    const { html } = await client.query<{ html: string | null }>('mailbox.read', { itemId: id });
    served.push({ html: html ?? '' });
  }
  const server = await openBare(host, served);
  expectNothing('the server’s sanitiser alone', server, letters);
  const watched = await launchWatched(host);
  const { browser } = watched;
  try {
    const page = await openWithWalls(browser, host, session, small, 'browser alone');
    expectNothing('the browser’s sanitiser alone', page, letters);
    const before = host.connections();
    const frame = await openWithWalls(browser, host, session, small, 'frame alone');
    const ahead = host.connections() - before;
    if (frame.seen.scripts.length + frame.seen.dialogs.length > 0)
      throw new Error(`the frame alone lets scripts run: ${namesOf(letters, frame.seen.scripts)}`);
    if (frame.asked.size > 0)
      throw new Error(`the frame alone lets requests leave: ${namesOf(letters, [...frame.asked])}`);
    const every = controls === 1 ? small.length : Math.max(1, Math.floor(small.length / controls));
    const some = small.filter((_letter, at) => at % every === 0);
    const none = await openWithWalls(browser, host, session, some, 'none');
    if (none.seen.scripts.length === 0 || none.asked.size === 0)
      throw new Error('The walls were not taken away: what stands alone was never tried');
    return [
      `without any wall: ${scripts} tricks ran a script by themselves, ${without.asked.size} asked their host for something`,
      'the server’s sanitiser alone, in a bare page: no script, no request',
      'the browser’s sanitiser alone, on what the sender wrote, without frame and policy: no script, no request',
      `the frame’s sandbox and policy alone, on what the sender wrote: no script, no request, ${ahead} connections made ahead, which no policy governs`,
    ];
  } finally {
    await watched.end();
  }
}

function expectNothing(where: string, { seen, asked }: Caught, letters: readonly Letter[]): void {
  const problems = [
    ...(seen.scripts.length > 0 ? [`scripts ran: ${namesOf(letters, seen.scripts)}`] : []),
    ...(seen.dialogs.length > 0 ? [`dialogs: ${seen.dialogs.join(', ')}`] : []),
    ...(seen.windows.length > 0 ? [`windows opened: ${seen.windows.join(', ')}`] : []),
    ...(seen.navigations.length > 0 ? [`navigations: ${seen.navigations.join(', ')}`] : []),
    ...(asked.size > 0 ? [`requests left: ${namesOf(letters, [...asked])}`] : []),
  ];
  if (problems.length > 0) throw new Error(`${where}: ${problems.join('; ')}`);
}

function namesOf(letters: readonly Letter[], numbers: readonly number[]): string {
  const names = new Map(
    letters.flatMap(({ tricks }) => tricks.map(({ number, name }) => [number, name] as const)),
  );
  return [...new Set(numbers)].map((number) => names.get(number) ?? `number ${number}`).join(', ');
}

function nameOf(letters: readonly Letter[], host: string): string {
  return namesOf(letters, [Number(/^t(\d+)\./.exec(host)?.[1] ?? -1)]);
}
