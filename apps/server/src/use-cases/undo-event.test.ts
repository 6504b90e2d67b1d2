import { anIngestedMessage } from '@holdfast/testkit';
import { PUT_BACK_AGAIN_AFTER, type SentItem } from '@holdfast/application';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
const putBack: { readonly address: string; readonly item: SentItem }[] = [];

beforeEach(async () => {
  putBack.length = 0;
  world = await createWorld({
    store: {
      open: () => Promise.reject(new Error('not part of this test')),
      read: async () => Buffer.from('the message'),
    },
    format: {
      read: async () => ({
        messageId: '<sent-1@contoso.example>',
        inReplyTo: null,
        references: [],
        subject: 'From the emergency mailbox',
        from: { name: 'Ada', address: 'ada@contoso.example' },
        to: [{ name: '', address: 'lee@fabrikam.example' }],
        cc: [],
        bcc: [],
        replyTo: [],
        sentAt: world.ports.clock.now(),
        preview: '',
        text: 'Hello',
        html: null,
        hasRemoteContent: false,
        trackers: 0,
        isCut: false,
        attachments: 0,
        parts: [],
        protection: null,
        invitation: null,
        authenticationResults: null,
      }),
      richText: (html) => html,
      quotation: () => ({ html: '', pictures: [] }),
      forMailPrograms: (html) => html,
      written: () => Promise.reject(new Error('not part of this test')),
      summarise: () => Promise.reject(new Error('not part of this test')),
      searchable: () => Promise.reject(new Error('not part of this test')),
      report: async () => null,
      attachment: async () => null,
      compose: async () => Buffer.from('a notice'),
      composeBounce: () => Promise.reject(new Error('not part of this test')),
    },
    spool: {
      instance: 'test',
      append: async () => ({ instance: 'test', segment: 'copy-0', offset: 0, length: 1 }),
      stage: async () => Promise.reject(new Error('nothing big is sent here')),
      discard: async () => undefined,
      close: async () => undefined,
    },
    tenantMailbox: {
      putSentItem: async (_credentials, address, item) => {
        putBack.push({ address, item });
        return { created: true };
      },
      findMessage: async () => null,
      removeMessage: async () => undefined,
    },
  });
  contoso = await world.organisation('Contoso');
  await installEveryone(world, contoso);
});
afterEach(() => world.close());

/** What ingest makes of a message that Ada sent from her emergency mailbox now. */
async function sendAsAda(key: string): Promise<void> {
  const userId = await idOf(contoso, 'ada');
  await world.ports.database.acrossOrganisations(({ ingest }) =>
    ingest.apply(
      [
        anIngestedMessage({
          id: world.ports.identifiers.uuid(),
          organisationId: contoso.id,
          acceptedAt: world.ports.clock.now(),
          origin: 'submission',
          recipients: [],
          items: [
            {
              id: world.ports.identifiers.uuid(),
              userId,
              folder: 'sent',
              isRead: true,
              isFlagged: false,
              viaGroup: null,
            },
          ],
          submission: { userId, key },
        }),
      ],
      [],
    ),
  );
}

const start = () =>
  contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'Nobody can sign in.' });
const runEverything = async (): Promise<void> => {
  for (let round = 0; round < 3; round += 1) await world.runJobs();
};

describe('undoing a start', () => {
  test.each([
    ['before anyone was told', 10_000],
    ['after the notices', 60_000],
  ])('%s: the event is closed, and mail sent by then is put back', async (_name, later) => {
    await start();
    world.advance(later);
    await sendAsAda('draft-1');
    await contoso.console.event.undo();
    expect((await contoso.console.event.state()).current).toBeNull();
    await runEverything();
    expect(putBack.map(({ address, item }) => [address, item.messageId])).toEqual([
      ['ada@contoso.example', '<sent-1@contoso.example>'],
    ]);
  });

  test('a second look finds what was not ingested at the first', async () => {
    await start();
    world.advance(60_000);
    await contoso.console.event.undo();
    const looks = world.jobs.filter((job) => job.name === 'event.put-back');
    const undoneAt = world.ports.clock.now();
    expect(looks.map((job) => job.startAfter)).toEqual([null, undoneAt + PUT_BACK_AGAIN_AFTER]);
  });

  test('of a relapse: the event goes on recovering, and mail of both parts is put back', async () => {
    const first = await start();
    world.advance(60_000);
    await sendAsAda('draft-1');
    await contoso.console.event.end({ typed: '' });
    world.advance(3_600_000);
    await start();
    world.advance(60_000);
    await sendAsAda('draft-2');
    await contoso.console.event.undo();
    const { current } = await contoso.console.event.state();
    expect(current).toMatchObject({ id: first.id, phase: 'recovering', settledAt: null });
    await runEverything();
    expect(putBack).toHaveLength(2);
  });
});
