import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo } from 'node:net';
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
  const udp = createSocket('udp4');
  udp.on('message', (message, from) => {
    const reply = answer(message, 'udp');
    if (reply !== null) udp.send(dnsPacket.encode(reply), from.port, from.address);
  });
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  const { port }: AddressInfo = udp.address();
  const tcp = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      const reply = answer(chunk.subarray(2), 'tcp');
      if (reply !== null) socket.write(dnsPacket.streamEncode(reply));
    });
  });
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', reject);
    tcp.listen(port, '127.0.0.1', resolve);
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
