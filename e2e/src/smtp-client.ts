import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

export interface LoadMessage {
  readonly messageId: string;
  readonly from: string;
  readonly recipient: string;
  /** Whole message, CRLF line ends, ends with one. */
  readonly raw: string;
}

interface Accepted {
  readonly messageId: string;
  readonly recipient: string;
  /** The final reply, `250 …`. */
  readonly reply: string;
  readonly at: number;
}

export interface LoadReport {
  readonly accepted: readonly Accepted[];
  /** Messages refused with 5xx, or still without an answer when the load was stopped. */
  readonly notAccepted: readonly { readonly messageId: string; readonly why: string }[];
  /** Attempts that ended after the final dot without a reply: accepted or not, nobody knows; sent again. */
  readonly inDoubt: number;
  readonly lostConnections: number;
  /** 4xx replies; those messages were sent again. */
  readonly deferred: number;
}

export interface LoadOptions {
  readonly port: number;
  /** Connections at once. */
  readonly connections: number;
  /** Messages in all; the load ends after the last one was answered. */
  readonly count: number;
  readonly message: (number: number) => LoadMessage;
  /** Ends the load early: no new message is begun. */
  readonly signal?: AbortSignal;
  /** Called on each `250`, before the next message goes out. */
  readonly accepted?: (count: number) => void;
  /** Called on each `4xx` after the final dot; the message is sent again. */
  readonly refused?: (reply: string) => void;
  /** Asked before each message; the next one goes out when it resolves. */
  readonly gate?: () => Promise<void>;
  /** Milliseconds between two messages of one connection: light load instead of all that goes. */
  readonly pause?: number;
}

/** Between two tries of a message whose connection was lost or refused. Milliseconds. */
const RETRY_PAUSE = 100;
/** A reply that does not come within this counts as a lost connection. Milliseconds. */
const REPLY_PATIENCE = 30_000;
/** A message that was not answered for good within this is given up. Milliseconds. */
const MESSAGE_PATIENCE = 90_000;

class ConnectionLost extends Error {
  readonly afterDot: boolean;

  constructor(message: string, afterDot: boolean) {
    super(message);
    this.afterDot = afterDot;
  }
}

/**
 * A sending mail server under load: logs each Message-ID with its `250`, and after a lost connection comes back and
 * sends the same bytes again, as RFC 5321 §4.5.4.1 asks. (smtp-source ends at the first lost connection.)
 */
export async function sendLoad(options: LoadOptions): Promise<LoadReport> {
  const report = {
    accepted: [] as Accepted[],
    notAccepted: [] as { messageId: string; why: string }[],
    inDoubt: 0,
    lostConnections: 0,
    deferred: 0,
  };
  let next = 0;

  async function work(): Promise<void> {
    let connection: Connection | null = null;
    while (next < options.count && options.signal?.aborted !== true) {
      // Before the wait: whoever waits beside us counts on the same number.
      const number = next++;
      await options.gate?.();
      connection = await sendUntilAnswered(options.message(number), connection);
      if (options.pause !== undefined) await wait(options.pause);
    }
    connection?.quit();
  }

  async function sendUntilAnswered(
    message: LoadMessage,
    open: Connection | null,
  ): Promise<Connection | null> {
    const deadline = Date.now() + MESSAGE_PATIENCE;
    let connection = open;
    for (;;) {
      let why: string;
      try {
        connection ??= await Connection.open(options.port);
        const reply = await connection.send(message);
        if (reply.startsWith('2')) {
          const { messageId, recipient } = message;
          report.accepted.push({ messageId, recipient, reply, at: Date.now() });
          options.accepted?.(report.accepted.length);
          return connection;
        }
        why = reply;
        if (reply.startsWith('5')) {
          report.notAccepted.push({ messageId: message.messageId, why });
          return connection;
        }
        report.deferred += 1;
        options.refused?.(reply);
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error;
        connection?.destroy();
        connection = null;
        report.lostConnections += 1;
        if (error.afterDot) report.inDoubt += 1;
        why = error.message;
      }
      if (Date.now() > deadline || options.signal?.aborted === true) {
        report.notAccepted.push({ messageId: message.messageId, why });
        return connection;
      }
      await wait(RETRY_PAUSE);
    }
  }

  await Promise.all(Array.from({ length: options.connections }, work));
  return report;
}

class Connection {
  readonly #socket: Socket;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;

  private constructor(socket: Socket) {
    this.#socket = socket;
    // What is written to a connection that is gone shows at the next reply that does not come.
    socket.on('error', () => undefined);
    this.#reader = createInterface({ input: socket });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  static async open(port: number): Promise<Connection> {
    const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
    try {
      await once(socket, 'connect');
    } catch (error) {
      throw new ConnectionLost(String(error), false);
    }
    const connection = new Connection(socket);
    await connection.#expect(false);
    await connection.#say('EHLO mail.fabrikam.example', false);
    return connection;
  }

  /** One transaction; resolves to its last reply. */
  async send(message: LoadMessage): Promise<string> {
    for (const command of [
      `MAIL FROM:<${message.from}>`,
      `RCPT TO:<${message.recipient}>`,
      'DATA',
    ]) {
      const reply = await this.#say(command, false);
      if (/^[23]/.test(reply)) continue;
      await this.#say('RSET', false);
      return reply;
    }
    return this.#say(`${message.raw.replaceAll(/^\./gm, '..')}.`, true);
  }

  quit(): void {
    this.#socket.end('QUIT\r\n');
    this.#reader.close();
  }

  destroy(): void {
    this.#reader.close();
    this.#socket.destroy();
  }

  async #say(line: string, isBody: boolean): Promise<string> {
    this.#socket.write(`${line}\r\n`);
    return this.#expect(isBody);
  }

  /** The last line of the next reply. */
  async #expect(afterDot: boolean): Promise<string> {
    const tooLate = new AbortController();
    const timeout = wait(REPLY_PATIENCE, 'timeout' as const, { signal: tooLate.signal }).catch(
      () => 'timeout' as const,
    );
    try {
      for (;;) {
        const line = await Promise.race([
          this.#lines.next().catch((error: unknown) => {
            throw new ConnectionLost(String(error), afterDot);
          }),
          timeout,
        ]);
        if (line === 'timeout') throw new ConnectionLost('no reply in time', afterDot);
        if (line.done === true) throw new ConnectionLost('connection lost', afterDot);
        if (/^\d{3}(?: |$)/.test(line.value)) return line.value;
      }
    } finally {
      tooLate.abort();
    }
  }
}
