import { createSocket } from 'node:dgram';
import { type AddressInfo, createServer } from 'node:net';
import dnsPacket, { type Answer, type Packet } from 'dns-packet';
import type { DnsFault, Names, ZoneRecord } from './zone.ts';

/** Answers above this do not fit a plain UDP reply (RFC 1035 §4.2.1); the client comes back by TCP. */
const UDP_LIMIT_BYTES = 512;
const NXDOMAIN = 3;
const SERVFAIL = 2;
const REFUSED = 5;
/** Links of an alias chain that are put into one answer. */
const MOST_LINKS = 8;
const TCP_IDLE_MS = 5_000;
/** With port 0 the same number must be free for UDP and TCP. */
const PORT_ATTEMPTS = 10;

export interface DnsServer {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** A name server on UDP and TCP. It puts an alias and what stands behind it into one answer, as a resolver does. */
export async function startDnsServer(zone: Names, port: number, bind: string): Promise<DnsServer> {
  for (let attempt = 1; ; attempt += 1) {
    const udp = await listenUdp(zone, port, bind);
    const actual = udp.address().port;
    try {
      const tcp = await listenTcp(zone, actual, bind);
      return {
        port: actual,
        stop: async () => {
          await Promise.all([
            new Promise<void>((resolve) => udp.close(() => resolve())),
            new Promise<void>((resolve) => tcp.close(() => resolve())),
          ]);
        },
      };
    } catch (error) {
      udp.close();
      if (port !== 0 || attempt >= PORT_ATTEMPTS) throw error;
    }
  }
}

async function listenUdp(zone: Names, port: number, bind: string) {
  const socket = createSocket(bind.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (message, peer) => {
    const reply = answer(zone, message);
    if (reply === undefined) return;
    const encoded = dnsPacket.encode(reply);
    const truncated: Packet = {
      ...reply,
      flags: (reply.flags ?? 0) | dnsPacket.TRUNCATED_RESPONSE,
    };
    socket.send(
      encoded.length <= udpLimit(message)
        ? encoded
        : dnsPacket.encode({ ...truncated, answers: [] }),
      peer.port,
      peer.address,
    );
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, bind, () => resolve());
  });
  return socket;
}

function udpLimit(message: Buffer): number {
  const opt = dnsPacket.decode(message).additionals?.find((record) => record.type === 'OPT');
  return opt !== undefined && 'udpPayloadSize' in opt
    ? Math.max(UDP_LIMIT_BYTES, Number(opt.udpPayloadSize))
    : UDP_LIMIT_BYTES;
}

async function listenTcp(zone: Names, port: number, bind: string) {
  const server = createServer((socket) => {
    let pending = Buffer.alloc(0);
    socket.setTimeout(TCP_IDLE_MS, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
        const end = 2 + pending.readUInt16BE(0);
        const reply = answer(zone, pending.subarray(2, end));
        pending = pending.subarray(end);
        if (reply !== undefined) socket.write(dnsPacket.streamEncode(reply));
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, bind, () => resolve());
  });
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

/** The reply to a query; undefined for what is not a query at all. */
function answer(zone: Names, message: Buffer): Packet | undefined {
  let query: dnsPacket.DecodedPacket;
  try {
    query = dnsPacket.decode(message);
  } catch {
    return undefined;
  }
  const question = query.questions?.[0];
  if (query.type !== 'query' || question === undefined) return undefined;
  const { rcode, records, signed } = gather(zone, question.name, question.type);
  if (rcode === null) return undefined;
  const kind = zone.authoritative ? dnsPacket.AUTHORITATIVE_ANSWER : dnsPacket.RECURSION_AVAILABLE;
  return {
    type: 'response',
    id: query.id ?? 0,
    flags: kind | (signed ? dnsPacket.AUTHENTIC_DATA : 0) | rcode,
    questions: [question],
    answers: records,
  };
}

interface Gathered {
  /** Null: no answer at all. */
  readonly rcode: number | null;
  readonly records: Answer[];
  readonly signed: boolean;
}

/** What stands at the name, and behind the aliases that it leads to. */
function gather(zone: Names, name: string, type: string): Gathered {
  const records: Answer[] = [];
  let signed = true;
  let at = name;
  for (let links = 0; links < MOST_LINKS; links += 1) {
    const found = zone.lookup(at, type);
    if ('fault' in found) return { ...FAULTS[found.fault], records: [] };
    if (!found.found) return { rcode: NXDOMAIN, records, signed: false };
    records.push(...found.records.flatMap((record) => toAnswers(record, at)));
    signed &&= found.records.length > 0 && found.records.every((record) => record.signed === true);
    const alias = found.records.find((record) => record.type === 'CNAME');
    const [target] = alias?.type === 'CNAME' ? alias.values : [];
    if (target === undefined || type === 'CNAME') break;
    at = target;
  }
  return { rcode: 0, records, signed };
}

const FAULTS: Readonly<Record<DnsFault, Omit<Gathered, 'records'>>> = {
  servfail: { rcode: SERVFAIL, signed: false },
  refused: { rcode: REFUSED, signed: false },
  silent: { rcode: null, signed: false },
};

function toAnswers(record: ZoneRecord, name: string): Answer[] {
  const common = { name, ttl: record.ttl, class: 'IN' as const };
  switch (record.type) {
    case 'MX':
      return record.values.map((data) => ({ ...common, type: 'MX', data: { ...data } }));
    case 'TXT':
      return record.values.map((value) => ({
        ...common,
        type: 'TXT',
        // One character string holds at most 255 octets (RFC 1035 §3.3).
        data: value.match(/.{1,255}/gs) ?? [''],
      }));
    case 'TLSA':
      return record.values.map(({ data, ...rest }) => ({
        ...common,
        type: 'TLSA',
        data: { ...rest, certificate: Buffer.from(data, 'hex') },
      }));
    case 'A':
    case 'AAAA':
    case 'CNAME':
    case 'NS':
    case 'PTR': {
      const type = record.type;
      return record.values.map((data) => ({ ...common, type, data }));
    }
  }
}
