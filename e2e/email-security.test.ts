import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FailureAnswer, InstallAnswer } from './src/command-answers.ts';
import { installEverywhere } from './src/install.ts';
import { readLedger } from './src/ledger.ts';
import { newMessageId, sendMail, smallMessage, type SmtpOutcome } from './src/mail.ts';
import type { SimulatedMessage } from './src/outside-world.ts';
import { bootProduct, type Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { waitFor } from './src/wait-for.ts';
import { WebClient } from './src/web-client.ts';

const RECIPIENT = 'lee.gu@contoso.example';
/** Linux answers on the whole of 127/8: a client address of its own for the block list. */
const BLOCKED_CLIENT = '127.0.9.9';
const BLOCKED_RANGE = '127.0.9.0/24';
/** What the demo relays from (apps/server, demo configuration). */
const OUR_ADDRESSES = ['198.51.100.25', '198.51.100.26'];
const TENANTS_OWN_ADDRESS = '203.0.113.45';

interface ListEntry {
  readonly kind: 'allow' | 'block';
  readonly type: string;
  readonly value: string;
  readonly source: string;
}

describe('Email Security after the installation', () => {
  let product: Product;
  let admin: WebClient;
  let installed: InstallAnswer;
  reportLogsOfFailures(() => product);

  beforeAll(async () => {
    product = await bootProduct();
    // What the tenant's administrator has blocked before us has to come along.
    const [policy] = await product.world.cmdlet('Get-HostedConnectionFilterPolicy');
    await product.world.cmdlet('Set-HostedConnectionFilterPolicy', {
      Identity: 'Default',
      IPBlockList: [...((policy?.['IPBlockList'] ?? []) as string[]), BLOCKED_RANGE],
    });
    installed = await installEverywhere(product);
    const { adminUrl, adminEmail: email, adminPassword: password } = product.facts;
    admin = new WebClient(adminUrl);
    await admin.mutate('session.signIn', { email, password });
  });
  afterAll(() => product?.stop());

  async function lists(): Promise<readonly ListEntry[]> {
    return (await admin.query<{ readonly entries: readonly ListEntry[] }>('security.lists'))
      .entries;
  }

  function send(from: string, more: { localAddress?: string; headerFrom?: string } = {}) {
    const messageId = newMessageId();
    const raw = smallMessage({ from: more.headerFrom ?? from, to: RECIPIENT, messageId });
    const { localAddress } = more;
    const outcome = sendMail({
      port: product.facts.mxPort,
      from,
      to: RECIPIENT,
      raw,
      ...(localAddress !== undefined && { localAddress }),
    });
    return { messageId, outcome };
  }

  async function arrived(messageId: string): Promise<SimulatedMessage> {
    return waitFor(`${messageId} to arrive`, async () =>
      (await product.world.mailbox(RECIPIENT)).find((message) => message.messageId === messageId),
    );
  }

  function expectRefusal(answer: SmtpOutcome, reply: string): void {
    expect(answer.reply.replaceAll(/\s+/g, ' ')).toContain(reply);
  }

  test('the lists came from the tenant, each entry once', async () => {
    expect(installed.steps).toContainEqual(
      expect.objectContaining({ step: 'copy-lists', state: 'done' }),
    );
    const entries = await lists();
    const keys = entries.map(({ kind, value }) => `${kind} ${value}`);
    expect(keys).toHaveLength(new Set(keys).size);
    expect(keys).toEqual(
      expect.arrayContaining([
        'block offers@casino.example',
        'block =lottery.example',
        'block =spam-cannon.example',
        `block ${BLOCKED_RANGE}`,
        'allow =fabrikam.example',
        'allow partner@tailspin.example',
      ]),
    );
    // Expired in the tenant: no longer a wish of anybody.
    expect(keys).not.toContain('block =old-campaign.example');
    expect(keys).not.toContain('allow =wingtip.example');
    expect(new Set(entries.map(({ source }) => source))).toEqual(new Set(['tenant']));
  });

  test.each([
    ['address', 'offers@casino.example', {}],
    [
      'address in the From header',
      'bounces@mailer.example',
      { headerFrom: 'offers@casino.example' },
    ],
    ['domain', 'anybody@lottery.example', {}],
    ['range', 'anybody@adatum.example', { localAddress: BLOCKED_CLIENT }],
  ])('a blocked %s is refused after DATA', async (_what, from, more) => {
    expectRefusal(await send(from, more).outcome, '550 5.7.1 ');
  });

  test('the neighbours of what is blocked pass', async () => {
    for (const from of ['somebody@casino.example', 'anybody@notlottery.example']) {
      const { messageId, outcome } = send(from);
      expect((await outcome).code).toBe(250);
      await arrived(messageId);
    }
  });

  test('an allowed sender passes although its check fails', async () => {
    await admin.mutate('security.add', { kind: 'allow', values: ['127.0.7.7'], note: 'scanner' });
    const failing = { localAddress: '127.0.7.7' };
    const { messageId } = await waitFor('the entry to reach mx', async () => {
      const attempt = send('anybody@posteo.example', failing);
      await attempt.outcome;
      const message = await arrived(attempt.messageId);
      return headerOf(message, 'X-Holdfast-Verdict').includes('allow-list') && attempt;
    });
    expect(headerOf(await arrived(messageId), 'X-Holdfast-Verdict')).toMatch(/^deliver;/);
  });

  test('a spoof of a domain with DMARC p=reject is refused', async () => {
    expectRefusal(await send('ceo@spoofed.example').outcome, '550 5.7.26 ');
  });

  test('what a sender’s policy wants in quarantine arrives in Junk Email', async () => {
    const { messageId, outcome } = send('nora@northwind.example');
    expect((await outcome).code).toBe(250);
    const message = await arrived(messageId);
    expect(headerOf(message, 'X-Holdfast-Verdict')).toBe('junk; reason=dmarc-quarantine');
    // By our mail flow rule.
    expect(message.folder).toBe('Junk Email');
    expect(headerOf(message, 'Authentication-Results')).toMatch(
      /^mx1\.holdfast\.example;.*dmarc=fail/,
    );
  });

  test('an entry that the administrator adds takes effect, and is gone when removed', async () => {
    const { entries } = await admin.mutate<{
      readonly entries: readonly (ListEntry & { readonly id: string })[];
    }>('security.add', { kind: 'block', values: ['wideworld.example'], note: 'test' });
    const own = entries.find(({ value }) => value === 'wideworld.example');
    expect(own).toMatchObject({ kind: 'block', type: 'domain', source: 'administrator' });
    await waitFor('the entry to reach mx', async () => {
      const answer = await send('anybody@wideworld.example').outcome;
      return answer.reply.includes('5.7.1');
    });
    await admin.mutate('security.remove', { ids: [own?.id] });
    await waitFor('the removal to reach mx', async () => {
      const answer = await send('anybody@wideworld.example').outcome;
      return answer.code === 250;
    });
  });

  test('Office 365 knows us by a connector with Enhanced Filtering; its allow list is as it was', async () => {
    const [policy] = await product.world.cmdlet('Get-HostedConnectionFilterPolicy');
    expect(policy?.['IPAllowList']).toEqual([TENANTS_OWN_ADDRESS]);
    expect(policy?.['IPBlockList']).toContain(BLOCKED_RANGE);
    expect(await product.world.cmdlet('Get-InboundConnector')).toMatchObject([
      {
        Name: 'Holdfast inbound',
        SenderIPAddresses: OUR_ADDRESSES,
        EFSkipIPs: OUR_ADDRESSES,
        RestrictDomainsToIPAddresses: false,
      },
    ]);
    const plan = await product.holdfast('exchange', 'plan', '--json');
    expect(plan).toMatchObject({ exit: 0, json: { established: 'yes', steps: [], findings: [] } });
  });

  test('chosen otherwise, our addresses join the allow list, and leave it again alone', async () => {
    const allowList = async () =>
      (await product.world.cmdlet('Get-HostedConnectionFilterPolicy'))[0]?.['IPAllowList'];
    const planned = await product.holdfast('exchange', 'plan', '--filtering', 'ours', '--json');
    expect(planned).toMatchObject({ exit: 75, json: { established: 'no' } });
    expect(await allowList()).toEqual([TENANTS_OWN_ADDRESS]);
    expect((await product.holdfast('exchange', 'apply', '--json')).exit).toBe(0);
    expect(await allowList()).toEqual([TENANTS_OWN_ADDRESS, ...OUR_ADDRESSES]);
    await product.holdfast('exchange', 'plan', '--filtering', 'enhanced', '--json');
    expect((await product.holdfast('exchange', 'apply', '--json')).exit).toBe(0);
    expect(await allowList()).toEqual([TENANTS_OWN_ADDRESS]);
    const script = await product.holdfast('exchange', 'script');
    expect(script.stdout).toContain('New-InboundConnector');
  });

  test('a second installation is refused and copies nothing', async () => {
    const before = await lists();
    const result = await product.holdfast(
      'install',
      '--protect',
      'all',
      '--new-users',
      'off',
      '--json',
    );
    expect(result.exit).toBe(65);
    expect((result.json as FailureAnswer).error.code).toBe('installation.already-done');
    expect(await lists()).toEqual(before);
    expect(await product.world.cmdlet('Get-InboundConnector')).toHaveLength(1);
  });

  test('what was refused at SMTP is nowhere in the ledger', async () => {
    const ledger = await readLedger(product);
    expect(ledger).toMatchObject({ balanced: true, terminal: { discarded: 0, bounced: 0 } });
    expect(ledger.open?.quarantined).toBe(0);
  });
});

/** The unfolded value of the topmost header of this name. */
function headerOf({ raw }: SimulatedMessage, name: string): string {
  const head = Buffer.from(raw, 'base64').toString('utf8').split('\r\n\r\n')[0] ?? '';
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const line = lines.find((text) => text.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return (line ?? '').slice(name.length + 1).trim();
}
