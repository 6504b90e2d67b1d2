import type { RealMail } from '@holdfast/mail/testing/real-mail';
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
