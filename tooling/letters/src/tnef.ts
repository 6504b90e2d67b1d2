/** Writes `winmail.dat` as Outlook does (MS-OXTNEF), as far as tests need it. */
export interface TnefInput {
  readonly body?: string;
  readonly html?: string;
  readonly compressedRtf?: Buffer;
  readonly subject?: string;
  readonly files?: readonly {
    readonly name: string;
    readonly content?: Buffer;
    readonly contentId?: string;
    /** A message as an attachment. */
    readonly message?: Buffer;
  }[];
}

const IMESSAGE = Buffer.from('0703020000000000c000000000000046', 'hex');

export function aTnef(input: TnefInput): Buffer {
  const attributes = [
    attribute(1, 0x00069007, Buffer.concat([long(1252), long(0)])),
    attribute(
      1,
      0x00069003,
      properties([
        ...(input.subject === undefined ? [] : [unicode(0x0037, input.subject)]),
        ...(input.body === undefined ? [] : [unicode(0x1000, input.body)]),
        ...(input.html === undefined ? [] : [variable(0x102, 0x1013, Buffer.from(input.html))]),
        long(0x3fde0003, 65_001),
        ...(input.compressedRtf === undefined
          ? []
          : [variable(0x102, 0x1009, input.compressedRtf)]),
      ]),
    ),
    ...(input.files ?? []).flatMap(({ name, content, contentId, message }) => [
      attribute(2, 0x00069002, Buffer.alloc(14)),
      attribute(2, 0x00018010, Buffer.from(`${name.slice(0, 8)}\0`, 'latin1')),
      ...(content === undefined ? [] : [attribute(2, 0x0006800f, content)]),
      attribute(
        2,
        0x00069005,
        properties([
          unicode(0x3707, name),
          ...(contentId === undefined ? [] : [unicode(0x3712, contentId)]),
          ...(message === undefined
            ? []
            : [variable(0x0d, 0x3701, Buffer.concat([IMESSAGE, message]))]),
        ]),
      ),
    ]),
  ];
  return Buffer.concat([Buffer.from('789f3e220100', 'hex'), ...attributes]);
}

function attribute(level: number, id: number, data: Buffer): Buffer {
  const sum = data.reduce((total, byte) => (total + byte) & 0xffff, 0);
  const end = Buffer.alloc(2);
  end.writeUInt16LE(sum);
  return Buffer.concat([Buffer.from([level]), long(id), long(data.length), data, end]);
}

function properties(values: readonly Buffer[]): Buffer {
  return Buffer.concat([long(values.length), ...values]);
}

function unicode(id: number, text: string): Buffer {
  return variable(0x1f, id, Buffer.from(`${text}\0`, 'utf16le'));
}

function variable(type: number, id: number, data: Buffer): Buffer {
  const tag = (id << 16) | type;
  const padding = Buffer.alloc((4 - (data.length % 4)) % 4);
  return Buffer.concat([long(tag >>> 0), long(1), long(data.length), data, padding]);
}

function long(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, at * 4);
  return bytes;
}

/** Not compressed at all, which the format allows (MS-OXRTFCP §2.1.3.1). */
export function storedRtf(rtf: string): Buffer {
  const content = Buffer.from(rtf, 'latin1');
  return Buffer.concat([long(content.length + 12, content.length, 0x414c454d, 0), content]);
}
