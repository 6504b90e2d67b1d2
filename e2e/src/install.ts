import type { InstallAnswer } from './command-answers.ts';
import { readLedger, settledLedger } from './ledger.ts';
import { sendMail } from './mail.ts';
import type { Product } from './product.ts';
import { waitFor } from './wait-for.ts';

/**
 * Installs for everyone by the command line, and waits until mx knows the recipients and the notices to the users'
 * work mailboxes, which go through the same queue as all mail, are through.
 */
export async function installEverywhere(product: Product): Promise<InstallAnswer> {
  const result = await product.holdfast(
    'install',
    '--protect',
    'all',
    '--new-users',
    'on',
    '--json',
  );
  if (result.exit !== 0) throw new Error(`install ended with ${result.exit}: ${result.stderr}`);
  const port = product.facts.mxPort;
  await waitFor('mx to know the recipients', async () => {
    const to = 'nobody.at.all@contoso.example';
    const { reply } = await sendMail({ port, from: 'mona.kane@fabrikam.example', to });
    return reply.includes('5.1.1');
  });
  const answer = result.json as InstallAnswer;
  // One welcome and one request for alternate info for everyone; sent by jobs that take their time.
  const notices = 2 * answer.protected;
  await waitFor(
    'the notices to be in the queue',
    async () => (await readLedger(product)).notices.accepted >= notices,
    { pause: 500 },
  );
  await settledLedger(product);
  return answer;
}
