import { dkimRecordValue } from '@holdfast/domain';
import { dkimVerify } from 'mailauth';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { expect, test } from 'vitest';
import { composeMessage } from './format/compose-message.ts';
import { createRelayTransport } from './relay/relay-transport.ts';
import { createSmtpReception } from './reception/smtp-reception.ts';
import { createMessageSigner } from './signing/message-signer.ts';
import { createLocalMessageStore } from './spool/message-store.ts';
import { createSpoolReader } from './spool/reader.ts';
import { createSpoolWriter } from './spool/writer.ts';
import {
  fixedClock,
  recordHead,
  silent,
  temporaryDirectory,
  testKeys,
} from './testing/fixtures.ts';
import { testLimits } from './testing/reception.ts';
import { rawClient } from './testing/smtp-client.ts';

/** What a far end got, byte for byte. */
async function farEnd() {
  const arrived = Promise.withResolvers<Buffer>();
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        arrived.resolve(Buffer.concat(chunks));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, arrived: arrived.promise, close: () => server.server.close() };
}

function relayTo(port: number) {
  return createRelayTransport({
    helo: 'mx.holdfast.example',
    primaryPort: port,
    remotePort: port,
    primaryTls: 'may',
    smartHost: null,
    dns: {
      mx: () => Promise.resolve({ ok: false, failure: 'absent', detail: 'ENODATA' }),
      addresses: () => Promise.resolve({ ok: true, value: ['127.0.0.1'] }),
    },
    log: silent,
  });
}

/** What ends a message for a careless receiver, between lines that a careful one takes for text (CVE-2023-51764). */
const SMUGGLED = {
  sent: 'smuggled\n.\r\nMAIL FROM:<evil@outside.example>\r\nDATA\n.\n..\r\n',
  meant: 'smuggled\r\n.\r\nMAIL FROM:<evil@outside.example>\r\nDATA\r\n.\r\n..\r\n',
};

const TRACE = 'Received: from a.example\r\n\tby mx.holdfast.example; now\r\n';

test.each([
  ['in the record', 1024 * 1024],
  ['in a file of its own', 100],
])(
  'what leaves is what came, one message, plus our trace headers on top (body %s)',
  async (_how, limit) => {
    await using place = await temporaryDirectory();
    const far = await farEnd();
    const writer = createSpoolWriter({
      directory: place.path,
      diskReserveBytes: 0,
      segmentBytes: 1_000_000,
      inlineBodyLimit: limit,
      keys: testKeys,
      clock: fixedClock,
      log: silent,
    });
    const reception = createSmtpReception({
      port: 0,
      bind: '127.0.0.1',
      hostnames: ['mx.holdfast.example'],
      tls: null,
      log: silent,
      limits: { ...testLimits, maxMessageBytes: 1_000_000 },
      policy: {
        mailFrom: () => null,
        recipient: (_session, _announced, address) => {
          const recipient = { address, organisationId: 'o', kind: null, protected: true };
          return { accept: true, recipient };
        },
        async message({ body }) {
          const head = recordHead({ id: randomUUID(), traceHeaders: TRACE });
          const { id, class: cls, organisationId } = head;
          const staged = { id, class: cls, organisationIds: [organisationId] };
          const whole = body instanceof Uint8Array ? body : await writer.stage(staged, body);
          await writer.append(head, whole);
          return { code: 250, enhanced: '2.6.0', text: 'Queued' };
        },
      },
    });
    const body = Buffer.concat([
      Buffer.from('Subject: =?x?\r\nX-Long: '),
      Buffer.alloc(3000, 'h'),
      Buffer.from('\r\n\r\n.\r\n..\r\n...dots\r\n'),
      Buffer.from(Array.from({ length: 255 }, (_, index) => index + 1)).filter(
        (byte) => byte !== 10 && byte !== 13,
      ),
      Buffer.from('\r\n\r\n\r\n  trailing space  \r\n'),
    ]);
    const { port } = await reception.start();
    const client = await rawClient(port);
    await client.reply();
    await client.say('EHLO a.example');
    await client.say('MAIL FROM:<a@outside.example> BODY=8BITMIME');
    await client.say('RCPT TO:<megan@contoso.example>');
    await client.say('DATA');
    client.write(Buffer.from(body.toString('latin1').replace(/^\./gm, '..'), 'latin1'));
    client.write(SMUGGLED.sent);
    expect(await client.say('.')).toMatch(/^250/);
    client.destroy();

    const reader = createSpoolReader({ directory: place.path, keys: testKeys });
    const [segment] = await reader.segments();
    if (segment === undefined) throw new Error('Nothing was spooled');
    const at = { instance: segment.instance, segment: segment.segment, offset: 0 };
    const [record] = (await reader.read(at, { records: 10, bytes: 1_000_000 })).records;
    if (record === undefined) throw new Error('No record');
    const message = await createLocalMessageStore({ directory: place.path, keys: testKeys }).open(
      record.reference,
    );
    const relay = relayTo(far.port);
    const [result] = await relay.send({
      route: 'primary',
      hosts: ['primary.example'],
      envelope: {
        from: 'a@outside.example',
        recipients: ['megan@contoso.example'],
        bodyType: '8BITMIME',
        smtpUtf8: false,
      },
      message,
    });
    expect(result?.outcome).toMatchObject({ kind: 'reply', code: 250 });
    const left = Buffer.concat([Buffer.from(TRACE), body, Buffer.from(SMUGGLED.meant)]);
    expect((await far.arrived).equals(left)).toBe(true);
    expect(record.size).toBe(left.length);

    await relay.close();
    await reception.stop();
    await writer.close();
    far.close();
  },
);

test('what people write here still verifies at the far end, as mailauth sees it', async () => {
  await using place = await temporaryDirectory();
  const far = await farEnd();
  const writer = createSpoolWriter({
    directory: place.path,
    diskReserveBytes: 0,
    segmentBytes: 1_000_000,
    keys: testKeys,
    clock: fixedClock,
    log: silent,
  });
  const body = await composeMessage({
    messageId: '<one@mx.holdfast.example>',
    date: Date.UTC(2026, 10, 25, 18),
    from: { name: 'Megan Böwen', address: 'megan.bowen@contoso.example' },
    to: [{ name: '', address: 'mona@fabrikam.example' }],
    cc: [],
    subject: 'Größe der Lieferung, und ein Betreff, der beim Schreiben gefaltet werden muss',
    text: '.\n..dots at the start\n\n  trailing space  \n',
    html: null,
    inReplyTo: null,
    references: [],
    attachments: [
      {
        fileName: 'a.bin',
        contentType: 'application/octet-stream',
        content: Buffer.alloc(5000, 7),
      },
    ],
    headers: {},
  });
  const signer = createMessageSigner();
  const { privateKey, publicKey } = await signer.createKeyPair();
  const key = { domain: 'contoso.example', selector: 'holdfast1', privateKey };
  const traceHeaders = signer.sign(body, { ...key, at: Date.UTC(2026, 10, 25, 18) });
  const reference = await writer.append(recordHead({ id: randomUUID(), traceHeaders }), body);
  const store = createLocalMessageStore({ directory: place.path, keys: testKeys });
  const relay = relayTo(far.port);
  const [result] = await relay.send({
    route: 'remote',
    hosts: [],
    envelope: {
      from: 'megan.bowen@contoso.example',
      recipients: ['mona@fabrikam.example'],
      bodyType: '8BITMIME',
      smtpUtf8: false,
    },
    message: await store.open(reference),
  });
  expect(result?.outcome).toMatchObject({ kind: 'reply', code: 250 });
  const { results } = await dkimVerify(await far.arrived, {
    resolver: async () => [[dkimRecordValue(publicKey)]],
  });
  expect(results.map(({ status }) => status.result)).toEqual(['pass']);
  expect(results[0]?.signingDomain).toBe('contoso.example');

  await relay.close();
  await writer.close();
  far.close();
});
