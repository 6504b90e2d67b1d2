import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';

/** A reply that does not come within this fails the dialogue. Unit: milliseconds. */
const REPLY_PATIENCE = 60_000;

/**
 * A connection on which everything can be said, right or wrong, byte by byte. What comes back is kept as replies, each
 * with all of its lines.
 */
export class SmtpDialogue {
  readonly #socket: Socket;
  #unread = '';
  #replies: string[] = [];
  #closed = false;
  #heard = Promise.withResolvers<void>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#unread += text;
      this.#collect();
      this.#wake();
    });
    // A peer that resets has closed; which of the two is not asked here.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  /** Connects; `localAddress` is another client's, as far as loopback has them. */
  static async open(
    port: number,
    options: { readonly localAddress?: string } = {},
  ): Promise<SmtpDialogue> {
    const socket = createConnection({ host: '127.0.0.1', port, noDelay: true, ...options });
    const dialogue = new SmtpDialogue(socket);
    await once(socket, 'connect');
    return dialogue;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** The next reply, its lines joined by line feeds; null when the peer closed without one. */
  async reply(patience = REPLY_PATIENCE): Promise<string | null> {
    const deadline = performance.now() + patience;
    for (;;) {
      const next = this.#replies.shift();
      if (next !== undefined) return next;
      if (this.#closed) return null;
      await this.#wait(deadline);
    }
  }

  /** Sends bytes as they are; resolves when the kernel has taken them. */
  write(bytes: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => resolve();
      if (typeof bytes === 'string') this.#socket.write(bytes, 'latin1', done);
      else this.#socket.write(bytes, done);
    });
  }

  /** One command and its reply. */
  async say(command: string): Promise<string | null> {
    await this.write(`${command}\r\n`);
    return this.reply();
  }

  /** Greeting, EHLO, MAIL, RCPT and DATA, each of which has to succeed. */
  async beginData(from: string, to: string): Promise<void> {
    const expected = async (code: string, got: string | null): Promise<void> => {
      if (got?.startsWith(code) !== true) throw new Error(`Expected ${code}, got ${got}`);
    };
    await expected('220', await this.reply());
    await expected('250', await this.say('EHLO mail.fabrikam.example'));
    await expected('250', await this.say(`MAIL FROM:<${from}>`));
    await expected('250', await this.say(`RCPT TO:<${to}>`));
    await expected('354', await this.say('DATA'));
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #collect(): void {
    for (;;) {
      const end = /^\d{3}(?: .*)?\r\n/m.exec(this.#unread);
      if (end === null) return;
      const length = end.index + end[0].length;
      this.#replies.push(this.#unread.slice(0, length).trimEnd().replaceAll('\r\n', '\n'));
      this.#unread = this.#unread.slice(length);
    }
  }

  #wake(): void {
    this.#heard.resolve();
    this.#heard = Promise.withResolvers<void>();
  }

  async #wait(deadline: number): Promise<void> {
    const left = deadline - performance.now();
    if (left <= 0) throw new Error('The peer did not answer in time.');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, left);
    });
    await Promise.race([this.#heard.promise, late]);
    clearTimeout(timer);
  }
}
