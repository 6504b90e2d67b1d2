import { authenticate } from 'mailauth';
import { installedData } from '@holdfast/e2e/prepared-demo';
import { waitFor } from '@holdfast/e2e/wait-for';
import { startKeepingSink, type KeptMessage } from '@holdfast/rig/keeping-sink';
import { startMailPath, type MailPath } from '@holdfast/rig/mail-path';
import { PLAIN_RECIPIENT, PROTECTED_RECIPIENT } from '@holdfast/rig/prepared-data';
import { SENDER, SENDER_HOST } from '@holdfast/rig/sender-domain';
import { SmtpDialogue } from '@holdfast/rig/smtp-dialogue';
import type { Proof, ProofForm } from './proof.ts';

/** Random bodies besides those that were thought out. */
const RANDOM: Readonly<Record<ProofForm, number>> = { short: 40, long: 1000 };
const MEGABYTE = 1024 * 1024;
const PATIENCE = 120_000;

export const proof: Proof = {
  name: 'fidelity',
  says: 'what reaches Office 365 is byte for byte what came, below our trace headers, and the sender’s DKIM still verifies',
  needs: [],
  prepare: installedData,
  async run(form) {
    await using path = await startMailPath();
    const sink = await startKeepingSink(path.tenantPort);
    try {
      for (const role of ['mx', 'ingest', 'relay'] as const) await path.start(role);
      const sent = new Map(samples(form).map((sample, n) => prepared(path, sample, n)));
      await send(path, sent);
      await waitFor(`${sent.size} messages to arrive`, () => sink.messages.length >= sent.size, {
        patience: PATIENCE,
        instead: () => sink.messages.length,
      });
      if (sink.oddities.length > 0) throw new Error(`The relay said ${sink.oddities.join(' | ')}`);
      let bytes = 0;
      for (const arrived of sink.messages) bytes += await compare(path, sent, arrived);
      return [
        `${sent.size} messages, ${(bytes / MEGABYTE).toFixed(1)} MiB: none differs below our headers`,
        `${sent.size} DKIM signatures of the sender verify at Office 365`,
      ];
    } finally {
      await sink.stop();
    }
  },
};

/** Bodies as latin1 text with the line ends that are sent. */
function samples(form: ProofForm): readonly string[] {
  const thoughtOut = [
    '',
    '\r\n',
    '.\r\n',
    '..\r\n.\r\n...\r\n',
    '.starts with a dot\r\n.. and two\r\n',
    'no line end at the end',
    'trailing space \r\ntabs\t\t\r\n\r\n\r\n\r\n',
    'Grüße, eight bits: \xe4\xf6\xfc\xff\x80\r\n',
    `${'x'.repeat(998)}\r\n${'y'.repeat(5000)}\r\n`,
    'From the start of a line\r\n>From quoted\r\n',
    '--boundary\r\nContent-Type: text/plain\r\n\r\nnot really MIME\r\n--boundary--\r\n',
    '\x01\x02\x1b[31m\x7f control characters\r\n',
    `${'A line that makes the message big.'.padEnd(76)}\r\n`.repeat(40_000),
    `${'.'.repeat(60)}\r\n`.repeat(30_000),
  ];
  const random = Array.from({ length: RANDOM[form] }, (_, n) => randomBody(n));
  return [...thoughtOut, ...random];
}

/** Repeatable from its number alone: pieces that mean something on the wire, in any order. */
function randomBody(seed: number): string {
  const pieces = [
    '.',
    '..',
    '\r\n',
    '\r\n.',
    '\r\n..',
    'text ',
    '\t',
    ' \r\n',
    '=',
    '\xe9',
    '\x0c',
  ];
  let state = seed * 2_654_435_761;
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) >>> 0;
    return state;
  };
  const count = next() % 400;
  return `${Array.from({ length: count }, () => pieces[next() % pieces.length]).join('')}\r\n`;
}

function prepared(path: MailPath, body: string, number: number): [string, string] {
  const messageId = `<fidelity-${number}@fabrikam.example>`;
  const whole = [
    `From: "Kane, Mona" <${SENDER}>`,
    `To: ${PROTECTED_RECIPIENT}`,
    'Subject:  two spaces,',
    '\tfolded\t and =?utf-8?q?encoded?=',
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`,
    'X-Odd-Header:no space after the colon',
    '',
    body.endsWith('\r\n') ? body : `${body}\r\n`,
  ].join('\r\n');
  return [messageId, path.sender.sign(whole)];
}

async function send(path: MailPath, sent: ReadonlyMap<string, string>): Promise<void> {
  let number = 0;
  for (const [messageId, whole] of sent) {
    number += 1;
    const dialogue = await SmtpDialogue.open(path.mxPort);
    try {
      // Both classes of segment.
      const recipient = number % 2 === 0 ? PROTECTED_RECIPIENT : PLAIN_RECIPIENT;
      await dialogue.beginData(SENDER, recipient);
      await dialogue.write(`${whole.replaceAll(/^\./gm, '..')}.\r\n`);
      const reply = await dialogue.reply();
      if (reply?.startsWith('250') !== true) throw new Error(`${messageId}: ${reply}`);
    } finally {
      dialogue.destroy();
    }
  }
}

/** Throws when the bytes differ or the signature does not hold; the number of bytes compared. */
async function compare(
  path: MailPath,
  sent: ReadonlyMap<string, string>,
  arrived: KeptMessage,
): Promise<number> {
  const messageId = /^Message-ID: (<fidelity-\d+@[^>]+>)/m.exec(arrived.raw)?.[1] ?? '';
  const original = sent.get(messageId);
  if (original === undefined) throw new Error(`A message arrived that was not sent: ${messageId}`);
  if (!arrived.raw.endsWith(original)) {
    throw new Error(`${messageId} is not what was sent: ${firstDifference(original, arrived.raw)}`);
  }
  const onTop = arrived.raw.slice(0, arrived.raw.length - original.length);
  if (!onTop.startsWith('Received: ') || !onTop.endsWith('\r\n')) {
    throw new Error(`${messageId} has something on top that is no header: ${onTop}`);
  }
  const result = await authenticate(Buffer.from(arrived.raw, 'latin1'), {
    ip: '127.0.0.1',
    helo: SENDER_HOST,
    sender: SENDER,
    mta: 'proof.example',
    resolver: (name: string, type: string) => lookUp(path, name, type),
    disableArc: true,
    disableBimi: true,
  });
  const verified = result.dkim.results.filter((entry) => entry.status.result === 'pass');
  if (verified.length !== 1) {
    throw new Error(`${messageId}: ${JSON.stringify(result.dkim.results.map((r) => r.status))}`);
  }
  return original.length;
}

function firstDifference(original: string, arrived: string): string {
  const end = arrived.slice(-original.length);
  for (let at = original.length - 1, back = end.length - 1; at >= 0; at -= 1, back -= 1) {
    if (original[at] === end[back]) continue;
    const around = (text: string, position: number): string =>
      JSON.stringify(text.slice(Math.max(0, position - 20), position + 20));
    return `${around(original, at)} became ${around(end, back)}`;
  }
  return 'it is shorter';
}

function lookUp(path: MailPath, name: string, type: string): Promise<string[][]> {
  const text = path.sender.zone.TXT[name.toLowerCase()];
  if (type === 'TXT' && text !== undefined) return Promise.resolve([[text]]);
  return Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }));
}
