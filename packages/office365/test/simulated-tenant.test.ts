import { PERMISSION_TIERS } from '@holdfast/domain';
import type { DirectoryFact } from '@holdfast/application';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createExchangeAdministration } from '../src/exchange/exchange-administration.ts';
import { createTenantDirectory } from '../src/directory/tenant-directory.ts';
import { createTenantHealth } from '../src/health/tenant-health.ts';
import { createTenantLists } from '../src/exchange/tenant-lists.ts';
import { createTenantMailbox } from '../src/mailbox/tenant-mailbox.ts';
import { failure } from './contoso.ts';
import { startSimulatedTenant, type SimulatedTenant } from './simulated-tenant.ts';

/** Everything the adapters do, against the simulator, with every request and every answer held to the contract. */
let tenant: SimulatedTenant;

beforeAll(async () => {
  tenant = await startSimulatedTenant();
});
beforeEach(() => tenant.awkward());
afterAll(async () => {
  const faults = await tenant.faults();
  await tenant[Symbol.asyncDispose]();
  expect(faults).toEqual([]);
});

const ADELE = 'adele.vance@contoso.example';
const attachment = (fileName: string, size: number) => ({
  fileName,
  contentType: 'application/octet-stream',
  content: new Uint8Array(size).fill(7),
  contentId: null,
  inline: false,
});
const sent = (messageId: string, attachments: readonly ReturnType<typeof attachment>[] = []) => ({
  messageId,
  sentAt: Date.UTC(2026, 10, 20, 8, 15),
  from: { name: 'Adele Vance', address: ADELE },
  to: [{ name: 'Kai Carter', address: 'kai.carter@fabrikam.example' }],
  cc: [],
  bcc: [{ name: '', address: 'boss@fabrikam.example' }],
  subject: 'Offer',
  text: 'Here it is.',
  html: '<p>Here it is.</p>',
  inReplyTo: '<question@fabrikam.example>',
  references: ['<question@fabrikam.example>'],
  attachments,
  transportHeaders: `Message-ID: ${messageId}\r\nX-Mailer: Holdfast\r\n`,
  marker: 'record-1',
});

describe('the tenant itself', () => {
  it('says who it is, and what the permissions allow', async () => {
    const directory = createTenantDirectory(tenant.options);
    await expect(directory.profile(tenant.credentials)).resolves.toEqual({
      displayName: 'Contoso',
      initialDomain: 'contoso.onmicrosoft.com',
    });
    const seen: string[] = [];
    const items = await directory.preflight(tenant.credentials, PERMISSION_TIERS, async (item) => {
      seen.push(item.check);
    });
    expect(items.filter(({ result }) => result !== 'ok')).toEqual([]);
    expect(seen).toEqual(items.map(({ check }) => check));
  });

  it('is probed: sign-in, mailbox, and what Microsoft says of itself', async () => {
    const health = createTenantHealth(tenant.options);
    expect((await health.probeSignIn(tenant.credentials)).latency).toBeGreaterThanOrEqual(0);
    expect((await health.probeMailbox(tenant.credentials, ADELE)).latency).toBeGreaterThanOrEqual(
      0,
    );
    const services = await health.services(tenant.credentials);
    expect(services).toContainEqual({
      service: 'Exchange Online',
      status: 'ServiceOperational',
      incidents: [],
    });
  });
});

describe('the directory', () => {
  const facts: DirectoryFact[] = [];
  const page = async (some: readonly DirectoryFact[]): Promise<void> => void facts.push(...some);
  beforeEach(() => void facts.splice(0));

  it('has its domains, with where their mail goes and of which type they are', async () => {
    const domains = await createTenantDirectory(tenant.options).domains(tenant.credentials);
    expect(domains.find(({ name }) => name === 'contoso.example')).toMatchObject({
      carriesMail: true,
      mx: [{ exchange: 'contoso-example.mail.protection.outlook.com', preference: 0 }],
      mailType: 'authoritative',
    });
  });

  it.each(['users', 'groups', 'contacts'] as const)(
    'tells all %s, and then nothing',
    async (kind) => {
      const directory = createTenantDirectory(tenant.options);
      const receiver = { page, restart: () => Promise.reject(new Error('restarted')) };
      const first = await directory.round(tenant.credentials, kind, null, receiver);
      expect(facts.length).toBeGreaterThan(0);
      facts.length = 0;
      await directory.round(tenant.credentials, kind, first?.deltaLink ?? '', receiver);
      expect(facts).toEqual([]);
    },
  );

  it.each(['recipients', 'public-folders', 'restrictions'] as const)(
    'lists %s in Exchange',
    async (listing) => {
      const directory = createTenantDirectory(tenant.options);
      expect(await directory.listing(tenant.credentials, listing, page)).toBe(true);
      expect(facts.length).toBeGreaterThan(0);
    },
  );

  it('knows the members of a group that only Exchange knows', async () => {
    const directory = createTenantDirectory(tenant.options);
    const address = 'retail-everyone@contoso.example';
    const groups = [{ externalId: 'retail', address, dynamic: true }];
    await directory.members(tenant.credentials, groups, page);
    expect(facts.length).toBe(4);
  });
});

describe('recovery writes', () => {
  it('puts sent mail into Sent Items once, dated, with attachments of every size', async () => {
    const mailbox = createTenantMailbox(tenant.options);
    const item = sent('<offer-1@holdfast.example>', [
      attachment('small.txt', 20),
      attachment('medium.bin', 2_800_000),
      attachment('large.bin', 3_200_000),
    ]);
    await expect(mailbox.putSentItem(tenant.credentials, ADELE, item)).resolves.toEqual({
      created: true,
    });
    await expect(mailbox.putSentItem(tenant.credentials, ADELE, item)).resolves.toEqual({
      created: false,
    });
    const found = await mailbox.findMessage(tenant.credentials, ADELE, item.messageId);
    expect(found).toMatchObject({ folder: 'Sent Items', receivedAt: item.sentAt, isRead: true });
    await mailbox.removeMessage(tenant.credentials, ADELE, item.messageId);
    expect(await mailbox.findMessage(tenant.credentials, ADELE, item.messageId)).toBeNull();
  });

  it('is repeated without a second copy when the answer to the first attempt was lost', async () => {
    const mailbox = createTenantMailbox(tenant.options);
    const item = sent('<lost-answer@holdfast.example>');
    await tenant.awkward({
      service: 'graph',
      method: 'POST',
      path: '/users/*/mailFolders/sentitems/messages',
      calls: [1],
      fault: { kind: 'cut', when: 'after' },
    });
    const first = await failure(mailbox.putSentItem(tenant.credentials, ADELE, item));
    expect(first.code).toBe('unreachable');
    await expect(mailbox.putSentItem(tenant.credentials, ADELE, item)).resolves.toEqual({
      created: false,
    });
  });
});

describe('Exchange administration', () => {
  it('reads the whole state', async () => {
    const exchange = createExchangeAdministration(tenant.options);
    const { state, unreadable } = await exchange.readState(tenant.credentials);
    expect(unreadable).toEqual([]);
    expect(Object.values(state)).not.toContain(null);
  });

  it('reads the same lists in whichever form their values come', async () => {
    const lists = createTenantLists(tenant.options);
    const orderly = await lists.read(tenant.credentials);
    expect(orderly.items.length).toBeGreaterThan(5);
    expect(orderly.sections.filter(({ failure: said }) => said !== null)).toEqual([]);
    await tenant.awkward({ service: 'exchange', fault: { kind: 'wrong-types' } });
    const strange = await lists.read(tenant.credentials);
    const entries = ({ items }: typeof strange) => items.map(({ kind, value }) => [kind, value]);
    expect(entries(strange)).toEqual(entries(orderly));
  });

  it('reads the junk settings of a mailbox', async () => {
    const lists = createTenantLists(tenant.options);
    const settings = await lists.readJunkSettings(tenant.credentials, ADELE);
    expect(Array.isArray(settings.safe)).toBe(true);
  });
});
