import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
import dnsPacket, { type Packet } from 'dns-packet';

export interface ScriptedQuestion {
  readonly name: string;
  readonly type: string;
  readonly over: 'udp' | 'tcp';
}

/** What is put beside the id and, unless it says otherwise, the question; null: no answer. */
export type Script = (question: ScriptedQuestion) => Omit<Packet, 'id'> | null;

/** A name server on the loopback that answers by a script. */
export async function scriptedDns(
  script: Script,
): Promise<AsyncDisposable & { readonly server: string; readonly asked: ScriptedQuestion[] }> {
  const asked: ScriptedQuestion[] = [];
  const answer = (message: Buffer, over: ScriptedQuestion['over']): Packet | null => {
    const query = dnsPacket.decode(message);
    const [question] = query.questions ?? [];
    if (question === undefined) return null;
    const scripted: ScriptedQuestion = { name: question.name, type: question.type, over };
    asked.push(scripted);
    const given = script(scripted);
    return given === null
      ? null
      : { type: 'response', id: query.id ?? 0, questions: [question], ...given };
  };
  const tcp = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      const reply = answer(chunk.subarray(2), 'tcp');
      if (reply !== null) socket.write(dnsPacket.streamEncode(reply));
    });
  });
  const { udp, port } = await listenOnBoth(tcp);
  udp.on('message', (message, from) => {
    const reply = answer(message, 'udp');
    if (reply !== null) udp.send(dnsPacket.encode(reply), from.port, from.address);
  });
  return {
    server: `127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => udp.close(resolve));
      await new Promise<void>((resolve) => tcp.close(() => resolve()));
    },
  };
}

/** A port that the system gives out for UDP may be somebody's for TCP: then it is another one. */
async function listenOnBoth(tcp: Server): Promise<{ udp: UdpSocket; port: number }> {
  const udp = createSocket('udp4');
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  const { port } = udp.address();
  const isFree = await new Promise<boolean>((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error);
    tcp.once('error', refused);
    tcp.listen(port, '127.0.0.1', () => {
      tcp.off('error', refused);
      resolve(true);
    });
  });
  if (isFree) return { udp, port };
  await new Promise<void>((resolve) => udp.close(resolve));
  return listenOnBoth(tcp);
}
