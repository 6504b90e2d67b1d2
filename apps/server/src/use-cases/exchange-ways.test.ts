import {
  exchangeTag,
  NOTHING_OWNED,
  ownedBy,
  type DesiredExchange,
  type ExchangeOrder,
  type ExchangeStep,
  type OwnedExchange,
} from '@holdfast/domain';
import { createExchangeScripts, RESULT_MARK } from '@holdfast/office365';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from './testing/simulator.ts';
import { runByHand } from './testing/tenant-by-hand.ts';

const TAG = exchangeTag('0192f1c0-0000-7000-8000-000000000001');
/** Each run resets a tenant twice and carries several orders out in it. */
const RUNS = 15;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => simulator.control('/reset', {}));
afterAll(() => simulator?.[Symbol.asyncDispose]());

const wish = (change: Partial<DesiredExchange> = {}): DesiredExchange => ({
  tag: TAG,
  certificateName: null,
  addresses: ['198.51.100.25', '198.51.100.26'],
  hopsBefore: [],
  filtering: 'enhanced',
  junkRule: { headerName: 'X-Holdfast-Verdict', word: 'junk' },
  sealer: null,
  ...change,
});

/** All that is set in the tenant. */
async function setInTenant(): Promise<unknown> {
  return simulator.control('/exchange');
}

/** Without the mark that policies were never changed: where nothing is left to do the script takes it off all the same. */
async function comparable(): Promise<unknown> {
  return { ...((await setInTenant()) as object), dehydrated: null };
}

async function directly(order: ExchangeOrder): Promise<readonly ExchangeStep[]> {
  const outcome = await simulator.exchange.carryOut(simulator.credentials, order, async () => {});
  return outcome.kind === 'done' ? outcome.steps : [];
}

async function byHand(order: ExchangeOrder): Promise<readonly string[]> {
  const outcome = await createExchangeScripts().carryOut(
    simulator.credentials,
    order,
    async () => {},
  );
  return runByHand(simulator, outcome.kind === 'by-hand' ? outcome.script : '');
}

/** What the last line of the script says. */
function toldOwned(lines: readonly string[]): OwnedExchange {
  const line = lines.findLast((candidate) => candidate.startsWith(`${RESULT_MARK} `)) ?? '';
  const told: unknown = JSON.parse(line.slice(RESULT_MARK.length));
  const list = (name: string): readonly string[] =>
    typeof told === 'object' && told !== null ? (Reflect.get(told, name) as string[]) : [];
  return { addresses: list('allowed'), sealers: list('trusted') };
}

interface Facts {
  readonly allowed: readonly string[];
  readonly sealers: readonly string[];
  readonly dehydrated: boolean;
  readonly connector: boolean;
  readonly taken: boolean;
  readonly bypass: boolean;
}

async function arrange(facts: Facts): Promise<void> {
  await simulator.control('/reset', {});
  const { allowed, sealers } = facts;
  await simulator.cmdlet('Set-HostedConnectionFilterPolicy', {
    Identity: 'Default',
    IPAllowList: allowed,
  });
  if (sealers.length > 0) {
    await simulator.cmdlet('Set-ArcConfig', { Identity: 'Default', ArcTrustedSealers: sealers });
  }
  const other = { ConnectorType: 'Partner', SenderDomains: ['*'] };
  if (facts.connector) {
    await simulator.cmdlet('New-InboundConnector', {
      ...other,
      Name: "O'Brien’s “filter”",
      SenderIPAddresses: ['192.0.2.1'],
      RestrictDomainsToIPAddresses: true,
    });
  }
  if (facts.taken) {
    await simulator.cmdlet('New-InboundConnector', { ...other, Name: 'Holdfast inbound' });
    await simulator.cmdlet('New-TransportRule', { Name: 'Holdfast junk', SetSCL: 5 });
  }
  if (facts.bypass) {
    await simulator.cmdlet('New-TransportRule', { Name: 'Bypass', SetSCL: -1 });
  }
  if (facts.dehydrated) await simulator.control('/exchange', { dehydrated: true });
}

const address = fc.constantFrom(
  '198.51.100.25',
  '198.51.100.26',
  '198.51.100.26/32',
  '192.0.2.0/24',
);
const anyFacts: fc.Arbitrary<Facts> = fc.record({
  allowed: fc.uniqueArray(address),
  sealers: fc.uniqueArray(fc.constantFrom('a.example', 'holdfast.example', 'b.example')),
  dehydrated: fc.boolean(),
  connector: fc.boolean(),
  taken: fc.boolean(),
  bypass: fc.boolean(),
});
const anyWish: fc.Arbitrary<DesiredExchange> = fc
  .record({
    addresses: fc.constantFrom(
      ['198.51.100.25'],
      ['198.51.100.25', '198.51.100.26'],
      ['2001:db8::1'],
    ),
    certificateName: fc.constantFrom(null, 'mx.holdfast.example'),
    hopsBefore: fc.constantFrom([], ['203.0.113.0/24']),
    filtering: fc.constantFrom('enhanced', 'ours'),
    sealer: fc.constantFrom(null, 'holdfast.example'),
    hasRule: fc.boolean(),
  })
  .map(({ hasRule, ...rest }) => wish({ ...rest, ...(hasRule ? {} : { junkRule: null }) }));

describe('by our permission and by a script that somebody runs', () => {
  test('the tenant ends the same, from whatever was there, over changes of mind, and after uninstalling', async () => {
    await fc.assert(
      fc.asyncProperty(anyFacts, anyWish, anyWish, async (facts, first, second) => {
        const states: unknown[][] = [];
        const added: OwnedExchange[] = [];
        for (const way of ['directly', 'by-hand'] as const) {
          await arrange(facts);
          const seen = [await comparable()];
          const one: ExchangeOrder = { kind: 'establish', desired: first, owned: NOTHING_OWNED };
          const owned =
            way === 'directly' ? ownedBy(await directly(one)) : toldOwned(await byHand(one));
          added.push(owned);
          seen.push(await comparable());
          const orders: readonly ExchangeOrder[] = [
            { kind: 'establish', desired: first, owned },
            { kind: 'establish', desired: second, owned },
            { kind: 'remove', tag: TAG, owned },
          ];
          for (const order of orders) {
            if (way === 'directly') await directly(order);
            else await byHand(order);
            seen.push(await comparable());
          }
          states.push(seen);
        }
        expect(added[1]).toEqual(added[0]);
        expect(states[1]).toEqual(states[0]);
        // The second run of the same order has changed nothing.
        expect(states[0]?.[2]).toEqual(states[0]?.[1]);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  test.each(['directly', 'by-hand'] as const)('lock-down goes on and off: %s', async (way) => {
    const carryOut = way === 'directly' ? directly : byHand;
    const desired = wish();
    await carryOut({ kind: 'establish', desired, owned: NOTHING_OWNED });
    const before = await setInTenant();
    await carryOut({ kind: 'lock-down', desired, on: true });
    expect(await setInTenant()).toMatchObject({
      connectors: [{ RestrictDomainsToIPAddresses: true, RestrictDomainsToCertificate: false }],
    });
    await carryOut({ kind: 'establish', desired, owned: NOTHING_OWNED });
    expect(await setInTenant()).toMatchObject({
      connectors: [{ RestrictDomainsToIPAddresses: true }],
    });
    await carryOut({ kind: 'lock-down', desired, on: false });
    expect(await setInTenant()).toEqual(before);
  });

  test('a script never turns lock-down on where our own mail would be refused', async () => {
    const desired = wish();
    await expect(byHand({ kind: 'lock-down', desired, on: true })).rejects.toThrow('not there');
    await directly({
      kind: 'establish',
      desired: wish({ addresses: ['198.51.100.25'] }),
      owned: NOTHING_OWNED,
    });
    await expect(byHand({ kind: 'lock-down', desired, on: true })).rejects.toThrow(
      'not as it should be',
    );
    expect(await setInTenant()).toMatchObject({
      connectors: [{ RestrictDomainsToIPAddresses: false }],
    });
  });

  test('a script says what it did, and what it left alone', async () => {
    await arrange({
      allowed: [],
      sealers: [],
      dehydrated: true,
      connector: false,
      taken: true,
      bypass: false,
    });
    const lines = await byHand({
      kind: 'establish',
      desired: wish({ filtering: 'ours' }),
      owned: NOTHING_OWNED,
    });
    expect(lines).toEqual([
      'Opened the tenant for changes of its policies.',
      expect.stringMatching(/^WARNING: A connector "Holdfast inbound" is there .* rename it/),
      'Put the addresses of Holdfast on the IP allow list.',
      expect.stringMatching(/^WARNING: A mail flow rule "Holdfast junk" is there/),
      `${RESULT_MARK} {"tag":"${TAG}","allowed":["198.51.100.25","198.51.100.26"],"trusted":[]}`,
    ]);
  });
});
