import {
  eraseMessage,
  indexMessages,
  listMailbox,
  readMessage,
  sendMessage,
  type UserActor,
} from '@holdfast/application';
import { ABOUT, LEE, SAMPLE_REPORTS } from '@holdfast/mail/testing/reports';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMailWorld, type MailWorld } from './testing/mail-world.ts';

const KIM = 'kim@fabrikam.example';
const FULL = sampleOf('Exchange Online: mailbox full');
const DELAYED = sampleOf('Postfix: delayed, tried further');

let world: MailWorld;
let ada: UserActor;
beforeEach(async () => {
  world = await createMailWorld();
  ada = await world.user('ada');
  await world.contoso.console.event.start({ scope: { kind: 'everyone' }, reason: 'a test' });
  await world.relay();
});
afterEach(() => world.close());

function sampleOf(name: string): string {
  const sample = SAMPLE_REPORTS.find((known) => known.name === name);
  if (sample === undefined) throw new Error(`There is no report “${name}”`);
  return sample.raw.toString();
}

/** Sent by Ada and taken by the other side; resolves to its Message-ID. */
async function sent(): Promise<string> {
  const { messageId } = await sendMessage(world.ports, ada, {
    key: randomUUID(),
    to: [LEE],
    cc: [KIM],
    subject: 'Figures',
    text: 'Here they are.',
    about: null,
    uploadIds: [],
  });
  world.advance(20_000);
  await world.relay();
  return messageId;
}

/** Comes in over SMTP, from the null sender. */
async function comes(
  raw: string,
  change: { readonly to?: string; readonly from?: string; readonly results?: string } = {},
): Promise<void> {
  world.advance(1000);
  const results = change.results ?? 'spf=none; dmarc=none';
  await world.ports.spool.append(
    {
      id: world.ports.identifiers.uuid(),
      acceptedAt: world.ports.clock.now(),
      origin: 'inbound',
      class: 'copy',
      organisationId: world.contoso.id,
      envelope: {
        from: change.from ?? '',
        recipients: [
          {
            address: change.to ?? 'ada@contoso.example',
            organisationId: world.contoso.id,
            kind: 'user',
            protected: true,
            verdict: 'deliver',
            reason: 'clean',
          },
        ],
        bodyType: '7BIT',
        smtpUtf8: false,
        client: { ip: '192.0.2.1', helo: 'mx.fabrikam.example', tls: null },
        authentication: null,
        senderAuthenticated: false,
      },
      traceHeaders: `Authentication-Results: mx1.holdfast.example; ${results}\r\n`,
      snapshotVersion: 1,
      notBefore: null,
      submission: null,
    },
    Buffer.from(raw),
  );
  await world.ingest();
  while ((await indexMessages(world.ports)).records > 0);
}

async function newest(folder: 'inbox' | 'sent', actor = ada) {
  const { items } = await listMailbox(world.ports, actor, { folder, limit: 50, before: null });
  const item = items.find(({ from }) => !from?.address.startsWith('no-reply@'));
  if (item === undefined) throw new Error(`Nothing in ${folder}`);
  return item;
}

async function underSent() {
  const { id } = await newest('sent');
  return (await readMessage(world.ports, ada, { itemId: id })).reports.map(({ report }) => report);
}

describe('a report that comes by mail', () => {
  test('is listed by what it says, leads to what was sent, and shows under it', async () => {
    const id = await sent();
    await comes(FULL.replaceAll(ABOUT, id));
    const row = await newest('inbox');
    expect(row.report).toMatchObject({
      sent: 'here',
      recipients: [{ address: LEE, action: 'failed', reply: expect.stringContaining('5.2.2') }],
    });
    const opened = await readMessage(world.ports, ada, { itemId: row.id });
    expect(opened.reportedItemId).toBe((await newest('sent')).id);
    expect(await underSent()).toEqual([row.report]);
  });

  test('of a delay is kept beside the failure that follows', async () => {
    const id = await sent();
    await comes(DELAYED.replaceAll(ABOUT, id));
    await comes(FULL.replaceAll(ABOUT, id));
    expect((await underSent()).map(({ recipients }) => recipients[0]?.action)).toEqual([
      'delayed',
      'failed',
    ]);
  });

  test('finds the message by the name that we gave it, where its id is gone', async () => {
    await sent();
    const { messageId } = await newest('sent');
    const envelope = `Original-Envelope-Id: ${messageId}\r\nReporting-MTA:`;
    await comes(FULL.replaceAll(ABOUT, '<gone@x>').replace('Reporting-MTA:', envelope));
    expect((await newest('inbox')).report).toMatchObject({ sent: 'here', messageId });
  });

  test('about a message of nobody here is said to be just that, and marks nothing', async () => {
    await sent();
    await comes(FULL);
    expect((await newest('inbox')).report).toMatchObject({ sent: 'unknown', messageId: null });
    expect(await underSent()).toEqual([]);
  });

  test('about a colleague’s message marks nothing in anybody’s mailbox', async () => {
    const id = await sent();
    await comes(FULL.replaceAll(ABOUT, id), { to: 'ben@contoso.example' });
    const ben = await world.user('ben');
    expect((await newest('inbox', ben)).report).toMatchObject({ sent: 'unknown' });
    expect(await underSent()).toEqual([]);
  });

  test('from a domain that our check has found forged marks nothing', async () => {
    const id = await sent();
    const results = 'spf=fail; dmarc=fail header.from=fabrikam.example';
    await comes(FULL.replaceAll(ABOUT, id), { results });
    expect((await newest('inbox')).report).toMatchObject({ sent: 'unknown' });
    expect(await underSent()).toEqual([]);
  });

  test('from a person is an ordinary message', async () => {
    const id = await sent();
    await comes(FULL.replaceAll(ABOUT, id), { from: 'mallory@evil.example' });
    expect((await newest('inbox')).report).toBeNull();
    expect(await underSent()).toEqual([]);
  });

  test('that is erased says nothing any more', async () => {
    const id = await sent();
    await comes(FULL.replaceAll(ABOUT, id).replace('report@mx', 'gone@mx'));
    await world.relay();
    await eraseMessage(
      { ...world.ports, erasure: { erase: async () => undefined } },
      world.contoso.actor,
      { messageId: '<gone@mx.fabrikam.example>', reason: 'asked for' },
    );
    expect(await underSent()).toEqual([]);
  });
});
