import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FollowingSender, type SenderReport } from './src/following-sender.ts';
import { installEverywhere } from './src/install.ts';
import { readLedger, settledLedger, sum } from './src/ledger.ts';
import { newMessageId, sendMail } from './src/mail.ts';
import type { ExchangeFacts } from './src/outside-world.ts';
import { bootProduct, type Product } from './src/product.ts';
import { reportLogsOfFailures } from './src/report-logs.ts';
import { waitFor } from './src/wait-for.ts';

const DOMAIN = 'contoso.example';
const CANARY = 'patti.fernandez@contoso.example';
/** Users, a shared mailbox, a room and a public folder: everything of the domain moves. */
const RECIPIENTS = [
  'adele.vance@contoso.example',
  'sales@contoso.example',
  'lee.gu@contoso.example',
  'room.adams@contoso.example',
  'megan.bowen@contoso.example',
  'suggestions@contoso.example',
];
/** Seconds: what a customer has lowered it to, and what senders hold an answer for. */
const TTL = 1;
const OUR_MX = [
  { exchange: 'mx1.holdfast.example', preference: 10 },
  { exchange: 'mx2.holdfast.example', preference: 20 },
];
/** The waits of days, as seconds. */
const WAITS = {
  HOLDFAST_CUT_OVER_TTL_LEAD: '2',
  HOLDFAST_CUT_OVER_WATCH: '2',
  HOLDFAST_WAY_BACK_RELAY: '20',
};

interface CutOverAnswer {
  readonly phase: string;
  readonly steps: readonly StepAnswer[];
  readonly wayBack: readonly StepAnswer[];
  readonly next: string | null;
  readonly lockDown: string;
  readonly refusedByLockDown: readonly string[];
  readonly canary: {
    readonly state: string;
    readonly messageId: string;
    readonly removed: boolean;
  } | null;
}

interface StepAnswer {
  readonly step: string;
  readonly state: string;
  readonly blockedBy: string | null;
}

const isOurs = (host: string): boolean => host.endsWith('.holdfast.example');

describe('Cut-over and way back with mail flowing', () => {
  let product: Product;
  let sender: FollowingSender;
  let before: ExchangeFacts;
  let tenantMx: { readonly exchange: string; readonly preference: number }[];
  let report: SenderReport;
  reportLogsOfFailures(() => product);

  beforeAll(async () => {
    product = await bootProduct({
      roles: ['mx', 'ingest', 'relay', 'worker'],
      environment: WAITS,
    });
    before = await product.world.exchange();
    const mx = (await product.world.dns()).find(
      ({ name, type }) => name === DOMAIN && type === 'MX',
    );
    tenantMx = [...(mx?.values ?? [])];
    await product.world.pointMx(DOMAIN, tenantMx, TTL);
    await installEverywhere(product);
    const { smtpPort } = await product.world.tenant();
    sender = new FollowingSender(product.world, RECIPIENTS, (host) =>
      isOurs(host) ? product.facts.mxPort : smtpPort,
    );
  });
  afterAll(async () => {
    await sender?.stop();
    await product?.stop();
  });

  async function domain(...args: readonly string[]): Promise<CutOverAnswer> {
    const [command = '', ...rest] = args;
    const result = await product.holdfast('domain', command, DOMAIN, ...rest, '--json');
    if (result.exit !== 0) throw new Error(`${args.join(' ')}: ${result.stderr}`);
    return result.json as CutOverAnswer;
  }
  const lockDown = (wanted: 'on' | 'off') =>
    product.holdfast('exchange', 'lock-down', wanted, '--yes', '--json');
  const stateOf = (steps: readonly StepAnswer[], wanted: string): StepAnswer =>
    steps.find(({ step }) => step === wanted) ?? fail(`no step ${wanted}`);
  const settled = (answer: CutOverAnswer, step: string): boolean =>
    stateOf(answer.steps, step).state === 'done';

  /** Mail goes on: ten more have been taken by whoever should. */
  async function flowing(ours: boolean): Promise<void> {
    const count = (): number => sender.takenBy((host) => isOurs(host) === ours);
    const from = count();
    await waitFor('ten more messages', () => count() >= from + 10);
  }

  /** What an outside server gets from Office 365 that goes past us. */
  async function sendPastUs(): Promise<{
    readonly sent: boolean;
    readonly reply: string;
    readonly messageId: string;
  }> {
    const { smtpPort } = await product.world.tenant();
    const messageId = newMessageId();
    const outcome = await product.world.send({
      from: 'mona.kane@fabrikam.example',
      to: 'adele.vance@contoso.example',
      subject: 'Past the gateway',
      text: 'A host name set by hand.',
      messageId,
      mx: `127.0.0.1:${smtpPort}`,
    });
    return { ...outcome, messageId };
  }

  test('it is prepared: every step by what was measured, MX not before the others', async () => {
    const begun = await domain('cut-over', '--start');
    expect(begun.phase).toBe('preparing');
    expect(stateOf(begun.steps, 'recipients').state).toBe('done');
    expect(stateOf(begun.steps, 'connector').state).toBe('done');
    expect(stateOf(begun.steps, 'policies').state).toBe('done');
    expect(stateOf(begun.steps, 'mx')).toMatchObject({
      state: 'blocked',
      blockedBy: 'earlier-steps',
    });
    await waitFor('the lowered TTL to be held long enough', async () =>
      settled(await domain('cut-over'), 'ttl'),
    );
    await flowing(false);
  });

  test('a test message through our own MX arrives in the canary mailbox, and is taken out again', async () => {
    await domain('cut-over', '--canary', CANARY);
    const seen = await waitFor('the test message to arrive', async () => {
      const answer = await domain('cut-over');
      return settled(answer, 'canary') && answer.canary?.removed === true && answer;
    });
    const { messageId } = seen.canary ?? fail('no canary');
    const there = (await product.world.mailbox(CANARY)).filter(
      (one) => one.messageId === messageId,
    );
    expect(there).toEqual([]);
    expect(stateOf(seen.steps, 'mx').state).toBe('open');
    expect(seen.next).toBe('mx');
  });

  test('an Office 365 record left as a backup is named, and the lock-down refused', async () => {
    await product.world.pointMx(
      DOMAIN,
      [...OUR_MX, { ...tenantMx[0], preference: 30 } as never],
      TTL,
    );
    const mixed = await domain('cut-over');
    expect(stateOf(mixed.steps, 'mx')).toMatchObject({
      state: 'blocked',
      blockedBy: 'office-365-left',
    });
    const refused = await lockDown('on');
    expect(refused.exit).not.toBe(0);
    expect(refused.stderr).toContain('points to Office 365');
    await flowing(true);
  });

  test('MX points here: mail comes through us', async () => {
    await product.world.pointMx(DOMAIN, OUR_MX, TTL);
    await waitFor(
      'the change to be seen',
      async () => (await domain('cut-over')).phase === 'through-us',
    );
    expect(settled(await domain('cut-over'), 'mx')).toBe(true);
    await flowing(true);
  });

  test('who still sends directly is told by Office 365’s own trace', async () => {
    const past = await sendPastUs();
    expect(past.sent).toBe(true);
    await waitFor(
      'the wait to be over',
      async () => stateOf((await domain('cut-over')).steps, 'direct-senders').state === 'open',
    );
    const result = await product.holdfast(
      'domain',
      'cut-over',
      DOMAIN,
      '--direct-senders',
      '--json',
    );
    const { senders } = result.json as { senders: { fromIp: string; senderDomain: string }[] };
    expect(senders).toEqual([
      expect.objectContaining({
        fromIp: '192.0.2.99',
        senderDomain: 'fabrikam.example',
        hint: 'old-mx',
      }),
    ]);
    const seen = await domain('cut-over');
    expect(settled(seen, 'direct-senders')).toBe(true);
    expect(stateOf(seen.steps, 'lock-down').state).toBe('open');
  });

  test('locked down, Office 365 takes what comes through us and nothing else', async () => {
    expect(await lockDown('on')).toMatchObject({ exit: 0 });
    expect(await domain('cut-over')).toMatchObject({ lockDown: 'on', refusedByLockDown: [] });
    const past = await sendPastUs();
    expect(past.reply).toContain('5.7.51');
    await flowing(true);
    await settledBy(20);
  });

  test('on the way back the lock-down comes first: MX waits for it, and nothing is switched by itself', async () => {
    const stopped = await domain('way-back', '--begin', '--reason', 'The trial is over');
    expect(stopped.phase).toBe('way-back');
    expect(stateOf(stopped.wayBack, 'lock-down-off').state).toBe('open');
    expect(stateOf(stopped.wayBack, 'mx-back')).toMatchObject({
      state: 'blocked',
      blockedBy: 'earlier-steps',
    });
    const refused = await lockDown('on');
    expect(refused.stderr).toContain('way back');
    expect((await product.world.exchange()).connectors).toContainEqual(
      expect.objectContaining({ RestrictDomainsToIPAddresses: true }),
    );
  });

  test('the way back: lock-down off, MX back, and what still comes is relayed', async () => {
    expect(await lockDown('off')).toMatchObject({ exit: 0 });
    const unlocked = await domain('way-back');
    expect(stateOf(unlocked.wayBack, 'lock-down-off').state).toBe('done');
    expect(stateOf(unlocked.wayBack, 'mx-back').state).toBe('open');
    const blocked = await product.holdfast('uninstall', '--confirm', 'uninstall', '--json');
    expect(blocked.stderr).toContain(`MX of ${DOMAIN} points here`);

    await product.world.pointMx(DOMAIN, tenantMx, TTL);
    await waitFor(
      'MX to be seen back',
      async () => stateOf((await domain('way-back')).wayBack, 'mx-back').state === 'done',
    );
    const early = await product.holdfast('uninstall', '--json');
    expect(JSON.stringify(early.json)).toContain(`We still relay mail of ${DOMAIN}`);
    // A sender that holds the old record is served as ever.
    const late = newMessageId();
    const to = 'lee.gu@contoso.example';
    const from = 'mona.kane@fabrikam.example';
    expect(await sendMail({ port: product.facts.mxPort, from, to, messageId: late })).toMatchObject(
      { code: 250 },
    );
    await waitFor('the late message in the mailbox', async () =>
      (await product.world.mailbox(to)).some(({ messageId }) => messageId === late),
    );
    await waitFor(
      'the way back to be over',
      async () => (await domain('way-back')).phase === 'back',
    );
    await flowing(false);
  });

  test('none was lost, none came twice, and the ledger says what the mailboxes say', async () => {
    report = await sender.stop();
    expect(report.refused).toEqual([]);
    const ledger = await settledLedger(product);
    const byUs = report.sent.filter(({ host }) => isOurs(host));
    expect(byUs.length).toBeGreaterThan(30);
    expect(report.sent.length - byUs.length).toBeGreaterThan(20);
    const arrived = new Map<string, number>();
    for (const recipient of RECIPIENTS) {
      for (const { messageId } of await product.world.mailbox(recipient)) {
        const key = `${recipient} ${messageId}`;
        arrived.set(key, (arrived.get(key) ?? 0) + 1);
      }
    }
    const wrong = report.sent.filter(
      ({ recipient, messageId }) => arrived.get(`${recipient} ${messageId}`) !== 1,
    );
    expect(wrong).toEqual([]);
    expect(await product.world.duplicatesDropped()).toBe(0);
    // The test message and the late one beside what the sender sent.
    expect(ledger).toMatchObject({ accepted: byUs.length + 2, balanced: true });
    expect(ledger.terminal).toEqual({ delivered: byUs.length + 2, discarded: 0, bounced: 0 });
    expect(sum(ledger.open)).toBe(0);
  });

  test('uninstalled, Office 365 is as it was before, and mx knows the domain no more', async () => {
    const typo = await product.holdfast('uninstall', '--confirm', 'yes');
    expect(typo.stderr).toContain('Type “uninstall”');
    const result = await product.holdfast('uninstall', '--confirm', 'uninstall', '--json');
    expect(result.stderr).toBe('');
    expect(result.json).toMatchObject({
      state: 'done',
      copiesUntil: expect.any(String),
      byHand: expect.arrayContaining([expect.stringContaining('Enterprise applications')]),
    });
    const after = await product.world.exchange();
    expect(after.connectors).toEqual(before.connectors);
    expect(after.ipAllowList).toEqual(before.ipAllowList);
    expect(after.transportRules).toEqual(before.transportRules);
    expect(after.arcSealers).toEqual(before.arcSealers);
    await waitFor('mx to forget the domain', async () => {
      const { reply } = await sendMail({
        port: product.facts.mxPort,
        from: 'mona.kane@fabrikam.example',
        to: 'adele.vance@contoso.example',
      });
      return reply.startsWith('550 5.7.1');
    });
    expect((await readLedger(product)).balanced).toBe(true);
  });

  /** What is under way when a step is over is no more than a few. */
  async function settledBy(most: number): Promise<void> {
    await waitFor('the queue to be short', async () => {
      const { open, waitingForIngest } = await readLedger(product);
      return sum(open) + waitingForIngest <= most;
    });
  }
});

function fail(why: string): never {
  throw new Error(why);
}
