import { sessionHarness, type Harness, type HarnessAnswers } from './session-harness.ts';
import { NaiveSession, type FuzzPolicy } from './naive-session.ts';

/** Mulberry32: small, seeded, the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;

const COMMANDS = [
  'EHLO client.example',
  'HELO client.example',
  'MAIL FROM:<a@outside.example>',
  'MAIL FROM:<> SIZE=100 BODY=8BITMIME',
  'MAIL FROM:<refuse@outside.example>',
  'MAIL FROM:<"quoted > part"@outside.example>',
  'MAIL FROM:<\xc3\xa4@b\xc3\xbccher.example> SMTPUTF8',
  'RCPT TO:<b@contoso.example>',
  'RCPT TO:<B@contoso.example>',
  'RCPT TO:<unknown@contoso.example>',
  'RCPT TO:<@relay.example:c@contoso.example>',
  'DATA',
  'RSET',
  'NOOP',
  'VRFY b',
  'HELP',
  'STARTTLS',
  'XCLIENT ADDR=192.0.2.1',
  'BDAT 10 LAST',
  'AUTH PLAIN AAAA',
  'GET / HTTP/1.1',
  'QUIT',
];
const BODY = [
  'Subject: x',
  'text',
  '.',
  '..',
  '\r\n',
  '\r\n',
  '\r\n',
  '\n',
  '\r',
  '\0',
  '\r\n.',
  '\r\n..\r\n',
  '\n.\n',
  '\n.\r\n',
  '\r\n.\n',
  '\r.\r\n',
  '\r\n.\r',
  '\xff\xc3',
  'REJECT',
  'MAIL FROM:<evil@x.example>\r\nRCPT TO:<b@contoso.example>\r\nDATA\r\n',
];
const SPECIAL = [
  '\r',
  '\n',
  '\0',
  ' ',
  '<',
  '>',
  '"',
  '\\',
  ':',
  '@',
  '\xa0',
  '\xe9',
  '\t',
  '=',
  'x',
];

/** What a client sends, packet by packet. */
export function fuzzedPackets(seed: number): readonly string[] {
  const random = seededRandom(seed);
  const steps = random() < 0.75 ? likelySession(random) : randomSession(random);
  const mutations = pick([0, 0, 0.05, 0.2], random);
  const haste = pick([0, 0.02, 0.1], random);
  const packets: string[] = [];
  let packet = '';
  for (const step of steps) {
    packet += random() < mutations ? mutated(step, random) : step;
    // Now and then the client sends ahead.
    if (random() < haste) continue;
    packets.push(...cut(packet, random));
    packet = '';
  }
  if (packet !== '') packets.push(packet);
  return packets;
}

function pick<T>(from: readonly T[], random: Random): T {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new Error('Nothing to pick from');
  return chosen;
}

/** Mostly what a client should say, so that the depths are reached. */
function likelySession(random: Random): readonly string[] {
  const steps = ['EHLO client.example\r\n'];
  const count = 1 + Math.floor(random() * 4);
  for (let message = 0; message < count; message += 1) {
    const group = [
      `${pick(COMMANDS.slice(2, 7), random)}\r\n`,
      ...Array.from(
        { length: 1 + Math.floor(random() * 3) },
        () => `${pick(COMMANDS.slice(7, 11), random)}\r\n`,
      ),
    ];
    if (random() < 0.5) steps.push(group.join(''));
    else steps.push(...group);
    if (random() < 0.1) steps.push(`${pick(COMMANDS, random)}\r\n`);
    steps.push('DATA\r\n', `${body(random)}\r\n.\r\n`);
  }
  if (random() < 0.5) steps.push('QUIT\r\n');
  return steps;
}

function randomSession(random: Random): readonly string[] {
  return Array.from({ length: 1 + Math.floor(random() * 30) }, () => {
    if (random() < 0.2) return body(random);
    return `${pick(COMMANDS, random)}${random() < 0.9 ? '\r\n' : '\n'}`;
  });
}

function body(random: Random): string {
  // Honest ones, so that some are taken; and now and then one that goes over in pieces.
  const parts = random() < 0.4 ? BODY.slice(0, 7) : BODY;
  const text = Array.from({ length: Math.floor(random() * 20) }, () => pick(parts, random)).join(
    '',
  );
  if (random() > 0.005) return text;
  return `${text}\r\n${`${'x'.repeat(70)}\r\n..\r\n`.repeat(5000)}${text}`;
}

function mutated(step: string, random: Random): string {
  const at = Math.floor(random() * step.length);
  const kind = random();
  if (kind < 0.3) return step.slice(0, at) + pick(SPECIAL, random) + step.slice(at + 1);
  if (kind < 0.6) return step.slice(0, at) + pick(SPECIAL, random) + step.slice(at);
  if (kind < 0.8) return step.slice(0, at) + step.slice(at + 1 + Math.floor(random() * 4));
  if (kind < 0.95) return step.slice(0, at) + step.slice(0, at) + step.slice(at);
  return step.slice(0, at) + 'y'.repeat(Math.floor(random() * 3000)) + step.slice(at);
}

function cut(text: string, random: Random): readonly string[] {
  if (text.length > 5000) return text.match(/[^]{1,4096}/g) ?? [];
  const pieces: string[] = [];
  const most = random() < 0.5 ? text.length : 1 + Math.floor(random() * 12);
  for (let at = 0; at < text.length;) {
    const length = 1 + Math.floor(random() * most);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

const POLICY: FuzzPolicy = {
  mail: (from) => (from.startsWith('refuse') ? 550 : from.startsWith('busy') ? 421 : 250),
  recipient: (address) => (address.startsWith('unknown') ? 550 : 250),
  message: (text) => (text.includes('REJECT') ? 554 : 250),
};

const refusal = (code: number): { code: number; enhanced: null; text: string } | null =>
  code === 250 ? null : { code, enhanced: null, text: 'as the policy says' };

export interface FuzzResult {
  readonly messages: number;
  readonly replies: number;
  readonly closed: boolean;
}

const ANSWERS: HarnessAnswers = {
  mail: (from) => refusal(POLICY.mail(from)),
  recipient: (address) => refusal(POLICY.recipient(address)),
  message: (text) => refusal(POLICY.message(text)) ?? { code: 250, enhanced: null, text: 'OK' },
};

const REPLIES = /^(?:\d{3}(?:-[\x20-\x7e]*\r\n\d{3})* [\x20-\x7e]*\r\n)*$/;

/** Sends the packets to the machine and to the plain model; throws where they differ or the machine misbehaves. */
export function fuzzSession(seed: number): FuzzResult {
  const machine = sessionHarness({ smtpUtf8: true }, ANSWERS);
  const model = new NaiveSession(POLICY);
  const replies: number[] = [];
  for (const packet of fuzzedPackets(seed)) {
    const said = machine.send(packet);
    model.feed(packet);
    behave(seed, machine, said);
    for (const [line] of said.matchAll(/^\d{3} /gm)) replies.push(Number(line[0]));
    agree(seed, packet, { ...machine, closed: machine.closed, replies }, model);
    if (machine.closed) break;
  }
  return { messages: model.messages.length, replies: replies.length, closed: model.closed };
}

/** The same with a policy that takes its time: what the client sends meanwhile waits, and nothing is lost of it. */
export function fuzzLateAnswers(seed: number): void {
  const random = seededRandom(~seed);
  const owed: (() => void)[] = [];
  const machine = sessionHarness(
    { smtpUtf8: true },
    { ...ANSWERS, later: (answer) => void owed.push(answer) },
  );
  const giveAnswers = (): void => {
    for (let answer = owed.shift(); answer !== undefined; answer = owed.shift()) {
      answer();
      behave(seed, machine, machine.drain());
    }
  };
  for (const packet of fuzzedPackets(seed)) {
    if (!REPLIES.test(machine.send(packet))) throw new Error(`Seed ${seed}: malformed reply`);
    if (owed.length > 1) throw new Error(`Seed ${seed}: two questions at once`);
    if (random() < 0.5) giveAnswers();
  }
  giveAnswers();
  for (const { body: text } of machine.messages) {
    if (/\0|\r(?!\n)|(?<!\r)\n/.test(text) || !text.endsWith('\r\n')) {
      throw new Error(`Seed ${seed}: a message with a bare CR, LF or NUL`);
    }
  }
}

function behave(seed: number, machine: Harness, said: string): void {
  if (!REPLIES.test(said)) throw new Error(`Seed ${seed}: malformed reply ${JSON.stringify(said)}`);
  const { phase, waiting } = machine.machine;
  if (phase === 'command' && waiting > 2048) throw new Error(`Seed ${seed}: input is left lying`);
  if (phase === 'data' && waiting > 0) throw new Error(`Seed ${seed}: content is left lying`);
  if (phase === 'closed' && waiting > 0) throw new Error(`Seed ${seed}: input of a dead session`);
}

function agree(
  seed: number,
  packet: string,
  machine: Pick<NaiveSession, 'replies' | 'messages' | 'closed'>,
  model: NaiveSession,
): void {
  const seen = JSON.stringify([machine.replies, machine.closed, machine.messages.map(plain)]);
  const expected = JSON.stringify([model.replies, model.closed, model.messages.map(plain)]);
  if (seen === expected) return;
  throw new Error(
    `Seed ${seed}, at ${JSON.stringify(packet.slice(0, 200))}:\nmachine ${seen.slice(0, 2000)}\nmodel   ${expected.slice(0, 2000)}`,
  );
}

const plain = ({ from, recipients, body: text }: NaiveSession['messages'][number]) => [
  from,
  recipients,
  text,
];
