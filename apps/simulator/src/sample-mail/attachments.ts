import { crc32, deflateSync } from 'node:zlib';

/** A valid one-page PDF with a line of text. */
export function pdf(line: string): Buffer {
  const safe = line.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/([()\\])/g, '\\$1');
  const content = `BT /F1 18 Tf 72 760 Td (${safe}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = body.length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}` +
      `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
    'latin1',
  );
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** A PNG with a vertical gradient of one colour. */
export function png(width: number, height: number, colour: readonly [number, number, number]) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = 1 + width * 3;
  const pixels = Buffer.alloc(row * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const shade = 1 - (y / height) * 0.4;
      pixels.set(
        colour.map((part) => Math.round(part * shade)),
        y * row + 1 + x * 3,
      );
    }
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(pixels)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export function csv(rows: readonly (readonly string[])[]): Buffer {
  const quote = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return Buffer.from(rows.map((row) => row.map(quote).join(',')).join('\r\n') + '\r\n', 'utf8');
}

export interface Meeting {
  readonly uid: string;
  readonly title: string;
  readonly organiser: string;
  readonly attendee: string;
  /** Milliseconds since the epoch. */
  readonly startsAt: number;
  readonly minutes: number;
}

/** A meeting request (RFC 5545, RFC 5546). */
export function ics(meeting: Meeting): Buffer {
  const stamp = (instant: number) =>
    new Date(instant).toISOString().replaceAll(/[-:]/g, '').replace(/\.\d+/, '');
  return Buffer.from(
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Simulator//Sample mail//EN',
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      `UID:${meeting.uid}`,
      `DTSTAMP:${stamp(meeting.startsAt - 86_400_000)}`,
      `DTSTART:${stamp(meeting.startsAt)}`,
      `DTEND:${stamp(meeting.startsAt + meeting.minutes * 60_000)}`,
      `SUMMARY:${meeting.title}`,
      `ORGANIZER:mailto:${meeting.organiser}`,
      `ATTENDEE;RSVP=TRUE:mailto:${meeting.attendee}`,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );
}
