import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface ScriptedHost {
  /** RCPT commands that were answered, in their order. */
  readonly asked: readonly string[];
  /** What a recipient is answered at RCPT; without an entry it is taken. */
  answer(recipient: string, reply: string | null): void;
  stop(): Promise<void>;
}

/** A receiving host that answers each recipient as it is told, and takes the messages for those whom it took. */
export async function startScriptedHost(port: number): Promise<ScriptedHost> {
  const replies = new Map<string, string>();
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that goes away is nobody's business here.
    socket.on('error', () => socket.destroy());
    let unread = '';
    let inData = false;
    const command = (line: string): string | null => {
      if (inData) {
        if (line !== '.') return null;
        inData = false;
        return '250 2.6.0 Queued mail for delivery';
      }
      const recipient = /^RCPT TO:<(.*?)>/i.exec(line)?.[1]?.toLowerCase();
      if (recipient !== undefined) {
        asked.push(recipient);
        return replies.get(recipient) ?? '250 2.1.5 Recipient OK';
      }
      if (/^EHLO/i.test(line)) return '250-tenant.example\r\n250-8BITMIME\r\n250 SIZE 157286400';
      if (/^QUIT/i.test(line)) return '221 2.0.0 Bye';
      inData = /^DATA/i.test(line);
      return inData ? '354 Start mail input' : '250 2.1.0 OK';
    };
    socket.setEncoding('latin1');
    socket.write('220 tenant.example Microsoft ESMTP MAIL Service ready\r\n');
    socket.on('data', (text: string) => {
      unread += text;
      for (let end = unread.indexOf('\r\n'); end >= 0; end = unread.indexOf('\r\n')) {
        const reply = command(unread.slice(0, end));
        unread = unread.slice(end + 2);
        if (reply !== null) socket.write(`${reply}\r\n`);
      }
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    asked,
    answer(recipient, reply) {
      if (reply === null) replies.delete(recipient);
      else replies.set(recipient, reply);
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
