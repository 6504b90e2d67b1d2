import { freePorts } from '@holdfast/e2e/free-ports';
import { startLoneMx } from '@holdfast/rig/lone-mx';
import { startPostfix } from '@holdfast/rig/postfix';
import { PLAIN_RECIPIENT } from '@holdfast/rig/prepared-data';
import { SENDER } from '@holdfast/rig/sender-domain';
import { SmtpDialogue } from '@holdfast/rig/smtp-dialogue';
import type { Proof } from './proof.ts';

/** Everything that some server has ever taken for the end of a message, and that none may (CVE-2023-51764 to 51766). */
const FALSE_ENDS = [
  '\n.\n',
  '\n.\r',
  '\r.\n',
  '\r.\r',
  '\n.\r\n',
  '\r.\r\n',
  '\r\n.\n',
  '\r\n.\r',
  '\r\n.\r\r\n',
  '\r\r\n.\r\r\n',
  '\r\n\0.\r\n',
  '\r\n.\0\r\n',
  '\r\n\x85.\r\n',
  '\x85.\x85',
  '\r\n\v.\r\n',
  '\v.\v',
  '\f.\f',
  '\r\n .\r\n',
  '\r\n. \r\n',
  '\r\n.\t\r\n',
  '\0\n.\r\n',
] as const;
/** Stock Postfix of Debian 12 (3.7) takes at least these: what shows that the client does smuggle. */
const POSTFIX_TAKES = ['\n.\n', '\n.\r\n', '\r\n.\n'] as const;
/** After the last byte, so that a server that has more to say can say it. Unit: milliseconds. */
const SILENCE = 400;

export const proof: Proof = {
  name: 'smuggling',
  says: 'nothing but CRLF.CRLF ends a message, so that no message hides another; a stock Postfix 3.7 can be fooled',
  needs: ['postfix'],
  async run() {
    await using mx = await startLoneMx();
    await using stack = new AsyncDisposableStack();
    const [port = 0] = await freePorts(1);
    const recipients = [PLAIN_RECIPIENT];
    const postfix = await startPostfix({ port, recipients, task: { kind: 'hold' } });
    stack.defer(() => postfix.stop());
    const outcomes: string[] = [];
    for (const end of FALSE_ENDS) {
      const accepted = await smuggle(mx.port, end);
      if (accepted > 1) throw new Error(`mx took ${JSON.stringify(end)} for the end of a message.`);
      outcomes.push(accepted === 1 ? 'one message' : 'refused');
    }
    const fooled: string[] = [];
    for (const end of POSTFIX_TAKES) {
      if ((await smuggle(port, end)) > 1) fooled.push(JSON.stringify(end));
    }
    if (fooled.length === 0)
      throw new Error('Not even Postfix 3.7 was fooled: the client is no test.');
    const refused = outcomes.filter((outcome) => outcome === 'refused').length;
    return [
      `${FALSE_ENDS.length} false ends: ${refused} refused, ${FALSE_ENDS.length - refused} taken as one message, none as two`,
      `control: Postfix took two messages for ${fooled.join(', ')}`,
    ];
  },
};

/** How many messages the server says it has taken of one that carries a second behind a false end. */
async function smuggle(port: number, end: string): Promise<number> {
  const dialogue = await SmtpDialogue.open(port);
  let accepted = 0;
  try {
    await dialogue.beginData(SENDER, PLAIN_RECIPIENT);
    const hidden =
      `MAIL FROM:<ceo@contoso.example>\r\nRCPT TO:<${PLAIN_RECIPIENT}>\r\nDATA\r\n` +
      'From: ceo@contoso.example\r\nSubject: hidden\r\n\r\nPay at once.\r\n.\r\n';
    await dialogue.write(`From: ${SENDER}\r\nSubject: outer\r\n\r\nbody${end}${hidden}`);
    for (;;) {
      const reply = await dialogue.reply(SILENCE * 5).catch(() => null);
      if (reply === null) return accepted;
      if (/^250 2\.0\.0 (?:Accepted as|Ok: queued as)/.test(reply)) accepted += 1;
    }
  } finally {
    dialogue.destroy();
  }
}
