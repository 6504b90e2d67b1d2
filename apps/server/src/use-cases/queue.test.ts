import { randomUUID } from 'node:crypto';
import { BATCH_DELIVERIES, type IngestedMessage, type SpooledRecord } from '@holdfast/application';
import type { QueueRow } from '@holdfast/contracts';
import { anIngestedMessage } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusalFrom } from './testing/refusal.ts';
import { idOf, installEveryone } from './testing/set-up.ts';
import { createWorld, START, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
let onDisk: SpooledRecord | null;

beforeEach(async () => {
  onDisk = null;
  world = await createWorld({
    reader: {
      segments: async () => [],
      read: async (from) => ({
        records: onDisk === null ? [] : [onDisk],
        next: from,
        waiting: 0,
        alarms: onDisk === null ? [{ kind: 'unreadable-segment', ...from, detail: 'ENOENT' }] : [],
      }),
    },
  });
  contoso = await world.organisation('Contoso');
});
afterEach(() => world.close());

/** Written as ingest writes it; a `quarantined` one with its verdict. */
async function arrive(
  organisation: OrganisationHandle,
  count: number,
  change: Parameters<typeof anIngestedMessage>[0] & { readonly quarantined?: boolean } = {},
): Promise<void> {
  const { quarantined = false, ...rest } = change;
  const messages = Array.from({ length: count }, (_, index): IngestedMessage => {
    const message = anIngestedMessage({
      acceptedAt: world.ports.clock.now() - count + index,
      ...rest,
      id: randomUUID(),
      organisationId: organisation.id,
    });
    const state = quarantined ? 'quarantined' : 'queued';
    const verdict = quarantined ? 'quarantine' : 'deliver';
    return {
      ...message,
      deliveries: message.deliveries.map((delivery) => ({
        ...delivery,
        id: randomUUID(),
        state,
        verdict,
        dueAt: quarantined ? null : delivery.dueAt,
      })),
    };
  });
  await world.ports.database.acrossOrganisations(({ ingest }) => ingest.apply(messages, []));
}

/** The relay has tried everything that is due and got this answer. */
async function answerAll(reply: string): Promise<void> {
  await world.ports.database.acrossOrganisations(async ({ deliveries }) => {
    const now = world.ports.clock.now();
    const leased = await deliveries.lease({
      route: 'primary',
      now,
      until: now + 60_000,
      limit: 10_000,
      owner: 'relay',
      skipOrganisations: [],
    });
    await deliveries.complete(
      leased.map(({ delivery }) => ({
        deliveryId: delivery.id,
        acceptedAt: delivery.acceptedAt,
        next: { state: 'deferred', dueAt: now + 300_000, reply },
        host: 'mx.contoso.example',
        tls: null,
        at: now,
      })),
      'relay',
    );
  });
}

const rows = async (organisation = contoso): Promise<readonly QueueRow[]> =>
  (await organisation.console.mailFlow.queue({})).rows;
const named = (found: readonly QueueRow[]) =>
  ({
    kind: 'deliveries',
    deliveries: found.map(({ id, acceptedAt }) => ({ id, acceptedAt })),
  }) as const;
const audit = () =>
  world.ports.database.withinOrganisation(contoso.id, ({ audit: log }) => log.recent(10));

describe('the queue of the console', () => {
  test('lists, counts and says why mail waits and what can be done', async () => {
    await arrive(contoso, 3);
    await answerAll('550 5.7.64 TenantAttribution; Relay Access Denied');
    await arrive(contoso, 1, { quarantined: true });
    const page = await contoso.console.mailFlow.queue({ limit: 2 });
    expect(page).toMatchObject({ total: 4, previous: null, action: null });
    expect(page.rows[0]).toMatchObject({
      queueState: 'deferred',
      reason: 'connector-broken',
      sender: 'orders@shop.example',
      subject: 'Your order',
      commands: ['retry', 'hold', 'discard'],
    });
    expect(JSON.stringify(page)).not.toContain('Thank you for your order');
    expect(page.counts.map(({ state, reason, count }) => [state, reason, count])).toEqual(
      expect.arrayContaining([
        ['deferred', 'connector-broken', 3],
        ['quarantined', 'not-tried', 1],
      ]),
    );
    const second = await contoso.console.mailFlow.queue({ limit: 2, after: page.next });
    expect(second.rows).toHaveLength(2);
    expect(second.next).toBeNull();
    const back = await contoso.console.mailFlow.queue({ limit: 2, before: second.previous });
    expect(back.rows).toEqual(page.rows);
  });

  test('tells the overview what needs a person, with the way to it', async () => {
    await arrive(contoso, 2);
    await answerAll('550 5.7.64 TenantAttribution; Relay Access Denied');
    const { needs, mail } = await contoso.console.overview.get();
    expect(mail).toMatchObject({ waiting: 2, inReview: 0 });
    expect(needs.find(({ id }) => id === 'connector-broken')?.href).toBe(
      '/queue?why=connector-broken',
    );
  });
});

describe('alarms of the mail store', () => {
  test('are shown where the overview sends an administrator for them', async () => {
    const place = { instance: 'mx-1', segment: 'copy-0001', offset: 4096 };
    await world.ports.database.acrossOrganisations(({ ingest }) =>
      ingest.recordAlarm({ kind: 'damaged-record', ...place, detail: 'CRC' }, START),
    );
    const { needs } = await contoso.console.overview.get();
    expect(needs.find(({ id }) => id === 'spool-alarms')?.href).toBe('/queue');
    expect(await contoso.console.mailFlow.alarms()).toEqual([
      {
        kind: 'damaged-record',
        place: 'mx-1/copy-0001 @ 4096',
        at: new Date(START).toISOString(),
      },
    ]);
  });
});

describe('a command', () => {
  test('is done, written into the history, and audited with who, what and how many', async () => {
    await arrive(contoso, 2);
    const [first, second] = await rows();
    if (first === undefined || second === undefined) throw new Error('two arrived');
    const held = await contoso.console.mailFlow.command({
      selection: named([first, second]),
      command: 'hold',
    });
    expect(held).toMatchObject({ changed: 2, refused: [], action: null });
    world.advance(1000);
    await contoso.console.mailFlow.command({ selection: named([first]), command: 'release' });
    await contoso.console.mailFlow.command({
      selection: named([second]),
      command: 'discard',
      reason: 'A mail loop of a printer',
    });
    const { recipients } = await contoso.console.mailFlow.message({ id: second.messageId });
    expect(recipients[0]).toMatchObject({
      state: 'discarded',
      reply: 'discarded by owner@contoso.example: A mail loop of a printer',
      commands: [],
      actions: [
        { command: 'hold', actor: 'owner@contoso.example', reason: null },
        { command: 'discard', reason: 'A mail loop of a printer', state: 'discarded' },
      ],
    });
    expect((await rows()).map(({ queueState }) => queueState)).toEqual(['queued']);
    const [discarded, released, heldEntry] = await audit();
    expect(heldEntry).toMatchObject({ action: 'queue.held', details: { count: 2 } });
    expect(released).toMatchObject({ action: 'queue.released', actor: 'owner@contoso.example' });
    expect(discarded).toMatchObject({
      action: 'queue.discarded',
      details: { count: 1, reason: 'A mail loop of a printer', deliveries: [second.id] },
    });
  });

  test('says what was left as it is, and refuses in words when nothing could be done', async () => {
    await arrive(contoso, 1);
    await answerAll('451 4.3.2 Service not available');
    await arrive(contoso, 1, { quarantined: true });
    const both = await rows();
    const retried = await contoso.console.mailFlow.command({
      selection: named(both),
      command: 'retry',
    });
    expect(retried).toMatchObject({
      changed: 1,
      refused: [{ reason: 'in-quarantine', count: 1 }],
    });
    const quarantined = both.filter(({ state }) => state === 'quarantined');
    const refusal = await refusalFrom(
      contoso.console.mailFlow.command({ selection: named(quarantined), command: 'hold' }),
    );
    expect(refusal).toMatchObject({
      code: 'queue.not-possible',
      message: 'Nothing was changed: it is in quarantine; release or discard it there.',
    });
  });

  test('never takes a delivery from under the relay that is sending it', async () => {
    await arrive(contoso, 1);
    const [row] = await rows();
    if (row === undefined) throw new Error('one arrived');
    await world.ports.database.acrossOrganisations(({ deliveries }) =>
      deliveries.lease({
        route: 'primary',
        now: world.ports.clock.now(),
        until: world.ports.clock.now() + 60_000,
        limit: 1,
        owner: 'relay',
        skipOrganisations: [],
      }),
    );
    for (const command of ['retry', 'hold', 'release', 'discard', 'release-quarantine'] as const) {
      const refusal = await refusalFrom(
        contoso.console.mailFlow.command({ selection: named([row]), command, reason: 'spam' }),
      );
      expect(refusal.code).toBe('queue.not-possible');
      expect(refusal.message).toContain('being sent at this moment');
    }
  });

  test('waits for a transaction that holds the row, and decides on what that one left', async () => {
    await arrive(contoso, 1);
    const [row] = await rows();
    if (row === undefined) throw new Error('one arrived');
    const key = { id: row.id, acceptedAt: Date.parse(row.acceptedAt) };
    let discarding: Promise<unknown> = Promise.resolve();
    await world.ports.database.withinOrganisation(contoso.id, async ({ queue }) => {
      await queue.lock([key]);
      discarding = refusalFrom(
        contoso.console.mailFlow.command({
          selection: named([row]),
          command: 'release',
        }),
      );
      const action = { id: randomUUID(), at: START, actor: 'x', reason: 'first' } as const;
      await queue.apply([
        {
          key,
          next: { state: 'discarded', hold: null, dueAt: null, refusals: 0, reply: 'discarded' },
          action: { ...action, command: 'discard', state: 'discarded' },
        },
      ]);
    });
    expect(await discarding).toMatchObject({ message: 'Nothing was changed: it was discarded.' });
  });

  test('needs a reason to discard', async () => {
    await arrive(contoso, 1);
    const refusal = await refusalFrom(
      contoso.console.mailFlow.command({ selection: named(await rows()), command: 'discard' }),
    );
    expect(refusal.code).toBe('queue.reason-missing');
    expect(await rows()).toHaveLength(1);
  });

  test('on all that match is told what no longer matches', async () => {
    const refusal = await refusalFrom(
      contoso.console.mailFlow.command({
        selection: { kind: 'matching', filter: { states: ['review'] } },
        command: 'release',
      }),
    );
    expect(refusal.code).toBe('queue.nothing-matches');
  });

  test('on all that match leaves alone what is being sent, and says so when that is all', async () => {
    await arrive(contoso, 2);
    await world.ports.database.acrossOrganisations(({ deliveries }) =>
      deliveries.lease({
        route: 'primary',
        now: world.ports.clock.now(),
        until: world.ports.clock.now() + 60_000,
        limit: 10,
        owner: 'relay',
        skipOrganisations: [],
      }),
    );
    const refusal = await refusalFrom(
      contoso.console.mailFlow.command({
        selection: { kind: 'matching', filter: {} },
        command: 'hold',
      }),
    );
    expect(refusal.code).toBe('queue.not-possible');
    expect(refusal.message).toContain('everything that matches is being sent');
  });

  test('of another organisation finds nothing and changes nothing (invariant 8)', async () => {
    const fabrikam = await world.organisation('Fabrikam');
    await arrive(contoso, 2);
    const found = await rows();
    expect(await rows(fabrikam)).toEqual([]);
    for (const command of ['hold', 'discard'] as const) {
      const refusal = await refusalFrom(
        fabrikam.console.mailFlow.command({ selection: named(found), command, reason: 'mine' }),
      );
      expect(refusal.code).toBe('queue.unknown');
    }
    const messageId = found[0]?.messageId ?? '';
    const inspected = fabrikam.console.mailFlow.message({ id: messageId });
    expect((await refusalFrom(inspected)).code).toBe('queue.unknown');
    expect((await fabrikam.console.mailFlow.trace({ sender: 'shop' })).rows).toEqual([]);
    expect((await rows()).map(({ queueState }) => queueState)).toEqual(['queued', 'queued']);
  });
});

describe('a command on more than a thousand', () => {
  const many = 1000 + BATCH_DELIVERIES + 1;

  test('is a job with progress, leaves out what came later, and is audited when it began and ended', async () => {
    await arrive(contoso, many);
    const selection = { kind: 'matching' as const, filter: { states: ['queued' as const] } };
    const begun = await contoso.console.mailFlow.command({
      selection,
      command: 'discard',
      reason: 'Test mail',
    });
    expect(begun).toMatchObject({ changed: 0, action: { state: 'waiting', expected: many } });
    const again = await refusalFrom(
      contoso.console.mailFlow.command({ selection, command: 'hold' }),
    );
    expect(again.code).toBe('queue.action-running');
    world.advance(60_000);
    await arrive(contoso, 1);
    await world.runJobs();
    const { action, total } = await contoso.console.mailFlow.queue({});
    expect(action).toMatchObject({ state: 'done', changed: many, refused: 0 });
    expect(total).toBe(1);
    const entries = await audit();
    expect(entries.map((entry) => entry.action)).toEqual(
      expect.arrayContaining(['queue.discarded', 'queue.discarded-begun']),
    );
    expect(entries.find((entry) => entry.action === 'queue.discarded')).toMatchObject({
      actor: 'owner@contoso.example',
      details: { count: many, reason: 'Test mail' },
    });
  });
});

describe('the quarantine', () => {
  test('releases to the mailbox of the recipient, and can allow the sender', async () => {
    await installEveryone(world, contoso);
    await arrive(contoso, 1, { quarantined: true, recipients: ['ada@contoso.example'] });
    const released = await contoso.console.mailFlow.command({
      selection: named(await rows()),
      command: 'release-quarantine',
      allowSender: true,
    });
    expect(released).toMatchObject({ changed: 1, allowed: ['orders@shop.example'] });
    expect((await rows()).map(({ queueState }) => queueState)).toEqual(['queued']);
    const { entries } = await contoso.console.security.lists();
    expect(entries.find(({ value }) => value === 'orders@shop.example')).toMatchObject({
      kind: 'allow',
      note: 'Released from quarantine',
    });
    const ada = await idOf(contoso, 'ada');
    const inbox = await world.ports.database.withinOrganisation(contoso.id, ({ mailbox }) =>
      mailbox.page(ada, 'inbox', 0, 10, null),
    );
    expect(inbox.map(({ subject }) => subject)).toEqual(['Your order']);
    const [entry] = await audit();
    expect(entry).toMatchObject({
      action: 'quarantine.released',
      details: { allowed: ['orders@shop.example'] },
    });
  });

  test('releases nothing when the sender pretends to be a colleague and should be allowed', async () => {
    await installEveryone(world, contoso);
    const { summary } = anIngestedMessage().message;
    const from = { name: 'Ada', address: 'ada@contoso.example' };
    await arrive(contoso, 1, { quarantined: true, summary: { ...summary, from } });
    const refusal = await refusalFrom(
      contoso.console.mailFlow.command({
        selection: named(await rows()),
        command: 'release-quarantine',
        allowSender: true,
      }),
    );
    expect(refusal.code).toBe('lists.own-domain');
    expect(refusal.message).toMatch(/^Nothing was released\./);
    expect((await rows()).map(({ queueState }) => queueState)).toEqual(['quarantined']);
  });
});

describe('a message', () => {
  test('is inspected with every step, the client and the checks, and never with its content', async () => {
    await arrive(contoso, 1);
    await answerAll('451 4.3.2 Service not available');
    const [row] = await rows();
    if (row === undefined) throw new Error('one arrived');
    const before = await contoso.console.mailFlow.message({ id: row.id });
    expect(before.bytes).toMatchObject({ missing: 'ENOENT', class: null });
    onDisk = {
      id: row.messageId,
      acceptedAt: START,
      origin: 'inbound',
      class: 'copy',
      organisationId: contoso.id,
      envelope: {
        from: 'orders@shop.example',
        recipients: [],
        bodyType: '8BITMIME',
        smtpUtf8: false,
        client: { ip: '192.0.2.7', helo: 'mail.shop.example', tls: 'TLSv1.3' },
        authentication: 'spf=pass; dkim=pass; dmarc=pass',
        senderAuthenticated: true,
      },
      traceHeaders: '',
      snapshotVersion: 1,
      notBefore: null,
      submission: null,
      reference: { instance: 'mx-1', segment: 'copy-0001', offset: 0, length: 4096 },
      size: 4000,
      erased: false,
      body: () => Promise.reject(new Error('the content is nobody’s business')),
    };
    const message = await contoso.console.mailFlow.message({ id: row.messageId });
    expect(message).toMatchObject({
      client: { ip: '192.0.2.7', helo: 'mail.shop.example', tls: 'TLSv1.3' },
      authentication: 'spf=pass; dkim=pass; dmarc=pass',
      headers: { subject: 'Your order', messageId: '<order-1@shop.example>' },
      bytes: { missing: null, class: 'copy' },
    });
    expect(message.recipients[0]?.attempts).toMatchObject([
      { attempt: 1, host: 'mx.contoso.example', reply: '451 4.3.2 Service not available' },
    ]);
    expect(JSON.stringify(message)).not.toContain('Thank you for your order');
  });

  test('is traced by sender, subject and time, page by page', async () => {
    await arrive(contoso, 3);
    const { mailFlow } = contoso.console;
    const first = await mailFlow.trace({ sender: 'orders@shop.example', limit: 2 });
    expect(first.rows).toHaveLength(2);
    const second = await mailFlow.trace({
      sender: 'orders@shop.example',
      limit: 2,
      after: first.next,
    });
    expect(second).toMatchObject({ next: null });
    expect(second.rows).toHaveLength(1);
    expect((await mailFlow.trace({ subject: 'YOUR' })).rows).toHaveLength(3);
    const until = new Date(START - 3_600_000).toISOString();
    expect((await mailFlow.trace({ until })).rows).toEqual([]);
    const refusal = await refusalFrom(mailFlow.trace({ after: 'made up' }));
    expect(refusal.code).toBe('input.invalid');
  });
});
