import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

export interface TestZone {
  /** By lower-case name. */
  readonly txt?: Readonly<Record<string, readonly string[]>>;
  readonly a?: Readonly<Record<string, readonly string[]>>;
  readonly mx?: Readonly<Record<string, readonly (readonly [number, string])[]>>;
  /** Names that are answered with SERVFAIL; `*` for all. */
  readonly failing?: readonly string[];
  /** Names that get no answer at all; `*` for all. */
  readonly silent?: readonly string[];
}

const A = 1;
const MX = 15;
const TXT = 16;
const NOERROR = 0;
const SERVFAIL = 2;
const NXDOMAIN = 3;

/** A name server on the loopback that knows what it is told. */
export async function dnsServer(
  zone: TestZone,
): Promise<AsyncDisposable & { readonly server: string; readonly questions: string[] }> {
  const questions: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    questions.push(readName(query, 12).name);
    const answer = answerTo(query, zone);
    if (answer !== null) socket.send(answer, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port }: AddressInfo = socket.address();
  return {
    server: `127.0.0.1:${port}`,
    questions,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

function answerTo(query: Buffer, zone: TestZone): Buffer | null {
  const { name, end } = readName(query, 12);
  const type = query.readUInt16BE(end);
  const question = query.subarray(12, end + 4);
  const matches = (names: readonly string[] = []): boolean =>
    names.includes('*') || names.includes(name);
  if (matches(zone.silent)) return null;
  const data = recordsFor(type, name, zone);
  const known = [zone.txt, zone.a, zone.mx].some((part) => part !== undefined && name in part);
  const code = matches(zone.failing) ? SERVFAIL : known ? NOERROR : NXDOMAIN;
  const header = Buffer.alloc(12);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  header.writeUInt16BE(0x8580 | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(code === NOERROR ? data.length : 0, 6);
  const answers = code === NOERROR ? data.map((bytes) => record(type, bytes)) : [];
  return Buffer.concat([header, question, ...answers]);
}

function recordsFor(type: number, name: string, zone: TestZone): readonly Buffer[] {
  if (type === TXT) return (zone.txt?.[name] ?? []).map(txtData);
  if (type === A) {
    return (zone.a?.[name] ?? []).map((address) => Buffer.from(address.split('.').map(Number)));
  }
  if (type !== MX) return [];
  return (zone.mx?.[name] ?? []).map(([preference, exchange]) => {
    const start = Buffer.alloc(2);
    start.writeUInt16BE(preference);
    return Buffer.concat([start, writeName(exchange)]);
  });
}

/** Strings of at most 255 bytes, as a long key has to be cut. */
function txtData(text: string): Buffer {
  const parts = text.match(/.{1,255}/gs) ?? [''];
  return Buffer.concat(
    parts.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')])),
  );
}

function record(type: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(12);
  fixed.writeUInt16BE(0xc00c, 0);
  fixed.writeUInt16BE(type, 2);
  fixed.writeUInt16BE(1, 4);
  fixed.writeUInt32BE(60, 6);
  fixed.writeUInt16BE(data.length, 10);
  return Buffer.concat([fixed, data]);
}

function readName(packet: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = packet.readUInt8(at); length !== 0; length = packet.readUInt8(at)) {
    labels.push(packet.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function writeName(name: string): Buffer {
  const labels = name === '' ? [] : name.split('.');
  return Buffer.concat([
    ...labels.map((label) =>
      Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')]),
    ),
    Buffer.from([0]),
  ]);
}
