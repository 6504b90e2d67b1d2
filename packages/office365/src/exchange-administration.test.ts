import { afterEach, describe, expect, it } from 'vitest';
import {
  credentials,
  startMicrosoft,
  type Answer,
  type Asked,
  type ScriptedMicrosoft,
} from '../test/scripted-microsoft.ts';
import { createExchangeAdministration } from './exchange-administration.ts';

const open: ScriptedMicrosoft[] = [];
afterEach(async () => {
  for (const started of open.splice(0)) await started[Symbol.asyncDispose]();
});

interface Call {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}
const callOf = (asked: Asked): Call => {
  const { CmdletInput: input } = asked.body as {
    CmdletInput: { CmdletName: string; Parameters: Record<string, unknown> };
  };
  return { name: input.CmdletName, parameters: input.Parameters };
};

/** Exchange answering per cmdlet; Graph knows the initial domain. */
async function exchange(answer: (call: Call) => Answer | undefined): Promise<ScriptedMicrosoft> {
  const started = await startMicrosoft((asked) => {
    if (asked.path === '/domains')
      return { json: { value: [{ id: 'contoso.onmicrosoft.com', isInitial: true }] } };
    return asked.service === 'exchange' ? answer(callOf(asked)) : undefined;
  });
  open.push(started);
  return started;
}
const calls = (started: ScriptedMicrosoft): readonly Call[] =>
  started.asked.filter(({ service }) => service === 'exchange').map(callOf);

describe('allowing our addresses', () => {
  function policy(list: string[], keeps = true) {
    return exchange(({ name, parameters }) => {
      if (name === 'Get-HostedConnectionFilterPolicy')
        return { json: { value: [{ Name: 'Default', IPAllowList: [...list] }] } };
      if (keeps) list.push(...(parameters['IPAllowList'] as { add: string[] }).add);
      return { text: '' };
    });
  }

  it('adds only what is missing, keeps what is there, and looks again', async () => {
    const started = await policy(['203.0.113.45', '198.51.100.0/24']);
    const administration = createExchangeAdministration(started.options);
    const ranges = ['198.51.100.7', '192.0.2.0/24', '203.0.113.45/32'];
    expect(await administration.allowAddresses(credentials, ranges)).toEqual({
      added: ['192.0.2.0/24'],
      alreadyThere: ['198.51.100.7', '203.0.113.45/32'],
    });
    expect(calls(started)[1]).toEqual({
      name: 'Set-HostedConnectionFilterPolicy',
      parameters: {
        Identity: 'Default',
        IPAllowList: { '@odata.type': '#Exchange.GenericHashTable', add: ['192.0.2.0/24'] },
      },
    });
    expect(await administration.allowAddresses(credentials, ranges)).toEqual({
      added: [],
      alreadyThere: ranges,
    });
    expect(calls(started)).toHaveLength(4);
  });

  it.each([
    '192.0.2.0/23',
    '0.0.0.0/0',
    '2001:db8::1',
    '192.0.2.1-192.0.2.9',
    'mx.holdfast.example',
    '192.0.2.256',
    '',
  ])('refuses %j before anything is sent', async (range) => {
    const started = await policy([]);
    await expect(
      createExchangeAdministration(started.options).allowAddresses(credentials, [
        '192.0.2.1',
        range,
      ]),
    ).rejects.toThrow(/from \/24 to \/32/);
    expect(started.asked).toEqual([]);
  });

  it('says so when the list is full, or the change did not stay', async () => {
    const full = await policy(
      Array.from({ length: 1273 }, (_none, at) => `10.0.${Math.floor(at / 256)}.${at % 256}`),
    );
    await expect(
      createExchangeAdministration(full.options).allowAddresses(credentials, ['192.0.2.1']),
    ).rejects.toThrow(/room for 0 more/);
    const forgetful = await policy([], false);
    await expect(
      createExchangeAdministration(forgetful.options).allowAddresses(credentials, ['192.0.2.1']),
    ).rejects.toThrow(/does not show 192\.0\.2\.1/);
  });
});
