import { TenantError } from '@holdfast/application';
import type { ExchangeOrder } from '@holdfast/domain';
import { afterEach, describe, expect, it } from 'vitest';
import { credentials, type Answer, type ScriptedMicrosoft } from '../../test/scripted-microsoft.ts';
import { startExchange, type CmdletCall } from '../../test/scripted-exchange.ts';
import { createExchangeAdministration } from './exchange-administration.ts';

const open: ScriptedMicrosoft[] = [];
afterEach(async () => {
  for (const started of open.splice(0)) await started[Symbol.asyncDispose]();
});

async function exchange(
  answer: (call: CmdletCall) => Answer | undefined,
): Promise<ScriptedMicrosoft> {
  const started = await startExchange(answer);
  open.push(started);
  return started;
}
const done = ['Get-OrganizationConfig', 'Get-ArcConfig'];
const REFUSED: Answer = {
  status: 403,
  json: { error: { details: [{ message: 'Ex1|X.CmdletAccessDeniedException|You may not.' }] } },
};

describe('reading what the tenant has', () => {
  const rows: Readonly<Record<string, unknown>> = {
    'Get-OrganizationConfig': [{ IsDehydrated: 'True', RejectDirectSend: true }],
    'Get-InboundConnector': [
      {
        Name: 'Ours',
        Enabled: true,
        ConnectorType: 'Partner',
        SenderDomains: ['smtp:*;1'],
        SenderIPAddresses: '198.51.100.25, 198.51.100.26',
        TlsSenderCertificateName: 'CN=mx.holdfast.example, O=Holdfast',
        RequireTls: 'true',
        EFSkipIPs: null,
        Comment: null,
      },
    ],
    'Get-HostedConnectionFilterPolicy': [{ IPAllowList: ['203.0.113.45'] }],
    'Get-TransportRule': [
      { Name: 'a', State: 'Disabled', Priority: '3', SetSCL: '-1', HeaderContainsWords: 'x' },
      { Name: 'b', State: 'Enabled', SetSCL: '' },
    ],
    'Get-ArcConfig': [{ ArcTrustedSealers: 'a.example, b.example' }],
  };

  it('takes lists in one text, flags as words, and what is left out', async () => {
    const { options } = await exchange(({ name }) => ({ json: { value: rows[name] } }));
    const { state, unreadable } =
      await createExchangeAdministration(options).readState(credentials);
    expect(unreadable).toEqual([]);
    expect(state).toEqual({
      organisation: { dehydrated: true, rejectDirectSend: true },
      connectors: [
        {
          name: 'Ours',
          enabled: true,
          type: 'Partner',
          senderDomains: ['*'],
          senderAddresses: ['198.51.100.25', '198.51.100.26'],
          restrictToAddresses: false,
          restrictToCertificate: false,
          certificateName: 'mx.holdfast.example',
          requireTls: true,
          skipLastAddress: false,
          skipAddresses: [],
          comment: '',
        },
      ],
      allowedAddresses: ['203.0.113.45'],
      rules: [
        {
          name: 'a',
          enabled: false,
          priority: 3,
          comment: '',
          headerName: '',
          headerWords: ['x'],
          scl: -1,
        },
        {
          name: 'b',
          enabled: true,
          priority: 0,
          comment: '',
          headerName: '',
          headerWords: [],
          scl: null,
        },
      ],
      sealers: ['a.example', 'b.example'],
    });
  });

  it('names the parts that may not be read, and keeps the rest', async () => {
    const { options } = await exchange(({ name }) =>
      done.includes(name) ? { json: { value: rows[name] } } : REFUSED,
    );
    const { state, unreadable } =
      await createExchangeAdministration(options).readState(credentials);
    expect(unreadable.map(({ part }) => part)).toEqual(['connectors', 'ip-allow-list', 'rules']);
    expect(state.connectors).toBeNull();
    expect(state.sealers).toEqual(['a.example', 'b.example']);
  });

  it.each<[string, Answer]>([
    ['nothing may be read', REFUSED],
    ['Exchange is ill', { status: 500 }],
  ])('is an error when %s', async (_name, answer) => {
    const { options } = await exchange(() => answer);
    await expect(
      createExchangeAdministration(options).readState(credentials),
    ).rejects.toBeInstanceOf(TenantError);
  });
});

describe('carrying an order out', () => {
  const order: ExchangeOrder = {
    kind: 'remove',
    tag: 'holdfast:x',
    owned: { addresses: ['198.51.100.25'], sealers: [] },
  };
  const reading = (name: string): Answer | undefined =>
    name.startsWith('Get-')
      ? { json: { value: [{ Name: 'x', IPAllowList: ['198.51.100.25', '203.0.113.45'] }] } }
      : undefined;

  it.each<[string, Answer, readonly string[]]>([
    ['made', { text: '' }, ['intended', 'done']],
    ['refused for certain', REFUSED, ['intended', 'refused']],
    // Nobody knows whether it was made: it stays intended.
    ['never answered', { status: 502 }, ['intended']],
  ])('takes note of a change that was %s', async (_name, answer, expected) => {
    const { options } = await exchange(({ name }) => reading(name) ?? answer);
    const notes: string[] = [];
    const steps: unknown[] = [];
    await Promise.allSettled([
      createExchangeAdministration(options).carryOut(credentials, order, async (step, state) => {
        steps.push(step);
        notes.push(state);
      }),
    ]);
    expect(steps[0]).toEqual({
      kind: 'stop-allowing-addresses',
      addresses: ['198.51.100.25'],
    });
    expect(notes).toEqual(expected);
  });
});
