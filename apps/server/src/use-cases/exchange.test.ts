import { applyExchange, removeExchange, TenantError, watchExchange } from '@holdfast/application';
import { exchangeTag, type AttemptOutcome, type ExchangeState } from '@holdfast/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusalFrom } from './testing/refusal.ts';
import { connectAndSync, installEveryone } from './testing/set-up.ts';
import { createWorld, type OrganisationHandle, type World } from './testing/world.ts';

let world: World;
let contoso: OrganisationHandle;
/** What the tenant's host says to a session under an address of its own domain. */
let probed: AttemptOutcome;
const never = () => Promise.reject(new Error('nothing is sent here'));
beforeEach(async () => {
  probed = { kind: 'reply', code: 250, text: '2.1.5 Recipient OK' };
  world = await createWorld({
    relay: {
      send: never,
      probe: async () => probed,
      probeHosts: async () => [],
      close: async () => undefined,
    },
  });
  contoso = await world.organisation('Contoso');
});
afterEach(() => world.close());

const system = () => ({ kind: 'system', organisationId: contoso.id }) as const;
const forbidden = (): TenantError =>
  new TenantError({ code: 'forbidden', detail: 'no role', retryAfter: null });

async function stepDetail(): Promise<string | undefined> {
  const { steps } = await contoso.console.installation.state();
  const step = steps.find((candidate) => candidate.step === 'exchange');
  return step === undefined ? undefined : `${step.state}: ${step.detail}`;
}

async function needs(): Promise<readonly string[]> {
  return (await contoso.console.overview.get()).needs.map((need) => need.id);
}

async function actions(): Promise<readonly string[]> {
  const entries = await world.ports.database.withinOrganisation(contoso.id, (r) =>
    r.audit.recent(50),
  );
  return entries.map((entry) => entry.action);
}

describe('installing', () => {
  test('creates a connector with Enhanced Filtering and the rule for junk; addresses are not allowed', async () => {
    await connectAndSync(world, contoso);
    const before = await contoso.console.exchange.get();
    expect(before.steps.map(({ title }) => title)).toEqual([
      'Create the inbound connector “Holdfast inbound”',
      'Create the mail flow rule “Holdfast junk”, applied first',
    ]);
    expect(before.steps[0]?.cmdlets[0]).toContain("-EFSkipIPs @('203.0.113.10', '203.0.113.11')");
    await installEveryone(world, contoso);
    expect(world.tenant.exchangeState).toMatchObject({
      connectors: [{ name: 'Holdfast inbound', restrictToAddresses: false }],
      rules: [{ name: 'Holdfast junk', headerName: 'X-Holdfast-Verdict', headerWords: ['junk'] }],
      allowedAddresses: ['198.51.100.7'],
    });
    expect(await stepDetail()).toBe('done: 2 changes made, as it should be');
    const after = await contoso.console.exchange.get();
    expect(after).toMatchObject({ established: 'yes', steps: [], lockedDown: false });
    expect(after.changes.map(({ title }) => title)).toHaveLength(2);
    expect(await actions()).toContain('exchange.changed');
  });

  test('where something stands in the way the step stays open and says what', async () => {
    world.tenant.exchangeState = {
      ...world.tenant.exchangeState,
      connectors: [
        {
          name: 'Old filter',
          enabled: true,
          type: 'Partner',
          senderDomains: ['*'],
          senderAddresses: ['192.0.2.1'],
          restrictToAddresses: true,
          restrictToCertificate: false,
          certificateName: '',
          requireTls: false,
          skipLastAddress: false,
          skipAddresses: [],
          comment: '',
        },
      ],
    };
    await installEveryone(world, contoso);
    expect(await stepDetail()).toBe(
      'failed: 2 changes made; left: The connector “Old filter” refuses mail that comes through us',
    );
    expect(await needs()).toContain('step-exchange');
  });

  test('without the permission: the script, its result line, and the word of whoever ran it', async () => {
    await connectAndSync(world, contoso);
    const choice = { protect: { kind: 'all' }, protectNewUsers: false } as const;
    await contoso.console.exchange.choose({ filtering: 'ours', junkRule: true });
    await contoso.console.installation.install(choice);
    world.tenant.failure = forbidden();
    await world.runJobs();
    expect(await stepDetail()).toMatch(/^failed: not set up yet: .*no role Or run the script/);
    const { script } = await contoso.console.exchange.script({ purpose: 'establish' });
    expect(script).toContain(`*${exchangeTag(contoso.id)}*`);

    const wrong = await refusalFrom(
      contoso.console.exchange.confirmScript({ result: 'it worked', note: '' }),
    );
    expect(wrong.code).toBe('input.invalid');
    const foreign = 'HOLDFAST-RESULT {"tag":"holdfast:other","allowed":[],"trusted":[]}';
    await expect(
      contoso.console.exchange.confirmScript({ result: foreign, note: '' }),
    ).rejects.toThrow('another organisation');
    const result = `Created.\nHOLDFAST-RESULT {"tag":"${exchangeTag(contoso.id)}","allowed":["203.0.113.10"],"trusted":[]}\n`;
    const view = await contoso.console.exchange.confirmScript({ result, note: 'by Ada' });
    expect(view).toMatchObject({ established: 'attested', attestedBy: contoso.actor.email });
    expect(await stepDetail()).toContain('done:');
    expect(await actions()).toContain('exchange.script-confirmed');
    // A session from outside proves more than anybody's word.
    probed = { kind: 'reply', code: 550, text: '5.7.68 TenantInboundAttribution' };
    await contoso.console.exchange.check();
    expect(await needs()).toContain('exchange-drifted');
    // What the script added is ours to take away.
    const removal = await contoso.console.exchange.script({ purpose: 'remove' });
    expect(removal.script).toContain("@('203.0.113.10', '203.0.113.10/32')");
  });
});

describe('afterwards', () => {
  const edit = (change: (state: ExchangeState) => Partial<ExchangeState>): void => {
    const state = world.tenant.exchangeState;
    world.tenant.exchangeState = { ...state, ...change(state) };
  };

  test('a connector that somebody has deleted is a problem until it is there again', async () => {
    await installEveryone(world, contoso);
    await watchExchange(world.ports, contoso.id);
    expect(await needs()).not.toContain('exchange-drifted');
    edit(() => ({ connectors: [] }));
    await watchExchange(world.ports, contoso.id);
    await watchExchange(world.ports, contoso.id);
    expect(await needs()).toContain('exchange-drifted');
    expect((await actions()).filter((action) => action === 'exchange.drifted')).toHaveLength(1);
    const view = await contoso.console.exchange.carryOut();
    expect(view).toMatchObject({ established: 'yes', steps: [] });
    expect(await needs()).not.toContain('exchange-drifted');
  });

  test('while Exchange cannot be read nothing is concluded', async () => {
    await installEveryone(world, contoso);
    edit(() => ({ connectors: [] }));
    world.tenant.failure = new TenantError({
      code: 'unavailable',
      detail: '503',
      retryAfter: null,
    });
    await watchExchange(world.ports, contoso.id);
    expect(await needs()).not.toContain('exchange-drifted');
    const view = await contoso.console.exchange.get();
    expect(view).toMatchObject({ established: 'unknown', steps: [] });
    expect(view.failure).toContain('503');
  });

  test('another choice moves between Enhanced Filtering and our filter; entries of others stay', async () => {
    await installEveryone(world, contoso);
    const chosen = await contoso.console.exchange.choose({ filtering: 'ours', junkRule: true });
    // It waits for the administrator; nobody has changed anything there.
    await watchExchange(world.ports, contoso.id);
    expect(await needs()).toContain('exchange-open');
    expect(await needs()).not.toContain('exchange-drifted');
    expect(chosen.steps.map(({ title }) => title)).toEqual([
      'Change our inbound connector “Holdfast inbound”',
      'Put 203.0.113.10, 203.0.113.11 on the IP allow list',
    ]);
    await contoso.console.exchange.carryOut();
    expect(world.tenant.exchangeState.allowedAddresses).toEqual([
      '198.51.100.7',
      '203.0.113.10',
      '203.0.113.11',
    ]);
    await contoso.console.exchange.choose({ filtering: 'enhanced', junkRule: false });
    await contoso.console.exchange.carryOut();
    expect(world.tenant.exchangeState).toMatchObject({
      allowedAddresses: ['198.51.100.7'],
      rules: [],
    });
  });

  test('removing leaves exactly what was there before', async () => {
    const before = world.tenant.exchangeState;
    await connectAndSync(world, contoso);
    await contoso.console.exchange.choose({ filtering: 'ours', junkRule: true });
    await applyExchange(world.ports, system());
    expect(world.tenant.exchangeState).not.toEqual(before);
    const removed = await removeExchange(world.ports, system());
    expect(removed.complete).toBe(true);
    expect(world.tenant.exchangeState).toEqual(before);
    expect((await removeExchange(world.ports, system())).steps).toEqual([]);
    await watchExchange(world.ports, contoso.id);
    expect(await needs()).not.toContain('exchange-drifted');
  });

  test('what was intended when this process ended is looked for at removal', async () => {
    await connectAndSync(world, contoso);
    await contoso.console.exchange.choose({ filtering: 'ours', junkRule: false });
    const { exchange } = world.ports;
    const dies = {
      ...world.ports,
      exchange: {
        ...exchange,
        carryOut: (async (credentials, order, journal) =>
          exchange.carryOut(credentials, order, async (step, state) => {
            await journal(step, state);
            if (step.kind === 'allow-addresses' && state === 'done') throw new Error('killed');
          })) satisfies typeof exchange.carryOut,
      },
    };
    await expect(applyExchange(dies, system())).rejects.toThrow('killed');
    await removeExchange(world.ports, system());
    expect(world.tenant.exchangeState.allowedAddresses).toEqual(['198.51.100.7']);
  });
});
