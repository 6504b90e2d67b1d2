import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UserRow } from './src/command-answers.ts';
import { settledLedger } from './src/ledger.ts';
import type { SimulatedMessage } from './src/outside-world.ts';
import { bootProduct, type Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { waitFor } from './src/wait-for.ts';
import { listFolder, openMailbox, WebClient, type MailboxRow } from './src/web-client.ts';

const OUTSIDER = 'mona.kane@fabrikam.example';
/** Every server of the outside world refuses such a name. */
const REFUSED = 'no-such-person@northwind.example';
/** Long enough to be fast within it on a busy machine. Seconds. */
const UNDO_SECONDS = 6;

interface Sent {
  readonly messageId: string;
  readonly undoUntil: string;
}

describe('Mail written in emergency mailboxes', () => {
  let product: Product;
  let author: WebClient;
  let colleague: WebClient;
  let addresses: readonly [string, string];
  reportLogsOfFailures(() => product);

  beforeAll(async () => {
    product = await bootProduct({
      installed: true,
      environment: { HOLDFAST_UNDO_SEND: String(UNDO_SECONDS) },
    });
    const users = (await product.holdfast('users', 'list', '--json')).json as UserRow[];
    const [one, other] = users.filter(
      (user) => user.protected && /verified|opened/.test(user.alternateInfo),
    );
    addresses = [one?.address ?? '', other?.address ?? ''];
    await product.world.outage('transport');
    await product.holdfast('event', 'start', '--scope', 'all', '--reason', 'a test', '--yes');
    [author, colleague] = await Promise.all([
      openMailbox(product.facts.portalUrl, product.world, addresses[0]),
      openMailbox(product.facts.portalUrl, product.world, addresses[1]),
    ]);
  });
  afterAll(() => product?.stop());

  const send = (to: readonly string[], subject: string, key: string = randomUUID()) =>
    author.mutate<Sent>('mailbox.send', { key, to, subject, text: `${subject}.\n\nRegards` });
  const arrived = (address: string, subject: string): Promise<SimulatedMessage> =>
    waitFor(`“${subject}” at ${address}`, async () =>
      (await product.world.external(address)).find((message) => message.subject === subject),
    );
  const rowOf = (client: WebClient, folder: string, subject: RegExp): Promise<MailboxRow> =>
    waitFor(`${String(subject)} in ${folder}`, async () =>
      (await listFolder(client, folder)).find((row) => subject.test(row.subject)),
    );

  test('the records of an installed demo are right, and nothing needs the administrator for it', async () => {
    const console = new WebClient(product.facts.adminUrl);
    const { adminEmail: email, adminPassword: password } = product.facts;
    await console.mutate('session.signIn', { email, password });
    const domains =
      await console.query<readonly { name: string; outbound: unknown }[]>('domains.list');
    expect(domains.find(({ name }) => name === 'contoso.example')?.outbound).toMatchObject({
      fate: 'accepted',
      signedBy: 'holdfast1',
      spf: { result: 'pass', wanted: null },
      dmarc: { policy: 'quarantine' },
    });
    const { needs } = await console.query<{ needs: readonly { id: string }[] }>('overview.get');
    expect(needs.filter(({ id }) => id.startsWith('outbound-'))).toEqual([]);
  });

  test('to a colleague and to somebody outside: genuine there, readable here, and never outside', async () => {
    await send([OUTSIDER, addresses[1]], 'Gate 6 from now on');
    const outside = await arrived(OUTSIDER, 'Gate 6 from now on');
    expect(outside.authentication).toMatchObject({
      spf: 'pass',
      dkim: 'pass',
      dkimDomain: 'contoso.example',
      dmarc: 'pass',
    });
    await rowOf(colleague, 'inbox', /^Gate 6 from now on$/);
    expect(await product.world.external(addresses[1])).toEqual([]);
    const inTenant = await product.world.mailbox(addresses[1]);
    expect(inTenant.filter(({ subject }) => subject === 'Gate 6 from now on')).toEqual([]);
  });

  test('taken back in time it is with nobody, and what was written is there again', async () => {
    const key = randomUUID();
    const { undoUntil } = await send([OUTSIDER, addresses[1]], 'Too early', key);
    expect(Date.parse(undoUntil)).toBeGreaterThan(Date.now());
    const draft = await waitFor(
      'the message to be taken back',
      () => author.mutate<{ readonly text: string }>('mailbox.undoSend', { key }),
      { until: (error) => String(error).includes('too-late') },
    );
    expect(draft).toMatchObject({
      to: [{ address: OUTSIDER }, { address: addresses[1] }],
      subject: 'Too early',
    });
    expect(draft.text).toContain('Regards');
    // What is sent later arrives; by then the first would have.
    await send([OUTSIDER, addresses[1]], 'In time');
    await arrived(OUTSIDER, 'In time');
    await rowOf(colleague, 'inbox', /^In time$/);
    const seen = [
      ...(await product.world.external(OUTSIDER)),
      ...(await listFolder(colleague, 'inbox')),
      ...(await listFolder(author, 'sent')),
    ];
    expect(seen.filter(({ subject }) => subject === 'Too early')).toEqual([]);
  });

  test('refused outside it comes back as a report that answers it', async () => {
    const { messageId } = await send([REFUSED], 'Are you there');
    const report = await rowOf(author, 'inbox', /^Undelivered/i);
    const opened = await author.query<{
      readonly text: string;
      readonly from: { readonly name: string };
    }>('mailbox.read', { itemId: report.id });
    expect(opened.text).toContain(REFUSED);
    expect(opened.text).toContain('User unknown');
    expect(opened.from.name).not.toBe('');
    const tenant = await product.world.mailbox(addresses[0]);
    expect(tenant.filter(({ subject }) => /^Undelivered/i.test(subject))).toEqual([]);
    const trace = (await product.holdfast('trace', '--message-id', messageId, '--json'))
      .json as readonly { readonly state: string }[];
    expect(trace.map(({ state }) => state)).toEqual(['bounced']);
  });

  test('afterwards the tenant has each copy once, and the ledgers add up apart', async () => {
    await product.world.outage('none');
    const ledger = await settledLedger(product);
    expect(ledger).toMatchObject({
      balanced: true,
      outbound: { balanced: true, terminal: { discarded: 2, bounced: 1 } },
      notices: { balanced: true, terminal: { bounced: 0 } },
    });
    const inbox = (await product.world.mailbox(addresses[1])).filter(
      ({ folder }) => folder === 'Inbox',
    );
    for (const wanted of ['Gate 6 from now on', 'In time']) {
      expect(inbox.filter(({ subject }) => subject === wanted)).toHaveLength(1);
    }
    const reports = (await product.world.mailbox(addresses[0])).filter(({ subject }) =>
      /^Undelivered/i.test(subject),
    );
    expect(reports).toHaveLength(1);
    const returned = Buffer.from(reports[0]?.raw ?? '', 'base64').toString();
    expect(returned).toMatch(/^In-Reply-To: </im);
  });
});
