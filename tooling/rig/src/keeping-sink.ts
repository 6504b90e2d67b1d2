import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface KeptMessage {
  readonly from: string;
  readonly recipients: readonly string[];
  /** What stood on the wire between DATA and the final dot, un-stuffed; one byte is one character. */
  readonly raw: string;
}

export interface KeepingSink {
  readonly messages: readonly KeptMessage[];
  /** Things that no honest client says: a bare CR or LF outside of any message, or a command that is none. */
  readonly oddities: readonly string[];
  stop(): Promise<void>;
}

const EXTENSIONS = ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'SIZE 157286400', 'ENHANCEDSTATUSCODES'];
/** RFC 5321 §4.5.2: nothing else ends a message. */
const END_OF_DATA = '\r\n.\r\n';

/** A receiving host that keeps every byte: smtp-sink's dump loses the line ends. Written on purpose without our parser. */
export async function startKeepingSink(port: number): Promise<KeepingSink> {
  const messages: KeptMessage[] = [];
  const oddities: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that goes away is nobody's business here.
    socket.on('error', () => socket.destroy());
    serve(socket, messages, oddities);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    messages,
    oddities,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function serve(socket: Socket, messages: KeptMessage[], oddities: string[]): void {
  let unread = '';
  let inData = false;
  let from = '';
  let recipients: string[] = [];
  socket.setEncoding('latin1');
  socket.write('220 sink.example ESMTP\r\n');

  function command(line: string): void {
    if (/[\r\n\0]/.test(line)) oddities.push(line);
    const verb = line.slice(0, 4).toUpperCase();
    const address = /<(.*?)>/.exec(line)?.[1] ?? '';
    if (verb === 'EHLO')
      socket.write(`250-sink.example\r\n${EXTENSIONS.map(extensionLine).join('')}`);
    else if (verb === 'QUIT') socket.end('221 2.0.0 Bye\r\n');
    else if (verb === 'DATA') {
      inData = true;
      socket.write('354 Go on\r\n');
    } else if (/^(?:HELO|MAIL|RCPT|RSET|NOOP)$/.test(verb)) {
      if (verb === 'MAIL') from = address;
      if (verb === 'RCPT') recipients.push(address);
      if (verb === 'MAIL' || verb === 'RSET') recipients = verb === 'MAIL' ? [] : recipients;
      socket.write('250 2.1.0 Yes\r\n');
    } else {
      oddities.push(line);
      socket.write('500 5.5.2 What?\r\n');
    }
  }

  function body(): boolean {
    // The dot may stand right behind the 354.
    const wire = `\r\n${unread}`;
    const end = wire.indexOf(END_OF_DATA);
    if (end < 0) return false;
    const raw = wire.slice(2, end + 2).replaceAll('\r\n.', '\r\n');
    messages.push({ from, recipients, raw: raw.startsWith('.') ? raw.slice(1) : raw });
    recipients = [];
    unread = wire.slice(end + END_OF_DATA.length);
    inData = false;
    socket.write('250 2.0.0 Kept\r\n');
    return true;
  }

  socket.on('data', (text: string) => {
    unread += text;
    for (;;) {
      if (inData) {
        if (!body()) return;
        continue;
      }
      const end = unread.indexOf('\r\n');
      if (end < 0) return;
      const line = unread.slice(0, end);
      unread = unread.slice(end + 2);
      command(line);
    }
  });
}

function extensionLine(name: string, position: number): string {
  return `250${position === EXTENSIONS.length - 1 ? ' ' : '-'}${name}\r\n`;
}
