import { freePorts } from '@holdfast/e2e/free-ports';
import { installedData } from '@holdfast/e2e/prepared-demo';
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
/** After the last reply, so that a server that has more to say can say it. Unit: milliseconds. */
const SILENCE = 3000;
/** A reply of Postfix that is awaited comes within this on a busy machine, too. Unit: milliseconds. */
const CONTROL_PATIENCE = 30_000;

export const proof: Proof = {
  name: 'smuggling',
  says: 'nothing but CRLF.CRLF ends a message, so that no message hides another; a stock Postfix 3.7 can be fooled',
  needs: ['postfix'],
  prepare: installedData,
  async run() {
    await using mx = await startLoneMx();
    await using stack = new AsyncDisposableStack();
    const [port = 0] = await freePorts(1);
    const recipients = [PLAIN_RECIPIENT];
    const postfix = await startPostfix({ port, recipients, task: { kind: 'hold' } });
    stack.defer(() => postfix.stop());
    // All at once, each on a connection of its own: every one of them ends with a wait for what does not come.
    const outcomes = await Promise.all(FALSE_ENDS.map((end) => smuggle(mx.port, end, SILENCE)));
    for (const [position, accepted] of outcomes.entries()) {
      if (accepted <= 1) continue;
      throw new Error(`mx took ${JSON.stringify(FALSE_ENDS[position])} for the end of a message.`);
    }
    const control = await Promise.all(
      POSTFIX_TAKES.map((end) => smuggle(port, end, CONTROL_PATIENCE, 2)),
    );
    const fooled = POSTFIX_TAKES.filter((_, position) => (control[position] ?? 0) > 1);
    if (fooled.length === 0)
      throw new Error('Not even Postfix 3.7 was fooled: the client is no test.');
    const refused = outcomes.filter((accepted) => accepted === 0).length;
    return [
      `${FALSE_ENDS.length} false ends: ${refused} refused, ${FALSE_ENDS.length - refused} taken as one message, none as two`,
      `control: Postfix took two messages for ${fooled.map((end) => JSON.stringify(end)).join(', ')}`,
    ];
  },
};

/** How many messages the server says it has taken of one that carries a second behind a false end; looks for `enough`. */
async function smuggle(
  port: number,
  end: string,
  silence: number,
  enough = Infinity,
): Promise<number> {
  const dialogue = await SmtpDialogue.open(port);
  let accepted = 0;
  try {
    await dialogue.beginData(SENDER, PLAIN_RECIPIENT);
    const hidden =
      `MAIL FROM:<ceo@contoso.example>\r\nRCPT TO:<${PLAIN_RECIPIENT}>\r\nDATA\r\n` +
      'From: ceo@contoso.example\r\nSubject: hidden\r\n\r\nPay at once.\r\n.\r\n';
    await dialogue.write(`From: ${SENDER}\r\nSubject: outer\r\n\r\nbody${end}${hidden}`);
    while (accepted < enough) {
      const reply = await dialogue.reply(silence).catch(() => null);
      if (reply === null) break;
      if (/^250 2\.0\.0 (?:Accepted as|Ok: queued as)/.test(reply)) accepted += 1;
    }
    return accepted;
  } finally {
    dialogue.destroy();
  }
}
