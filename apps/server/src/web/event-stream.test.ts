import { createFakeLog } from '@holdfast/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { streams as openStreams } from '../composition/metrics.ts';
import { idOf, installEveryone } from '../use-cases/testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from '../use-cases/testing/world.ts';
import { MAX_STREAMS_PER_USER } from './event-stream.ts';
import { createPortalSite } from './portal-site.ts';
import { cookieOf, serve, type ServedSite } from './testing/serve.ts';

const ADA = { login: 'ada@contoso.example', password: 'correct horse battery' };
/** What issue and architecture promise. Unit: ms. */
const OUT_WITHIN = 5_000;

let world: World;
let contoso: OrganisationHandle;
let site: ServedSite;
let stopping: AbortController;
let userId: string;

beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  userId = await idOf(contoso, 'ada');
  const hash = await world.ports.secrets.hashPassword(ADA.password);
  await world.ports.database.withinOrganisation(contoso.id, ({ accounts }) =>
    accounts.savePortalPassword(userId, hash),
  );
  stopping = new AbortController();
  const configuration = { portalUrl: 'http://localhost:3001', trustedProxies: [] };
  site = await serve(
    createPortalSite({
      ports: world.ports,
      configuration,
      log: createFakeLog(),
      stopping: stopping.signal,
    }),
  );
});
afterEach(async () => {
  stopping.abort();
  await site.close();
  await world.close();
});

async function signIn(): Promise<string> {
  const { response } = await site.mutate('session.signIn', ADA);
  return cookieOf(response);
}

/** Reads until the words came, or the stream ended. */
async function hears(stream: Response, words: string): Promise<string> {
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes(words)) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) break;
    text += value;
  }
  return text;
}

async function open(cookie: string): Promise<Response> {
  return site.request('/stream', { headers: { cookie } });
}

test('new mail is a hint without content, never held back or kept on the way', async () => {
  const stream = await open(await signIn());
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  expect(stream.headers.get('cache-control')).toBe('no-store, no-transform');
  expect(stream.headers.get('x-accel-buffering')).toBe('no');
  expect(stream.headers.get('content-encoding')).toBeNull();
  await world.ports.database.withinOrganisation(contoso.id, (repositories) =>
    repositories.notify({ channel: 'mailbox', organisationId: contoso.id, userIds: [userId] }),
  );
  expect(await hears(stream, 'event: mail')).toMatch(/event: mail\ndata: \{\}\n\n$/);
});

test('streams are counted while they are open', async () => {
  const openNow = async () => (await openStreams.get()).values[0]?.value;
  await vi.waitFor(async () => expect(await openNow()).toBe(0), 10_000);
  const cookie = await signIn();
  const first = await open(cookie);
  const second = await open(cookie);
  expect(await openNow()).toBe(2);
  await second.body?.cancel();
  await vi.waitFor(async () => expect(await openNow()).toBe(1), 10_000);
  await first.body?.cancel();
});

test('without a session there is no stream', async () => {
  expect((await open('')).status).toBe(401);
});

test('whose protection or account is taken away is out within 5 s', async () => {
  const stream = await open(await signIn());
  const began = performance.now();
  await contoso.console.users.saveProtection({ unprotect: [userId] });
  expect(await hears(stream, 'event: gone')).toContain('event: gone');
  expect(performance.now() - began).toBeLessThan(OUT_WITHIN);
});

test('the beginning of an event is told, and its end', async () => {
  const cookie = await signIn();
  const changes = [
    () => contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'test' }),
    () => contoso.console.event.end({ typed: 'end anyway' }),
  ];
  for (const change of changes) {
    const stream = await open(cookie);
    const heard = hears(stream, 'event: state');
    await change();
    expect(await heard).toContain('event: state');
  }
});

test('of too many streams of one person the oldest ends', async () => {
  const cookie = await signIn();
  const first = await open(cookie);
  // Held until the end: of an answer that nobody has any more, fetch ends the stream.
  const others: Response[] = [];
  while (others.length < MAX_STREAMS_PER_USER) others.push(await open(cookie));
  expect(await hears(first, 'never said')).toContain('retry:');
  for (const { body } of others) await body?.cancel();
});

test('when the role stops, every stream ends', async () => {
  const stream = await open(await signIn());
  stopping.abort();
  expect(await hears(stream, 'never said')).toContain('retry:');
});

test('a stream that is just being opened when the role stops is refused, and holds up no stop', async () => {
  const cookie = await signIn();
  const { database } = world.ports;
  const listen = database.listen.bind(database);
  vi.spyOn(database, 'listen').mockImplementationOnce((heard) => {
    stopping.abort();
    return listen(heard);
  });
  const stream = await open(cookie);
  expect(stream.status).toBe(503);
  expect(await stream.text()).toBe('');
});
