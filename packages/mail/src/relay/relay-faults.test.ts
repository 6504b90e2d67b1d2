import type { RelayResult } from '@holdfast/application';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { silent } from '../testing/fixtures.ts';
import { createRelayTransport } from './relay-transport.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

interface Peer {
  readonly port: number;
  readonly messages: Buffer[];
  connections(): number;
}

type Stage = 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'body' | 'dot';

/** A host that pipelines and says what `at` tells it to at a stage, or does it: `cut`, `hang`. Undefined goes on as it should. */
async function peer(
  at: (stage: Stage, connection: number, socket: Socket) => string | undefined,
): Promise<Peer> {
  let connections = 0;
  const messages: Buffer[] = [];
  const server = createServer((socket) => {
    connections += 1;
    const mine = connections;
    let data = false;
    let held = '';
    let body = '';
    stops.push(() => socket.destroy());
    socket.on('error', () => undefined);
    const react = (stage: Stage, well: string): boolean => {
      const said = at(stage, mine, socket);
      if (said === 'hang') return false;
      if (said === 'cut') {
        socket.destroy();
        return false;
      }
      const reply = said ?? well;
      if (reply !== '') socket.write(`${reply}\r\n`);
      return true;
    };
    if (!react('greeting', '220 mx.test')) return;
    socket.on('data', (chunk: Buffer) => {
      held += chunk.toString('latin1');
      for (let end = held.indexOf('\r\n'); end !== -1; end = held.indexOf('\r\n')) {
        const line = held.slice(0, end);
        held = held.slice(end + 2);
        if (data && line !== '.') {
          body += `${line}\r\n`;
          if (body.length > 20_000 && !react('body', '')) return;
          continue;
        }
        if (data) {
          data = false;
          messages.push(Buffer.from(body, 'latin1'));
          body = '';
          if (!react('dot', '250 2.6.0 queued')) return;
          continue;
        }
        const verb = line.slice(0, 4);
        if (verb === 'EHLO') {
          if (!react('EHLO', '250-mx.test\r\n250 PIPELINING')) return;
        } else if (verb === 'MAIL' || verb === 'RCPT') {
          if (!react(verb, '250 fine')) return;
        } else if (verb === 'DATA') {
          if (!react('DATA', '354 go')) return;
          data = at('DATA', mine, socket) === undefined;
        } else socket.write('250 fine\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, messages, connections: () => connections };
}

/** `patience`: milliseconds for each stage. A host that answers is given more than a busy machine may stand still. */
function relayTo({ port }: Peer, patience = 10_000) {
  const relay = createRelayTransport({
    helo: 'mx.holdfast.example',
    primaryPort: port,
    remotePort: port,
    primaryTls: 'may',
    smartHost: null,
    dns: {
      mx: () => Promise.reject(new Error('not asked')),
      addresses: () => Promise.resolve({ ok: true, value: ['127.0.0.1'] }),
    },
    timeouts: {
      greeting: patience,
      command: patience,
      data: patience,
      block: patience,
      dot: patience,
    },
    log: silent,
  });
  stops.push(() => void relay.close());
  return (
    recipients: readonly string[] = ['megan@contoso.example'],
    bytes = 30_000,
  ): Promise<readonly RelayResult[]> =>
    relay.send({
      route: 'primary',
      hosts: ['mx.test'],
      envelope: { from: 'a@outside.example', recipients, bodyType: '7BIT', smtpUtf8: false },
      message: {
        size: bytes,
        async *stream() {
          for (let left = bytes; left > 0; left -= 100)
            yield await Promise.resolve(Buffer.from(`${'x'.repeat(98)}\r\n`));
        },
      },
    });
}

describe('a host that hangs up', () => {
  test.each([
    ['greeting', 'connect'],
    ['EHLO', 'connect'],
    ['MAIL', 'dropped'],
    ['RCPT', 'dropped'],
    ['DATA', 'dropped'],
    ['body', 'dropped'],
    ['dot', 'dropped'],
  ] as const)('at %s: `%s`, and nobody is delivered', async (stage, failure) => {
    const host = await peer((at) => (at === stage ? 'cut' : undefined));
    const [result] = await relayTo(host)();
    expect(result?.outcome).toMatchObject({ kind: 'network', failure });
  });
});

describe('a host that hangs', () => {
  test.each(['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'dot'] as const)(
    'at %s is a timeout, after the patience for that',
    async (stage) => {
      const host = await peer((at) => (at === stage ? 'hang' : undefined));
      const [result] = await relayTo(host, 200)();
      expect(result?.outcome).toMatchObject({ kind: 'network', failure: 'timeout' });
    },
  );

  test('in the middle of a message that its buffers do not hold', async () => {
    const host = await peer((at, _connection, socket) => {
      if (at === 'body') socket.pause();
      return undefined;
    });
    const [result] = await relayTo(host, 200)(undefined, 30 * 1024 * 1024);
    expect(result?.outcome).toMatchObject({ kind: 'network', failure: 'timeout' });
  });
});

describe('a host that lies', () => {
  test.each([
    ['MAIL', '354 go'],
    ['RCPT', '354 go'],
    ['DATA', '250 fine'],
    ['RCPT', 'HTTP/1.1 400 Bad Request'],
    ['RCPT', '250-one\r\n450 two'],
    ['dot', '354 more'],
  ] as const)('at %s with %j is believed nothing', async (stage, reply) => {
    const host = await peer((at) => (at === stage ? reply : undefined));
    const [result] = await relayTo(host)();
    expect(result?.outcome).toMatchObject({
      kind: 'network',
      failure: 'dropped',
      text: expect.stringMatching(/^protocol/),
    });
  });

  test('that it has the message before it is sent is believed nothing', async () => {
    const host = await peer((at) => (at === 'body' ? '250 queued already' : undefined));
    const [result] = await relayTo(host)(undefined, 30 * 1024 * 1024);
    expect(result?.outcome).toMatchObject({ kind: 'network', failure: 'dropped' });
  });

  test('with an endless reply is cut off', async () => {
    const host = await peer((at) => (at === 'EHLO' ? `250-${'x'.repeat(10_000)}` : undefined));
    const [result] = await relayTo(host)();
    expect(result?.outcome).toMatchObject({
      kind: 'network',
      text: expect.stringMatching(/^protocol/),
    });
  });
});

describe('a host that throttles', () => {
  test('in the middle of a message is heard at once', async () => {
    const host = await peer((at) =>
      at === 'body' ? '451 4.7.500 Server busy (S77714)' : undefined,
    );
    const [result] = await relayTo(host)();
    expect(result?.outcome).toMatchObject({ code: 451, text: '4.7.500 Server busy (S77714)' });
  });

  test('with too many recipients gets the rest at once in another transaction', async () => {
    let asked = 0;
    const host = await peer((at) => {
      if (at === 'MAIL') asked = 0;
      if (at !== 'RCPT') return undefined;
      asked += 1;
      return asked > 2 ? '452 4.5.3 Too many recipients' : undefined;
    });
    const recipients = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@contoso.example`);
    const results = await relayTo(host)(recipients);
    expect(
      results.map(({ recipient, outcome }) => [
        recipient,
        outcome.kind === 'reply' && outcome.code,
      ]),
    ).toEqual(recipients.map((recipient) => [recipient, 250]));
    expect([host.messages.length, host.connections()]).toEqual([3, 1]);
  });

  test('takes no more than 200 recipients at once', async () => {
    let recipientsOfOne = 0;
    const most: number[] = [];
    const host = await peer((at) => {
      if (at === 'MAIL') recipientsOfOne = 0;
      if (at === 'RCPT') recipientsOfOne += 1;
      if (at === 'dot') most.push(recipientsOfOne);
      return undefined;
    });
    const recipients = Array.from({ length: 450 }, (_, index) => `u${index}@contoso.example`);
    const results = await relayTo(host)(recipients, 100);
    expect(results.every(({ outcome }) => outcome.kind === 'reply' && outcome.code === 250)).toBe(
      true,
    );
    expect(most).toEqual([200, 200, 50]);
  });
});

describe('a kept connection', () => {
  test.each(['cut', '421 4.4.2 idle for too long'] as const)(
    'that says only “%s” at the next message is replaced by a new one, at no cost',
    async (farewell) => {
      let mails = 0;
      const host = await peer((at, connection) => {
        if (at !== 'MAIL' || connection > 1) return undefined;
        mails += 1;
        return mails === 2 ? farewell : undefined;
      });
      const send = relayTo(host);
      await send();
      const [result] = await send();
      expect(result?.outcome).toMatchObject({ code: 250 });
      expect([host.connections(), host.messages.length]).toEqual([2, 2]);
    },
  );

  test('that breaks after the final dot is not: the result is unknown', async () => {
    let dots = 0;
    const host = await peer((at) => (at === 'dot' && (dots += 1) === 2 ? 'cut' : undefined));
    const send = relayTo(host);
    await send();
    const [result] = await send();
    expect(result?.outcome).toMatchObject({ kind: 'network', failure: 'dropped' });
    expect(host.connections()).toBe(1);
  });
});
