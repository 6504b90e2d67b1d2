import type { RealMail } from '@holdfast/letters';
import { sendMail } from './mail.ts';
import { ADELE, MONA, type OpenMailboxes } from './open-mailbox.ts';
import { waitFor } from './wait-for.ts';
import { listFolder } from './web-client.ts';

/** Hands letters in one after the other, and resolves to where each is read, by its name. Many have the same subject. */
export async function deliverRealMail(
  mailboxes: OpenMailboxes,
  letters: readonly RealMail[],
): Promise<ReadonlyMap<string, string>> {
  const client = await mailboxes.client();
  const port = mailboxes.product.facts.mxPort;
  const known = new Set((await listFolder(client, 'inbox')).map(({ id }) => id));
  const paths = new Map<string, string>();
  for (const { name, raw } of letters) {
    const answer = await sendMail({ port, from: MONA, to: ADELE, raw });
    if (answer.code !== 250) throw new Error(`“${name}” was refused: ${answer.reply}`);
    const arrived = await waitFor(`“${name}” in the inbox`, async () =>
      (await listFolder(client, 'inbox')).find(({ id }) => !known.has(id)),
    );
    known.add(arrived.id);
    paths.set(name, `/inbox/${arrived.id}`);
  }
  return paths;
}

/** Those of all that are easiest to show wrongly, and what somebody has to see of each. */
export const TELLING: ReadonlyMap<string, string> = new Map([
  ['GB18030 from a Chinese bank', '您的账单'],
  ['no charset, no MIME, 8 bits', 'Scanü'],
  ['right to left, from Tel Aviv', 'ההסכם מצורף'],
  ['Japanese, long lines without spaces', '会議のお知らせです'],
  ['multiparts nested twelve deep', 'At the bottom'],
  ['S/MIME, signed opaque and changed on its way', 'the signature does not fit'],
  ['S/MIME, encrypted', 'The text cannot be shown here.'],
  ['PGP/MIME, signed', 'Words under PGP'],
  ['an empty body', 'This message has no text.'],
  ['an invitation from Outlook', 'Every week on Thursday, 4 times'],
  ['a column 900 px wide, placed by styles', 'The tender covers two gates'],
  ['a table of twelve columns, from an order system', 'Sliding gate, galvanised'],
  ['light words on the ground of the body alone', 'So is gate 4.'],
  ['a heading of 72 pt, and words of one', 'WINTERSCHLUSSVERKAUF'],
  ['5 MB of HTML', 'host-1.fabrikam.example'],
]);
