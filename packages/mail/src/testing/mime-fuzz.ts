import type { MessageSummary } from '@holdfast/application';
import { placedWords } from '@holdfast/domain';
import { startThreadTime } from '@holdfast/vitest-preset/thread-time';
import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_FORMAT_LIMITS } from '../format/format-limits.ts';
import { createMessageFormat, fullSearchable, fullSummary } from '../format/message-format.ts';
import { ordinarySearchable, ordinarySummary } from '../format/ordinary-summary.ts';
import { mimeCorpus } from './mime-corpus.ts';

/** Milliseconds of processor time for one small message. */
const PATIENCE = 5000;
const MAX_PREVIEW = 200;
const MAX_SUBJECT = 998;
/** Corpus messages above this are left out: what matters is how many there are, not how long. */
const MAX_SOURCE_BYTES = 32 * 1024;
const MAX_MUTATIONS = 6;
/** Every so many seeds the message is read as a person opening it does. */
const READ_EVERY = 4;
// oxlint-disable-next-line no-control-regex
const UNSHOWABLE = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const TOKENS = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  '\r\n\r\n',
  '\r\n ',
  '--b1\r\n',
  '--b1--\r\n',
  '\r\n--',
  '=?utf-8?B?',
  '=?utf-8?Q?=FF?=',
  '=?iso-2022-jp?B?GyRC?=',
  '?=',
  '=\r\n',
  '=3D',
  '=FF',
  ';',
  '"',
  '(',
  '<',
  '>',
  ',',
  ':',
  '\\',
  '\xff',
  '\xf0\x9f\x98',
  'Content-Type: multipart/mixed; boundary=b1\r\n',
  'Content-Type: text/html; charset=utf-16\r\n',
  'Content-Transfer-Encoding: base64\r\n',
  'Content-Transfer-Encoding: quoted-printable\r\n',
  'Content-Disposition: attachment\r\n',
  'From: ',
  'Subject: ',
  '<script>',
  '<!--',
  '<style>',
  '&#x110000;',
  ' '.repeat(300),
  '<'.repeat(300),
  '('.repeat(300),
  'a@'.repeat(100),
] as const;

const sources = mimeCorpus().filter(({ bytes }) => bytes.length <= MAX_SOURCE_BYTES);
const format = createMessageFormat({ authservId: 'mx.holdfast.example' });

export interface FuzzedMessage {
  readonly bytes: Buffer;
  /** Read by the one pass for ordinary mail. */
  readonly ordinary: boolean;
  /** What the two ways of reading it say, where they do not say the same. */
  readonly difference: string | null;
}

/** The message of a seed: always the same. */
export function fuzzedBytes(seed: number): Buffer {
  const random = randomOf(seed);
  const pick = (below: number): number => Math.floor(random() * below);
  const source = (): Buffer => sources[pick(sources.length)]?.bytes ?? Buffer.alloc(0);
  let bytes = source();
  const mutations = 1 + pick(MAX_MUTATIONS);
  for (let step = 0; step < mutations; step += 1) {
    const at = pick(bytes.length + 1);
    const end = Math.min(bytes.length, at + pick(200));
    const [before, middle, after] = [
      bytes.subarray(0, at),
      bytes.subarray(at, end),
      bytes.subarray(end),
    ];
    switch (pick(6)) {
      case 0:
        bytes = Buffer.concat([before, Buffer.from([pick(256)]), bytes.subarray(at + 1)]);
        break;
      case 1:
        bytes = Buffer.concat([before, after]);
        break;
      case 2:
        bytes = Buffer.concat([before, middle, middle, after]);
        break;
      case 3: {
        const other = source();
        const from = pick(other.length + 1);
        bytes = Buffer.concat([before, other.subarray(from, from + pick(2000)), after]);
        break;
      }
      default: {
        const token = TOKENS[pick(TOKENS.length)] ?? '';
        bytes = Buffer.concat([before, Buffer.from(token, 'latin1'), bytes.subarray(at)]);
      }
    }
  }
  return bytes;
}

/** Throws, with the seed, when a message crashes a parser, keeps it busy, or gives what no list may show. */
export async function fuzzMessage(seed: number): Promise<FuzzedMessage> {
  const bytes = fuzzedBytes(seed);
  const took = startThreadTime();
  const quick = ordinarySummary(bytes, DEFAULT_FORMAT_LIMITS);
  const full = await fullSummary(bytes, DEFAULT_FORMAT_LIMITS);
  const said = `seed ${seed}: ${JSON.stringify(quick)} and ${JSON.stringify(full)}`;
  let difference = quick === null || isDeepStrictEqual(quick, full) ? null : said;
  for (const summary of quick === null ? [full] : [full, quick]) requireShowable(seed, summary);
  if (seed % READ_EVERY === 0) {
    const found = ordinarySearchable(bytes, DEFAULT_FORMAT_LIMITS);
    const parsed = await fullSearchable(bytes, DEFAULT_FORMAT_LIMITS);
    const words = (text: string): string => JSON.stringify(placedWords(text));
    if (found !== null && words(found.text) !== words(parsed.text))
      difference ??= `seed ${seed}: is searched in two ways`;
    await format.read(bytes);
  }
  const busy = took();
  if (busy > PATIENCE) throw new Error(`Seed ${seed} kept the parsers busy for ${busy} ms`);
  return { bytes, ordinary: quick !== null, difference };
}

function requireShowable(seed: number, { preview, subject, from }: MessageSummary): void {
  if (preview.length > MAX_PREVIEW || subject.length > MAX_SUBJECT)
    throw new Error(`Seed ${seed} has more to show than a list takes`);
  for (const text of [preview, subject, from?.name ?? '', from?.address ?? ''])
    if (UNSHOWABLE.test(text)) throw new Error(`Seed ${seed} shows control characters`);
}

/** mulberry32: good enough to choose, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
