import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import dnsPacket, { type Answer } from 'dns-packet';

const NXDOMAIN = 3;
/** Long enough that a cache need not ask again during a run. Unit: seconds. */
const TTL = 3600;
/** One character string holds at most 255 octets (RFC 1035 §3.3). */
const STRING_OCTETS = 255;

export interface Zone {
  /** Name to address. */
  readonly A: Readonly<Record<string, string>>;
  readonly TXT: Readonly<Record<string, string>>;
}

export interface DnsServer {
  readonly port: number;
  /** Queries that were answered so far. */
  queries(): number;
  /** While silent it takes questions and answers none, as a resolver does that is gone behind a firewall. */
  silence(silent: boolean): void;
  stop(): Promise<void>;
}

/** Answers the names it has at once and denies all others, so that a measurement waits for nobody's resolver. */
export async function startDnsServer(zone: Zone, port = 0): Promise<DnsServer> {
  const names = new Set([...Object.keys(zone.A), ...Object.keys(zone.TXT)]);
  let queries = 0;
  let silent = false;
  const socket = createSocket('udp4');
  socket.on('message', (message, peer) => {
    const query = dnsPacket.decode(message);
    const question = query.questions?.[0];
    if (question === undefined) return;
    queries += 1;
    if (silent) return;
    const name = question.name.toLowerCase();
    const reply = dnsPacket.encode({
      type: 'response',
      id: query.id ?? 0,
      flags: dnsPacket.AUTHORITATIVE_ANSWER | (names.has(name) ? 0 : NXDOMAIN),
      questions: [question],
      answers: answersOf(zone, name, question.type),
    });
    socket.send(reply, peer.port, peer.address);
  });
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    queries: () => queries,
    silence: (wanted) => (silent = wanted),
    async stop() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

function answersOf(zone: Zone, name: string, type: string): Answer[] {
  const address = zone.A[name];
  if (type === 'A' && address !== undefined) return [{ name, type: 'A', ttl: TTL, data: address }];
  const text = zone.TXT[name];
  if (type !== 'TXT' || text === undefined) return [];
  const strings = text.match(new RegExp(`.{1,${STRING_OCTETS}}`, 'gs')) ?? [''];
  return [{ name, type: 'TXT', ttl: TTL, data: strings }];
}
