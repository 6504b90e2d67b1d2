import { connect as connectSocket, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A scripted client: raw bytes out, whole replies in. */
export interface RawClient {
  /** The next reply, all its lines. Rejects when the connection ends first. */
  reply(): Promise<string>;
  write(bytes: string | Uint8Array): void;
  /** Writes one command and waits for its reply. */
  say(line: string): Promise<string>;
  upgrade(): Promise<void>;
  /** Hangs up this side; the other may still speak. */
  end(): void;
  destroy(): void;
  /** Resolves when the server has closed the connection. */
  readonly closed: Promise<void>;
}

export async function rawClient(port: number): Promise<RawClient> {
  let socket: Socket = connectSocket(port, '127.0.0.1');
  let received = '';
  let wake: () => void = () => undefined;
  const closed = Promise.withResolvers<void>();
  let ended = false;
  function attach(): void {
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
      wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      ended = true;
      wake();
      closed.resolve();
    });
  }
  attach();

  async function reply(): Promise<string> {
    for (;;) {
      const whole = /^(?:\d{3}-[^\r\n]*\r\n)*\d{3}(?: [^\r\n]*)?\r\n/.exec(received)?.[0];
      if (whole !== undefined) {
        received = received.slice(whole.length);
        return whole.trimEnd();
      }
      if (ended) throw new Error(`Connection closed, received: ${received}`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  return {
    reply,
    write: (bytes) => void socket.write(bytes),
    say(line) {
      socket.write(`${line}\r\n`);
      return reply();
    },
    upgrade() {
      return new Promise((resolve, reject) => {
        socket.removeAllListeners('data');
        const secure = connectTls({ socket, rejectUnauthorized: false }, resolve);
        secure.once('error', reject);
        socket = secure;
        attach();
      });
    },
    end: () => void socket.end(),
    destroy: () => socket.destroy(),
    closed: closed.promise,
  };
}
