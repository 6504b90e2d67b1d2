import {
  alwaysShowPictures,
  listMailbox,
  readMessage,
  readPortalState,
  type Ports,
  type UserActor,
} from '@holdfast/application';
import { initialHealth, MINUTE } from '@holdfast/domain';
import { createMessageFormat } from '@holdfast/mail/format';
import { aSummary, anIngestedMessage } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, START, type OrganisationHandle, type World } from './testing/world.ts';

const ITEM = '0199b2a0-0000-7000-8000-0000000000f1';
const TOM = { name: 'ada', address: 'tom@northwind.example' };

let world: World;
let contoso: OrganisationHandle;
let ada: UserActor;

beforeEach(async () => {
  world = await createWorld();
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
  await contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'test' });
  const userId = await idOf(contoso, 'ada');
  ada = { kind: 'user', organisationId: contoso.id, userId, sessionId: 's', ip: '192.0.2.1' };
});
afterEach(async () => world.close());

/** Ada has one message from Tom, whom DMARC has proved or not. */
async function withMessage(isProved: boolean): Promise<Ports> {
  const message = anIngestedMessage({
    organisationId: contoso.id,
    acceptedAt: START,
    summary: aSummary({ from: TOM }),
    items: [
      {
        id: ITEM,
        userId: ada.userId,
        folder: 'inbox',
        isRead: false,
        isFlagged: false,
        viaGroup: null,
      },
    ],
  });
  await world.ports.database.acrossOrganisations(({ ingest }) => ingest.apply([message], []));
  const bytes = Buffer.from(
    `Authentication-Results: mx.test; dmarc=${isProved ? 'pass' : 'fail'} header.from=northwind.example\r\nFrom: "ada" <${TOM.address}>\r\n\r\nHello\r\n`,
  );
  return {
    ...world.ports,
    store: { ...world.ports.store, read: async () => bytes },
    format: createMessageFormat({ authservId: 'mx.test' }),
  };
}

test('mail is told apart by the outage’s beginning, which is before the event’s', async () => {
  await contoso.console.event.undo();
  const seenAt = world.ports.clock.now();
  await world.ports.database.withinOrganisation(contoso.id, ({ health }) =>
    health.save({ ...initialHealth(seenAt), state: 'down' }, true),
  );
  world.advance(40 * MINUTE);
  await contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'test' });
  const { event } = await readPortalState(world.ports, ada);
  expect(event).toMatchObject({ startedAt: seenAt + 40 * MINUTE, outageSince: seenAt });
  const page = await listMailbox(world.ports, ada, {
    folder: 'inbox',
    grouped: false,
    before: null,
    limit: 10,
  });
  expect(page.outageSince).toBe(seenAt);
});

describe('reading a message', () => {
  test('says what is known of its sender: a colleague’s name, and never heard of', async () => {
    const ports = await withMessage(true);
    const { sender, origin } = await readMessage(ports, ada, { itemId: ITEM });
    expect(origin).toBe('inbound');
    expect(sender.isFirst).toBe(true);
    expect(sender.ownDomains).toContain('contoso.example');
    expect(sender.colleagues.map(({ address }) => address)).toContain('ada@contoso.example');
    expect(sender.showsPictures).toBe(false);
  });

  test('pictures of a proved sender are shown from now on, until told otherwise', async () => {
    const ports = await withMessage(true);
    const shows = async () =>
      (await readMessage(ports, ada, { itemId: ITEM })).sender.showsPictures;
    await alwaysShowPictures(ports, ada, { itemId: ITEM, always: true });
    expect(await shows()).toBe(true);
    await alwaysShowPictures(ports, ada, { itemId: ITEM, always: false });
    expect(await shows()).toBe(false);
  });

  test('but never of a sender whom nothing proves', async () => {
    const ports = await withMessage(false);
    await expect(
      alwaysShowPictures(ports, ada, { itemId: ITEM, always: true }),
    ).rejects.toMatchObject({
      code: 'mailbox.sender-unproved',
    });
  });
});
