import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evolveExchange } from '../testing/evolve-exchange.ts';
import { ourConnector, isLockedDown } from './exchange-connector.ts';
import { ownedBy } from './exchange-ownership.ts';
import { isEstablished, planExchange } from './exchange-plan.ts';
import { planLockDown, planRemoval } from './exchange-removal.ts';
import {
  exchangeTag,
  NOTHING_OWNED,
  type DesiredExchange,
  type ExchangeConnector,
  type ExchangeRule,
  type ExchangeState,
} from './exchange-side.ts';
import { cmdletsOf, type ExchangeStep } from './exchange-step.ts';
import { findingWords, stepWords } from './exchange-words.ts';

const TAG = exchangeTag('0192f1c0-0000-7000-8000-000000000001');

const wish = (change: Partial<DesiredExchange> = {}): DesiredExchange => ({
  tag: TAG,
  certificateName: null,
  addresses: ['203.0.113.10', '203.0.113.11'],
  hopsBefore: [],
  filtering: 'enhanced',
  junkRule: { headerName: 'X-Holdfast-Verdict', word: 'junk' },
  sealer: null,
  ...change,
});

const tenant = (change: Partial<ExchangeState> = {}): ExchangeState => ({
  organisation: { dehydrated: false, rejectDirectSend: false },
  connectors: [],
  allowedAddresses: [],
  rules: [],
  sealers: [],
  ...change,
});

const connector = (change: Partial<ExchangeConnector> = {}): ExchangeConnector => ({
  name: 'Old filter',
  enabled: true,
  type: 'Partner',
  senderDomains: ['*'],
  senderAddresses: ['198.51.100.1'],
  restrictToAddresses: false,
  restrictToCertificate: false,
  certificateName: '',
  requireTls: false,
  skipLastAddress: false,
  skipAddresses: [],
  comment: '',
  ...change,
});

const rule = (change: Partial<ExchangeRule> = {}): ExchangeRule => ({
  name: 'Mark the CRM',
  enabled: true,
  priority: 0,
  comment: '',
  headerName: 'X-Mailer',
  headerWords: ['CRM'],
  scl: null,
  ...change,
});

const plan = (state: ExchangeState, desired = wish(), owned = NOTHING_OWNED) =>
  planExchange(state, desired, owned);
const kinds = (steps: readonly ExchangeStep[]) => steps.map(({ kind }) => kind);
const codes = (state: ExchangeState, desired = wish()) =>
  plan(state, desired).findings.map(({ code, level }) => `${code} ${level}`);

describe('what a tenant needs', () => {
  test('by default: a connector with Enhanced Filtering, and a rule for our verdict', () => {
    const { steps, findings } = plan(tenant());
    expect(steps.flatMap(cmdletsOf)).toEqual([
      {
        name: 'New-InboundConnector',
        parameters: {
          Name: 'Holdfast inbound',
          ConnectorType: 'Partner',
          SenderDomains: ['*'],
          SenderIPAddresses: ['203.0.113.10', '203.0.113.11'],
          RequireTls: true,
          RestrictDomainsToIPAddresses: false,
          RestrictDomainsToCertificate: false,
          EFSkipLastIP: false,
          EFSkipIPs: ['203.0.113.10', '203.0.113.11'],
          Enabled: true,
          Comment: expect.stringContaining(TAG),
        },
      },
      {
        name: 'New-TransportRule',
        parameters: {
          Name: 'Holdfast junk',
          Priority: 0,
          Comments: expect.stringContaining(TAG),
          HeaderContainsMessageHeader: 'X-Holdfast-Verdict',
          HeaderContainsWords: ['junk'],
          SetSCL: 6,
        },
      },
    ]);
    expect(findings).toEqual([]);
  });

  test.each<[string, Partial<DesiredExchange>, Partial<ExchangeState>, readonly string[]]>([
    [
      'our filter is final: the addresses on the allow list, no Enhanced Filtering',
      { filtering: 'ours', junkRule: null },
      {},
      ['create-connector', 'allow-addresses'],
    ],
    [
      'our addresses are on the list already, one of them spelled as a network',
      { filtering: 'ours', junkRule: null },
      { allowedAddresses: ['203.0.113.11', '203.0.113.10/32'] },
      ['create-connector'],
    ],
    [
      'nobody has changed a policy yet',
      {},
      { organisation: { dehydrated: true, rejectDirectSend: false } },
      ['enable-customization', 'create-connector', 'create-rule'],
    ],
    [
      'we seal: added to the sealers that are trusted',
      { sealer: 'Holdfast.example', junkRule: null },
      { sealers: ['other.example'] },
      ['create-connector', 'trust-sealers'],
    ],
    [
      'our sealer is trusted already, in other letters',
      { sealer: 'holdfast.example', junkRule: null },
      { sealers: ['Holdfast.Example'] },
      ['create-connector'],
    ],
    [
      'connectors that cannot be read: nothing of them is planned',
      {},
      { connectors: null },
      ['create-rule'],
    ],
    ['rules that cannot be read', {}, { rules: null }, ['create-connector']],
    ['no address of ours: no connector', { addresses: [] }, {}, ['create-rule']],
    [
      'an address that Office 365 does not take: none of them',
      { addresses: ['203.0.113.10', '2001:db8::1'], filtering: 'ours' },
      {},
      ['create-rule'],
    ],
    [
      'a certificate instead of addresses',
      { addresses: [], certificateName: '*.holdfast.example', junkRule: null },
      {},
      ['create-connector'],
    ],
  ])('%s', (_name, desired, state, expected) => {
    expect(kinds(plan(tenant(state), wish(desired)).steps)).toEqual(expected);
  });

  test('the whole list of sealers is written, since Office 365 overwrites it', () => {
    const state = tenant({ sealers: ['other.example'] });
    const step = plan(state, wish({ sealer: 'holdfast.example' })).steps.at(-1);
    expect(step === undefined ? [] : cmdletsOf(step)).toEqual([
      {
        name: 'Set-ArcConfig',
        parameters: {
          Identity: 'Default',
          ArcTrustedSealers: ['other.example', 'holdfast.example'],
        },
      },
    ]);
  });

  test('hops of a filter in front are passed over as ours are; private ones are left out', () => {
    const desired = wish({ hopsBefore: ['198.51.100.0/24', '10.0.0.1', '2001:db8::1'] });
    const [step] = plan(tenant(), desired).steps;
    expect(step?.kind === 'create-connector' && step.settings.skipAddresses).toEqual([
      '203.0.113.10',
      '203.0.113.11',
      '198.51.100.0/24',
    ]);
  });
});

describe('what is not ours', () => {
  test.each<[string, Partial<ExchangeState>, Partial<DesiredExchange>, readonly string[]]>([
    [
      'a connector that has our name',
      { connectors: [connector({ name: 'holdfast INBOUND' })] },
      {},
      ['connector-name-taken blocks'],
    ],
    [
      'one of another installation',
      { connectors: [connector({ name: 'Holdfast inbound', comment: exchangeTag('other') })] },
      {},
      ['connector-name-taken blocks'],
    ],
    [
      'a connector for all mail that refuses ours',
      { connectors: [connector({ restrictToAddresses: true })] },
      {},
      ['restricted-by-others blocks'],
    ],
    [
      'the same by certificate',
      {
        connectors: [connector({ restrictToCertificate: true, certificateName: 'mx.old.example' })],
      },
      {},
      ['restricted-by-others blocks'],
    ],
    [
      'the same, switched off',
      { connectors: [connector({ restrictToAddresses: true, enabled: false })] },
      {},
      [],
    ],
    [
      'the same, for a partner’s domain',
      {
        connectors: [connector({ restrictToAddresses: true, senderDomains: ['partner.example'] })],
      },
      {},
      [],
    ],
    [
      'the same, with our addresses in it',
      {
        connectors: [connector({ restrictToAddresses: true, senderAddresses: ['203.0.113.0/24'] })],
      },
      {},
      [],
    ],
    [
      'a rule that has our name',
      { rules: [rule({ name: 'Holdfast junk' })] },
      {},
      ['rule-name-taken warns'],
    ],
    [
      'a rule that switches the filter off',
      { rules: [rule({ scl: -1 })] },
      {},
      ['filter-switched-off warns'],
    ],
    [
      'the same, where our filter is final',
      { rules: [rule({ scl: -1 })] },
      { filtering: 'ours' },
      [],
    ],
    [
      'an entry of the allow list that holds our addresses',
      { allowedAddresses: ['203.0.113.8/29'] },
      {},
      ['allowed-by-others warns'],
    ],
    [
      'a tenant that rejects Direct Send',
      { organisation: { dehydrated: false, rejectDirectSend: true } },
      {},
      ['direct-send-rejected blocks'],
    ],
    [
      'a full allow list',
      {
        allowedAddresses: Array.from(
          { length: 1272 },
          (_none, at) => `192.0.${Math.floor(at / 256)}.${at % 256}`,
        ),
      },
      { filtering: 'ours' },
      ['allow-list-full blocks'],
    ],
  ])('%s', (_name, state, desired, expected) => {
    expect(codes(tenant(state), wish(desired))).toEqual(expected);
  });

  test('with our connector in place a tenant that rejects Direct Send is well set up', () => {
    const organisation = { dehydrated: false, rejectDirectSend: true };
    const after = carryOut(tenant({ organisation }), plan(tenant({ organisation })).steps);
    expect(isEstablished(plan(after))).toBe(true);
  });
});

describe('what somebody has changed', () => {
  const established = carryOut(tenant(), plan(tenant()).steps);
  const ours = (change: Partial<ExchangeConnector>): ExchangeState => ({
    ...established,
    connectors: (established.connectors ?? []).map((known) => ({ ...known, ...change })),
  });

  test.each<[string, Partial<ExchangeConnector>, readonly string[]]>([
    ['switched off', { enabled: false }, ['enabled']],
    ['an address taken away', { senderAddresses: ['203.0.113.10'] }, ['senderAddresses']],
    ['TLS no longer required', { requireTls: false }, ['requireTls']],
    ['renamed', { name: 'Gateway' }, []],
    [
      'the same addresses in another order',
      { senderAddresses: ['203.0.113.11/32', '203.0.113.10'] },
      [],
    ],
    ['locked down', { restrictToAddresses: true }, []],
  ])('in our connector: %s', (_name, change, expected) => {
    const [step] = plan(ours(change)).steps;
    expect(step?.kind === 'change-connector' ? Object.keys(step.after) : []).toEqual(expected);
  });

  test('our connector or rule is gone: made again', () => {
    expect(kinds(plan({ ...established, connectors: [] }).steps)).toEqual(['create-connector']);
    expect(kinds(plan({ ...established, rules: [] }).steps)).toEqual(['create-rule']);
  });

  test('our rule is switched off or sets another level: set right, and on again', () => {
    const rules = (established.rules ?? []).map((known) => ({ ...known, enabled: false, scl: 1 }));
    expect(plan({ ...established, rules }).steps.flatMap(cmdletsOf)).toEqual([
      { name: 'Set-TransportRule', parameters: { Identity: 'Holdfast junk', SetSCL: 6 } },
      { name: 'Enable-TransportRule', parameters: { Identity: 'Holdfast junk' } },
    ]);
  });

  test('from our filter to Enhanced Filtering: only what we had added leaves the list', () => {
    const before = tenant({ allowedAddresses: ['198.51.100.7', '203.0.113.11'] });
    const first = plan(before, wish({ filtering: 'ours' }));
    const there = carryOut(before, first.steps);
    const owned = ownedBy(first.steps);
    expect(owned.addresses).toEqual(['203.0.113.10']);
    const after = carryOut(there, plan(there, wish(), owned).steps);
    expect(after.allowedAddresses).toEqual(['198.51.100.7', '203.0.113.11']);
  });
});

describe('lock-down', () => {
  const established = carryOut(tenant(), plan(tenant()).steps);

  test('goes on by what Office 365 knows us by, and off again', () => {
    const on = carryOut(established, planLockDown(established, wish(), true).steps);
    expect(isLockedDown(ourConnector(on.connectors ?? [], TAG))).toBe(true);
    expect(isEstablished(plan(on))).toBe(true);
    expect(carryOut(on, planLockDown(on, wish(), false).steps)).toEqual(established);
  });

  test('stays on when the connector comes to know us by a certificate', () => {
    const on = carryOut(established, planLockDown(established, wish(), true).steps);
    const desired = wish({ certificateName: 'mx.holdfast.example' });
    const after = carryOut(on, plan(on, desired).steps);
    expect(ourConnector(after.connectors ?? [], TAG)).toMatchObject({
      restrictToAddresses: false,
      restrictToCertificate: true,
    });
  });

  test.each<[string, ExchangeState, DesiredExchange]>([
    ['without our connector', tenant(), wish()],
    ['where the connector lacks an address', established, wish({ addresses: ['203.0.113.99'] })],
    ['where connectors cannot be read', tenant({ connectors: null }), wish()],
    ['without addresses', established, wish({ addresses: [] })],
  ])('is refused %s: our own mail would be refused', (_name, state, desired) => {
    const { steps, findings } = planLockDown(state, desired, true);
    expect(steps).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(['not-established']);
  });
});

function carryOut(state: ExchangeState, steps: readonly ExchangeStep[]): ExchangeState {
  return steps.reduce(evolveExchange, state);
}

const address = fc.constantFrom('203.0.113.10', '203.0.113.11', '198.51.100.7', '192.0.2.0/24');
const anyConnector = fc.record({
  name: fc.constantFrom('A', 'B', 'C'),
  senderDomains: fc.constantFrom(['*'], ['partner.example']),
  restrictToAddresses: fc.boolean(),
  senderAddresses: fc.uniqueArray(address),
  enabled: fc.boolean(),
});
const anyTenant: fc.Arbitrary<ExchangeState> = fc
  .record({
    connectors: fc.uniqueArray(anyConnector, { selector: ({ name }) => name }),
    allowedAddresses: fc.uniqueArray(address),
    scls: fc.array(fc.constantFrom(null, -1, 6), { maxLength: 3 }),
    sealers: fc.uniqueArray(fc.constantFrom('a.example', 'holdfast.example', 'b.example')),
    dehydrated: fc.boolean(),
    rejectDirectSend: fc.boolean(),
  })
  .map((facts) =>
    tenant({
      ...facts,
      organisation: { dehydrated: facts.dehydrated, rejectDirectSend: facts.rejectDirectSend },
      connectors: facts.connectors.map(connector),
      rules: facts.scls.map((scl, at) => rule({ name: `Rule ${at}`, priority: at, scl })),
    }),
  );
const anyWish: fc.Arbitrary<DesiredExchange> = fc
  .record({
    addresses: fc.uniqueArray(address, { minLength: 1 }),
    certificateName: fc.constantFrom(null, 'mx.holdfast.example'),
    filtering: fc.constantFrom('enhanced', 'ours'),
    sealer: fc.constantFrom(null, 'holdfast.example'),
    hasRule: fc.boolean(),
  })
  .map(({ hasRule, ...rest }) => wish({ ...rest, ...(hasRule ? {} : { junkRule: null }) }));

describe('whatever is there and whatever is wished', () => {
  test('a second run finds nothing to do', () => {
    fc.assert(
      fc.property(anyTenant, anyWish, (state, desired) => {
        const { steps } = plan(state, desired);
        const after = carryOut(state, steps);
        expect(plan(after, desired, ownedBy(steps)).steps).toEqual([]);
      }),
    );
  });

  test('what others have set stays as it is', () => {
    fc.assert(
      fc.property(anyTenant, anyWish, anyWish, (state, first, second) => {
        const one = plan(state, first);
        const between = carryOut(state, one.steps);
        const two = plan(between, second, ownedBy(one.steps));
        const after = carryOut(between, two.steps);
        expect(after.connectors).toEqual(expect.arrayContaining([...(state.connectors ?? [])]));
        expect(after.allowedAddresses).toEqual(
          expect.arrayContaining([...(state.allowedAddresses ?? [])]),
        );
        expect(after.sealers).toEqual(expect.arrayContaining([...(state.sealers ?? [])]));
        expect((after.rules ?? []).map(({ name }) => name)).toEqual(
          expect.arrayContaining((state.rules ?? []).map(({ name }) => name)),
        );
      }),
    );
  });

  test('uninstalling leaves exactly what was there before, after any number of changes', () => {
    fc.assert(
      fc.property(anyTenant, fc.array(anyWish, { maxLength: 4 }), (before, wishes) => {
        let state = before;
        const taken: ExchangeStep[] = [];
        for (const desired of wishes) {
          const { steps } = plan(state, desired, ownedBy(taken));
          state = carryOut(state, steps);
          taken.push(...steps);
        }
        const owned = ownedBy(taken);
        const after = carryOut(state, planRemoval(state, TAG, owned).steps);
        const { organisation, ...rest } = before;
        // That the tenant is open for changes cannot be taken back (reference 3.3).
        expect(after).toEqual({ ...rest, organisation: after.organisation });
        expect(organisation?.rejectDirectSend).toBe(after.organisation?.rejectDirectSend);
        expect(planRemoval(after, TAG, owned).steps).toEqual([]);
      }),
    );
  });

  test('every step and finding is told in words', () => {
    fc.assert(
      fc.property(anyTenant, anyWish, (state, desired) => {
        const { steps, findings } = plan(state, desired);
        const words = [...steps.map(stepWords), ...findings.map(findingWords)];
        expect(words.every(({ title, detail }) => title.length > 9 && detail.length > 9)).toBe(
          true,
        );
      }),
    );
  });
});
