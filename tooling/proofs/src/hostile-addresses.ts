import { installedData } from '@holdfast/e2e/prepared-demo';
import { startLoneMx, type LoneMx } from '@holdfast/rig/lone-mx';
import { PLAIN_RECIPIENT } from '@holdfast/rig/prepared-data';
import { isRunning } from '@holdfast/e2e/processes';
import { SENDER } from '@holdfast/rig/sender-domain';
import { SmtpDialogue } from '@holdfast/rig/smtp-dialogue';
import type { Proof, ProofForm } from './proof.ts';

const RANDOM: Readonly<Record<ProofForm, number>> = { short: 1000, long: 50_000 };
/** mx ends a connection on which too much was wrong; a new one is opened then. */
const PER_CONNECTION = 50;

/** Recipients that are refused, however they are written: none may make us a relay for somebody else's domain. */
const NEVER = [
  'victim@elsewhere.example',
  '@contoso.example:victim@elsewhere.example',
  '@contoso.example,@mail.example:victim@elsewhere.example',
  'victim%elsewhere.example@elsewhere.example',
  '"victim@elsewhere.example"',
  '"sales@contoso.example"@elsewhere.example',
  'sales@contoso.example@elsewhere.example',
  'elsewhere.example!victim',
  'sales@contoso.example.elsewhere.example',
  'sales@[127.0.0.1]',
  'sales@[IPv6:::1]',
  'victim@xn--80ak6aa92e.com',
  '',
  ' ',
  '@',
  '@contoso.example',
  'sales@',
  'sales',
  'sales@@contoso.example',
  'sales@contoso..example',
  'sales@.contoso.example',
  '.sales@contoso.example',
  'sales.@contoso.example',
  'sa les@contoso.example',
  'sales@contoso.example, victim@elsewhere.example',
  'sales@contoso.example\0',
  'sales\0@contoso.example',
  'sales@contoso.example\t',
  "sales'; drop table messages; --@contoso.example",
  '../../../etc/passwd@contoso.example',
  '<script>alert(1)</script>@contoso.example',
  '${jndi:ldap://elsewhere.example}@contoso.example',
  '__proto__@contoso.example',
  'constructor@contoso.example',
  `${'x'.repeat(65)}@contoso.example`,
  `${'x'.repeat(1000)}@contoso.example`,
  `sales@${'x'.repeat(300)}.example`,
  `${'"'.repeat(101)}@contoso.example`,
  '\xff\xfe@contoso.example',
  'nobody.here@contoso.example',
] as const;
/** Ways to write a recipient that there is. */
const ALWAYS = [PLAIN_RECIPIENT, 'SALES@CONTOSO.EXAMPLE', 'Sales@Contoso.Example'] as const;

export const proof: Proof = {
  name: 'hostile-addresses',
  says: 'no address, however it is written, makes us a relay, ends mx or a command line, or is taken for another',
  needs: [],
  prepare: installedData,
  async run(form) {
    // The proof is a harvester as well, and must be heard to the end.
    await using mx = await startLoneMx({
      environment: { HOLDFAST_UNKNOWN_RECIPIENTS_PER_MINUTE: '1000000' },
    });
    for (const address of ALWAYS) {
      const reply = await ask(mx, [`RCPT TO:<${address}>`]);
      if (reply[0]?.startsWith('250') !== true)
        throw new Error(`${address} was answered ${reply[0]}`);
    }
    for (const address of NEVER) {
      const [reply = null] = await ask(mx, [`RCPT TO:<${address}>`]);
      // A connection that is closed on such a line is a refusal, too.
      if (reply?.startsWith('2') === true) throw new Error(`${JSON.stringify(address)}: ${reply}`);
    }
    const random = Array.from({ length: RANDOM[form] }, (_, n) => randomAddress(n));
    for (let at = 0; at < random.length; at += PER_CONNECTION) {
      const batch = random.slice(at, at + PER_CONNECTION);
      const replies = await ask(
        mx,
        batch.map((address) => `RCPT TO:<${address}>`),
      );
      for (const [position, reply] of replies.entries()) {
        const address = batch[position] ?? '';
        if (reply?.startsWith('2') === true && !isOurs(address)) {
          throw new Error(`${JSON.stringify(address)} was accepted: ${reply}`);
        }
      }
    }
    for (const from of NEVER) await ask(mx, [], from);
    if (!isRunning(mx.pid)) throw new Error('mx died of an address.');
    const [last = null] = await ask(mx, [`RCPT TO:<${PLAIN_RECIPIENT}>`]);
    if (last?.startsWith('250') !== true) throw new Error(`Afterwards mx answers ${last}`);
    return [
      `${NEVER.length} hostile recipients and senders, ${random.length} random ones: none accepted, mx is the same process`,
    ];
  },
};

/** The replies to the commands after a MAIL; null where the connection had ended. */
async function ask(
  mx: LoneMx,
  commands: readonly string[],
  from: string = SENDER,
): Promise<readonly (string | null)[]> {
  const dialogue = await SmtpDialogue.open(mx.port);
  try {
    await dialogue.reply();
    await dialogue.say('EHLO mail.fabrikam.example');
    const answer = await dialogue.say(`MAIL FROM:<${from}>`);
    if (answer === null && from === SENDER) throw new Error('mx closed after an ordinary MAIL.');
    const replies: (string | null)[] = [];
    for (const command of commands) {
      replies.push(dialogue.isClosed ? null : await dialogue.say(command));
    }
    return replies;
  } finally {
    dialogue.destroy();
  }
}

/** Pieces that mean something in an address, in any order, repeatable from the number. */
function randomAddress(seed: number): string {
  const pieces = [
    ...'@ . " \\ , : < > ( ) % ! [ ] + sales contoso.example elsewhere.example a 1'.split(' '),
    ' ',
    '\t',
    '\xe9',
    '\x7f',
  ];
  let state = (seed + 1) * 2_654_435_761;
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) >>> 0;
    return state;
  };
  return Array.from({ length: 1 + (next() % 10) }, () => pieces[next() % pieces.length]).join('');
}

/** Chance may write an address that is ours; a tag after a plus sign is one person's own (RFC 5233). */
function isOurs(address: string): boolean {
  return /^"?sales"?(?:\+.*)?@contoso\.example$/i.test(address);
}
