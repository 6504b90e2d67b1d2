import { TenantError } from '@holdfast/application';
import { exchangeTag, NOTHING_OWNED, type ExchangeOrder } from '@holdfast/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createExchangeAdministration } from '../src/exchange/exchange-administration.ts';
import { createTenantMailbox } from '../src/mailbox/tenant-mailbox.ts';
import { startSimulatedTenant, type SimulatedTenant } from './simulated-tenant.ts';

/** Of all calls so many go wrong, in any way and at any time. */
const PROBABILITY = 0.3;
/** A caller comes back so often; with these odds nobody needs half of it. */
const PATIENCE = 60;

let tenant: SimulatedTenant;
beforeAll(async () => {
  tenant = await startSimulatedTenant();
});
beforeEach(() => tenant.control('/reset', {}));
afterAll(async () => {
  const faults = await tenant.faults();
  await tenant[Symbol.asyncDispose]();
  expect(faults).toEqual([]);
});

const chaos = (seed: string) =>
  tenant.control('/awkwardness', { chaos: { seed, probability: PROBABILITY } });

/** As a job does it: again and again until it is done. Only what Microsoft may say is got over. */
async function persist<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TenantError) || attempt === PATIENCE) throw error;
    }
  }
}

describe('whatever goes wrong on the way', () => {
  it('each sent message ends in Sent Items once, with each of its attachments once', async () => {
    const mailbox = createTenantMailbox(tenant.options);
    const adele = 'adele.vance@contoso.example';
    const file = (fileName: string, size: number) => ({
      fileName,
      contentType: 'application/octet-stream',
      content: new Uint8Array(size),
      contentId: null,
      inline: false,
    });
    const items = Array.from({ length: 12 }, (_none, at) => ({
      messageId: `<chaos-${at}@holdfast.example>`,
      sentAt: Date.UTC(2026, 10, 20, at),
      from: { name: 'Adele Vance', address: adele },
      to: [{ name: '', address: 'kai.carter@fabrikam.example' }],
      cc: [],
      bcc: [],
      subject: `Chaos ${at}`,
      text: 'Hello',
      html: null,
      inReplyTo: null,
      references: [],
      transportHeaders: '',
      marker: `chaos-${at}`,
      attachments:
        at % 4 === 0 ? [file('a.txt', 10), file('b.bin', 2_600_000), file('c.bin', 3_300_000)] : [],
    }));
    await chaos('sent');
    for (const item of items) {
      await persist(() => mailbox.putSentItem(tenant.credentials, adele, item));
    }
    const { given } = await tenant.control<{ given: readonly object[] }>('/awkwardness');
    expect(given.length).toBeGreaterThan(5);
    await tenant.awkward();
    const messages = await tenant.control<
      readonly { readonly folder: string; readonly messageId: string; readonly raw: string }[]
    >(`/mailboxes/${adele}/messages`);
    const inSent = messages.filter(({ folder }) => folder === 'Sent Items');
    expect(inSent.map(({ messageId }) => messageId).toSorted()).toEqual(
      items.map(({ messageId }) => messageId).toSorted(),
    );
    const names = (raw: string) =>
      [
        ...Buffer.from(raw, 'base64')
          .toString('latin1')
          .matchAll(/filename(?:\*=UTF-8'')?[="]*([abc]\.\w+)/g),
      ]
        .map(([, name]) => name ?? '')
        .toSorted();
    for (const item of items) {
      const found = inSent.find(({ messageId }) => messageId === item.messageId);
      expect(names(found?.raw ?? '')).toEqual(item.attachments.map(({ fileName }) => fileName));
    }
  });

  it('an order to Exchange ends in the same state as on a good day', async () => {
    const exchange = createExchangeAdministration(tenant.options);
    const desired = {
      tag: exchangeTag('0192f1c0-0000-7000-8000-000000000001'),
      certificateName: null,
      addresses: ['198.51.100.25', '198.51.100.26'],
      hopsBefore: [],
      filtering: 'enhanced' as const,
      junkRule: { headerName: 'X-Holdfast-Verdict', word: 'junk' },
      sealer: 'holdfast.example',
    };
    const orders: readonly ExchangeOrder[] = [
      { kind: 'establish', desired, owned: NOTHING_OWNED },
      { kind: 'lock-down', desired, on: true },
      { kind: 'lock-down', desired, on: false },
      { kind: 'establish', desired: { ...desired, junkRule: null }, owned: NOTHING_OWNED },
    ];
    const carryOut = async (order: ExchangeOrder): Promise<unknown> => {
      await persist(() => exchange.carryOut(tenant.credentials, order, async () => {}));
      return tenant.control('/exchange');
    };
    const calm: unknown[] = [];
    for (const order of orders) calm.push(await carryOut(order));
    await tenant.control('/reset', {});
    await chaos('exchange');
    const stormy: unknown[] = [];
    for (const order of orders) stormy.push(await carryOut(order));
    expect(stormy).toEqual(calm);
  });
});
