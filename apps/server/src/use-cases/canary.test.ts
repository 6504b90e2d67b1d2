import {
  attestExchange,
  checkCutOver,
  confirmCanary,
  readCutOver,
  Refusal,
  requestCanary,
  startCutOver,
  TenantError,
  watchCanaries,
  type CutOverReading,
  type FoundMessage,
} from '@holdfast/application';
import { connectorSettings, exchangeTag } from '@holdfast/domain';
import { anIngestedMessage } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

const name = 'contoso.example';
const mailbox = 'ada@contoso.example';
const HOUR = 3_600_000;

let world: World;
let contoso: OrganisationHandle;
/** What was handed to our MX, what it answers, and what the mailbox says. */
let handedIn: { recipient: string; text: string }[];
let answer: { code: number; text: string };
let mailboxSays: () => Promise<FoundMessage | null>;
let removed: string[];
let removal: () => Promise<void>;

beforeEach(async () => {
  handedIn = [];
  removed = [];
  answer = { code: 250, text: '2.0.0 accepted' };
  mailboxSays = async () => null;
  removal = async () => undefined;
  world = await createWorld({
    frontDoor: {
      deliver: async ({ recipient, message }) => {
        handedIn.push({ recipient, text: Buffer.from(message).toString() });
        const outcome = { kind: 'reply', ...answer } as const;
        return { recipient, outcome, host: 'mx1.holdfast.example', tls: null };
      },
    },
    tenantMailbox: {
      putSentItem: () => Promise.reject(new Error('nothing is put back here')),
      findMessage: () => mailboxSays(),
      removeMessage: async (_credentials, _mailbox, messageId) => {
        await removal();
        removed.push(messageId);
      },
    },
  });
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  const records = [{ exchange: 'contoso-example.mail.protection.outlook.example', preference: 0 }];
  world.dns.set(name, { ok: true, value: { records, ttl: 300 } });
  setConnector(true);
  await startCutOver(world.ports, contoso.actor, { name });
});
afterEach(() => world.close());

/** Our connector as Exchange has it. */
function setConnector(enabled: boolean): void {
  const desired = {
    tag: exchangeTag(contoso.id),
    certificateName: null,
    addresses: world.ports.settings.ourAddresses,
    hopsBefore: [],
    filtering: 'enhanced',
    junkRule: null,
    sealer: null,
  } as const;
  const connectors = [{ name: 'Holdfast inbound', ...connectorSettings(desired, false), enabled }];
  world.tenant.exchangeState = { ...world.tenant.exchangeState, connectors };
}

const denied = (): Promise<never> =>
  Promise.reject(new TenantError({ code: 'forbidden', detail: 'Access denied', retryAfter: null }));

async function refusalOf(refused: Promise<unknown>): Promise<Refusal> {
  const error = await refused.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refusal) return error;
  throw new Error('it was not refused', { cause: error });
}

const stateOf = (reading: CutOverReading) =>
  reading.steps.find(({ step }) => step === 'canary')?.state;

const watch = (): Promise<void> => watchCanaries(world.ports, contoso.id);
const read = (): Promise<CutOverReading> => readCutOver(world.ports, contoso.actor, { name });

async function send(): Promise<{ id: string; messageId: string }> {
  const probe = await requestCanary(world.ports, contoso.actor, { name, mailbox });
  await world.runJobs();
  return probe;
}

/** What ingest and relay make of it: accepted, and delivered to the tenant. */
async function relay(messageId: string): Promise<void> {
  const acceptedAt = world.ports.clock.now();
  const userId = await idOf(contoso, 'ada');
  const message = anIngestedMessage({
    id: world.ports.identifiers.uuid(),
    organisationId: contoso.id,
    acceptedAt,
    recipients: [mailbox],
    items: [
      {
        id: world.ports.identifiers.uuid(),
        userId,
        folder: 'inbox',
        isRead: false,
        isFlagged: false,
        viaGroup: null,
      },
    ],
    summary: {
      messageId,
      inReplyTo: null,
      references: [],
      subject: 'Test message',
      from: null,
      to: [],
      cc: [],
      sentAt: acceptedAt,
      preview: '',
      attachments: 0,
    },
  });
  await world.ports.database.acrossOrganisations(async ({ ingest, deliveries }) => {
    await ingest.apply([message], []);
    const [leased] = await deliveries.lease({
      route: 'primary',
      now: acceptedAt,
      until: acceptedAt + HOUR,
      limit: 10,
      owner: 'test',
      skipOrganisations: [],
    });
    if (leased === undefined) throw new Error('nothing to relay');
    await deliveries.complete([
      {
        deliveryId: leased.delivery.id,
        acceptedAt,
        next: { state: 'delivered', reply: '250 2.6.0 Queued mail for delivery' },
        host: 'contoso.mail.example',
        tls: null,
        at: acceptedAt + 400,
      },
    ]);
  });
}

describe('a test message through us', () => {
  test('goes in by our own MX, is seen in the mailbox hop by hop, and is taken out again', async () => {
    const { messageId } = await send();
    expect(handedIn).toEqual([
      { recipient: mailbox, text: expect.stringContaining('This is a test') },
    ]);
    expect(stateOf(await read())).toEqual({ kind: 'open' });
    await relay(messageId);
    const receivedAt = world.ports.clock.now() + 900;
    mailboxSays = async () => ({ id: 'AAMk1', folder: 'Inbox', receivedAt, isRead: false });
    await watch();
    const reading = await read();
    expect(reading.probe).toMatchObject({
      state: 'arrived',
      acceptedBy: 'mx1.holdfast.example',
      relayedTo: 'contoso.mail.example',
      relayReply: '250 2.6.0 Queued mail for delivery',
      arrivedAt: receivedAt,
      folder: 'Inbox',
      seenBy: 'graph',
      removal: null,
    });
    expect(reading.probe?.removedAt).not.toBeNull();
    expect(removed).toEqual([messageId]);
    expect(stateOf(reading)).toEqual({ kind: 'done', at: receivedAt });
  });

  test('is shown in no emergency mailbox', async () => {
    const { messageId } = await send();
    await relay(messageId);
    const items = await world.ports.database.withinOrganisation(contoso.id, async (r) =>
      r.mailbox.folders(await idOf(contoso, 'ada'), 0, world.ports.clock.now(), 10),
    );
    expect(JSON.stringify(items)).not.toMatch(/[1-9]/);
  });

  test('is proved by its code where we may not look, in whatever way it is typed', async () => {
    mailboxSays = denied;
    const { messageId } = await send();
    await relay(messageId);
    await watch();
    world.advance(HOUR);
    await watch();
    const blind = await read();
    expect(blind.probe).toMatchObject({
      state: 'relayed',
      blind: expect.stringContaining('Access'),
    });
    expect(stateOf(blind)).toEqual({ kind: 'open' });

    const wrong = confirmCanary(world.ports, contoso.actor, { name, code: 'AAAA-AAAA' });
    expect((await refusalOf(wrong)).code).toBe('cut-over.code-wrong');
    const code = / code is (\S+)\./.exec(handedIn[0]?.text ?? '')?.[1] ?? '';
    await confirmCanary(world.ports, contoso.actor, {
      name,
      code: ` ${code.toLowerCase().replace('-', ' ')}`,
    });
    const seen = await read();
    expect(stateOf(seen)).toMatchObject({ kind: 'done' });
    expect(seen.probe).toMatchObject({
      seenBy: 'code',
      removal: expect.stringContaining('by hand'),
    });
  });

  test('that may not be removed says so, and is not tried for ever', async () => {
    const { messageId } = await send();
    await relay(messageId);
    removal = denied;
    const receivedAt = world.ports.clock.now();
    mailboxSays = async () => ({ id: 'AAMk1', folder: 'Inbox', receivedAt, isRead: false });
    await watch();
    expect((await read()).probe).toMatchObject({
      removedAt: null,
      removal: expect.stringContaining('Access denied'),
    });
    removal = async () => undefined;
    await watch();
    expect(removed).toEqual([]);
  });

  test('that our MX refuses, or that never arrives, is lost, with where it stopped', async () => {
    answer = { code: 550, text: '5.1.1 no such user' };
    await send();
    expect(stateOf(await read())).toEqual({ kind: 'blocked', reason: 'canary-lost' });
    expect((await read()).probe?.detail).toContain('Our own MX did not take it: 550 5.1.1');

    answer = { code: 250, text: 'ok' };
    const { messageId } = await send();
    await relay(messageId);
    await watch();
    world.advance(HOUR);
    await watch();
    expect((await read()).probe).toMatchObject({
      state: 'lost',
      detail: expect.stringContaining('not in the mailbox'),
    });
  });

  test('of which another was sent since proves nothing', async () => {
    const first = await send();
    await send();
    await relay(first.messageId);
    const receivedAt = world.ports.clock.now();
    mailboxSays = async () => ({ id: 'AAMk1', folder: 'Inbox', receivedAt, isRead: false });
    await watch();
    expect(stateOf(await read())).toMatchObject({ kind: 'done' });
  });

  test('goes to a mailbox of the domain and to nothing else', async () => {
    const to = (address: string) =>
      refusalOf(requestCanary(world.ports, contoso.actor, { name, mailbox: address }));
    expect((await to('group@contoso.example')).code).toBe('cut-over.canary-unusable');
    expect((await to('nobody@contoso.example')).fields).toHaveProperty('mailbox');
    expect((await to('initial@contoso.onmicrosoft.com')).message).toContain(name);
  });
});

test('what was measured is kept, and a later look is not undone by an earlier one', async () => {
  const reading = await checkCutOver(world.ports, contoso.actor, { name });
  expect(reading.record.evidence).toMatchObject({
    mx: { place: 'office-365', ttl: 300 },
    recipients: { kind: 'complete' },
    connector: 'on',
    lockDown: 'off',
    policies: { kind: 'none' },
  });
  expect(reading.steps.map(({ step, state }) => `${step} ${state.kind}`)).toEqual([
    'ttl waiting',
    'recipients done',
    'connector done',
    'canary open',
    'policies done',
    'mx blocked',
    'direct-senders blocked',
    'lock-down blocked',
  ]);
});

describe('the Office 365 side', () => {
  test('is what Exchange says, whatever was said before', async () => {
    const said = { name, subject: 'connector', value: true, note: 'ran the script' } as const;
    await attestExchange(world.ports, contoso.actor, said);
    setConnector(false);
    const { record } = await checkCutOver(world.ports, contoso.actor, { name });
    expect(record.evidence?.connector).toBe('off');
  });

  test('is what an administrator says where we may not look, and unknown before that', async () => {
    const unreadable = { ...world.tenant.exchangeState, connectors: null };
    world.tenant.exchangeState = unreadable;
    const blind = await checkCutOver(world.ports, contoso.actor, { name });
    expect(blind.record.evidence).toMatchObject({ connector: 'unknown', lockDown: 'unknown' });
    const said = { name, subject: 'connector', value: true, note: 'ran the script' } as const;
    const attested = await attestExchange(world.ports, contoso.actor, said);
    expect(attested.record.evidence).toMatchObject({
      connector: 'on',
      lockDown: 'off',
      connectorDetail: expect.stringContaining('ran the script'),
    });
    const silent = attestExchange(world.ports, contoso.actor, { ...said, note: ' ' });
    expect((await refusalOf(silent)).code).toBe('cut-over.reason-missing');
  });
});
