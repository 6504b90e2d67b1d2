import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, isIP } from 'node:net';
import dnsPacket, { type DecodedPacket, type Packet } from 'dns-packet';
import { describeError } from '../spool/file-system.ts';

export interface DnsServerAddress {
  readonly host: string;
  readonly port: number;
}

export type Question = NonNullable<Packet['questions']>[number];

/** The reply, or why there is none. */
export type Exchange =
  | { readonly ok: true; readonly packet: DecodedPacket }
  | { readonly ok: false; readonly detail: string };

const DNS_PORT = 53;
/** What passes every path without fragments (DNS flag day 2020). Octets. */
const UDP_PAYLOAD = 1232;
/** Longest message over TCP (RFC 1035 §4.2.2). Octets. */
const TCP_LIMIT = 65_535;
const TRIES = 2;

/** `address`, `address:port` or `[address]:port`. Null: it is none. */
export function readServer(text: string): DnsServerAddress | null {
  if (isIP(text) !== 0) return { host: text, port: DNS_PORT };
  const match = /^(?:\[(?<v6>[^\]]+)\]|(?<v4>[^:]+)):(?<port>\d{1,5})$/.exec(text);
  const host = match?.groups?.['v6'] ?? match?.groups?.['v4'];
  const port = Number(match?.groups?.['port']);
  return host === undefined || isIP(host) === 0 || port > 65_535 ? null : { host, port };
}

/** One question to one server: over UDP, twice at most, and over TCP when the answer does not fit (RFC 7766 §5). */
export async function exchange(
  server: DnsServerAddress,
  question: Question,
  timeoutMs: number,
): Promise<Exchange> {
  let answer: Exchange = { ok: false, detail: 'not asked' };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    answer = await overUdp(server, question, timeoutMs);
    if (answer.ok) break;
  }
  return answer.ok && answer.packet.flag_tc ? overTcp(server, question, timeoutMs) : answer;
}

/** AD in a question asks for it in the answer, without the bulk of signatures that DO would bring (RFC 6840 §5.7). */
function queryOf(id: number, question: Question): Packet {
  return {
    type: 'query',
    id,
    flags: dnsPacket.RECURSION_DESIRED | dnsPacket.AUTHENTIC_DATA,
    questions: [question],
    additionals: [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: UDP_PAYLOAD,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [],
      },
    ],
  };
}

function overUdp(
  server: DnsServerAddress,
  question: Question,
  timeoutMs: number,
): Promise<Exchange> {
  const id = randomInt(0x1_0000);
  return new Promise((resolve) => {
    const socket = createSocket(isIP(server.host) === 6 ? 'udp6' : 'udp4');
    const finish = (answer: Exchange): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => finish({ ok: false, detail: 'no answer in time' }), timeoutMs);
    socket.on('error', (error) => finish({ ok: false, detail: describeError(error) }));
    socket.on('message', (message) => {
      // Anything else on this port is not the answer: a late one, or a guess of somebody who cannot see the question.
      const packet = readReply(message, id, question);
      if (packet !== null) finish({ ok: true, packet });
    });
    // Connected, so that only this server's packets reach the socket.
    socket.connect(server.port, server.host, () => {
      socket.send(dnsPacket.encode(queryOf(id, question)));
    });
  });
}

function overTcp(
  server: DnsServerAddress,
  question: Question,
  timeoutMs: number,
): Promise<Exchange> {
  const id = randomInt(0x1_0000);
  return new Promise((resolve) => {
    const socket = connect(server.port, server.host);
    let received = Buffer.alloc(0);
    const finish = (answer: Exchange): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(
      () => finish({ ok: false, detail: 'no answer over TCP in time' }),
      timeoutMs,
    );
    socket.on('error', (error) => finish({ ok: false, detail: `TCP: ${describeError(error)}` }));
    socket.on('close', () => finish({ ok: false, detail: 'TCP connection was closed' }));
    socket.on('connect', () => socket.write(dnsPacket.streamEncode(queryOf(id, question))));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2) return;
      const length = received.readUInt16BE(0);
      if (received.length < 2 + length && received.length <= TCP_LIMIT) return;
      const packet = readReply(received.subarray(2, 2 + length), id, question);
      finish(packet === null ? { ok: false, detail: 'unreadable answer' } : { ok: true, packet });
    });
  });
}

function readReply(message: Buffer, id: number, question: Question): DecodedPacket | null {
  try {
    const packet = dnsPacket.decode(message);
    const [asked] = packet.questions ?? [];
    return packet.type === 'response' &&
      packet.id === id &&
      asked?.name.toLowerCase() === question.name.toLowerCase() &&
      asked.type === question.type
      ? packet
      : null;
  } catch {
    return null;
  }
}
