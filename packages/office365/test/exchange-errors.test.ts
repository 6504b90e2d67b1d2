import { describe } from 'vitest';
import { z } from 'zod';
import { createExchangeClient } from '../src/exchange/exchange-client.ts';
import { createGraphClient } from '../src/graph/graph-client.ts';
import { settle } from '../src/http/options.ts';
import { createTokenSource } from '../src/sign-in/token-source.ts';
import { errorTable, type ErrorRow } from './error-table.ts';
import type { AwkwardRule } from './simulated-tenant.ts';

const cmdlet =
  (
    name: string,
    parameters: Readonly<Record<string, string | readonly string[]>> = {},
  ): ErrorRow['act'] =>
  (options, credentials) => {
    const settings = settle(options);
    const tokens = createTokenSource(settings);
    const exchange = createExchangeClient(settings, tokens, createGraphClient(settings, tokens));
    return exchange.run(credentials, { name, parameters, select: [], item: z.unknown() });
  };
const READ = 'Get-InboundConnector';
const reads = cmdlet(READ);
const writes = cmdlet('Set-ArcConfig', {
  Identity: 'Default',
  ArcTrustedSealers: ['holdfast.example'],
});

const exchange = (fault: AwkwardRule['fault'], calls?: readonly number[]): AwkwardRule[] => [
  { service: 'exchange', fault, ...(calls !== undefined && { calls }) },
];
const refused = (status: number, code: string, padded = false) => ({
  kind: 'refused',
  status,
  code,
  message: 'Said by Exchange.',
  padded,
});

describe('cmdlets: reference 3.1', () => {
  errorTable([
    {
      row: '3.1 401 once: a new token, and asked again',
      rules: exchange({ kind: 'token-refused' }, [1]),
      act: reads,
      outcome: 'fine',
      asked: ['/InvokeCommand', 2],
    },
    {
      row: '3.1 401 with a new token as well: token or permission',
      rules: exchange({ kind: 'token-refused' }),
      act: reads,
      outcome: 'sign-in-failed',
      asked: ['/InvokeCommand', 2],
    },
    {
      row: '3.1 403: RBAC, or no anchor; not asked again',
      rules: exchange(refused(403, 'CmdletAccessDenied')),
      act: reads,
      outcome: 'forbidden',
      asked: ['/InvokeCommand', 1],
      words: /Microsoft said: Get-InboundConnector: Said by Exchange\.$/,
    },
    {
      row: '3.1 403 padded with NUL: read all the same',
      rules: exchange(refused(403, 'CmdletAccessDenied', true)),
      act: reads,
      outcome: 'forbidden',
      words: /Microsoft said: Get-InboundConnector: Said by Exchange\.$/,
    },
    {
      row: '3.1 404, a cmdlet that the tenant does not give us, by the simulator’s own judgement',
      rules: [],
      act: cmdlet('Get-Nothing'),
      outcome: 'forbidden',
      asked: ['/InvokeCommand', 1],
      words: /is not recognized as the name of a cmdlet/,
    },
    {
      row: '3.1 404, an object that is not there, by its own judgement',
      rules: [],
      act: cmdlet('Get-InboundConnector', { Identity: 'Nowhere' }),
      outcome: 'not-found',
      asked: ['/InvokeCommand', 1],
      words: /'Nowhere' couldn't be found/,
    },
    {
      row: '3.1 429: waited for, whatever the cmdlet',
      rules: exchange({ kind: 'busy', retryAfterSeconds: 6 }, [1]),
      act: writes,
      outcome: 'fine',
      pauses: [6000],
      asked: ['/InvokeCommand', 2],
    },
    {
      row: '3.1 503: asked again, whatever the cmdlet',
      rules: exchange({ kind: 'busy', status: 503 }, [1]),
      act: writes,
      outcome: 'fine',
      pauses: [1000],
      asked: ['/InvokeCommand', 2],
    },
    {
      row: '3.1 500 to a cmdlet that reads: asked again, given up in the end',
      rules: exchange({ kind: 'busy', status: 500 }),
      act: reads,
      outcome: 'unavailable',
      pauses: [1000, 2000, 4000, 8000],
      asked: ['/InvokeCommand', 5],
    },
    {
      row: '3.1 500 to a cmdlet that writes: nobody knows, so it is not asked again',
      rules: exchange({ kind: 'busy', status: 500 }),
      act: writes,
      outcome: 'unavailable',
      asked: ['/InvokeCommand', 1],
    },
    {
      row: '3.1 an answer that is lost, of a cmdlet that reads: asked again',
      rules: exchange({ kind: 'cut', when: 'in-body' }, [1]),
      act: reads,
      outcome: 'fine',
      pauses: [1000],
      asked: ['/InvokeCommand', 2],
    },
    {
      row: '3.1 an answer that is lost, of a cmdlet that writes: not asked again',
      rules: exchange({ kind: 'cut', when: 'after' }, [1]),
      act: writes,
      outcome: 'unreachable',
      asked: ['/InvokeCommand', 1],
    },
    {
      row: '3.1 a next page at another host: not followed',
      rules: exchange({ kind: 'foreign-link' }),
      act: reads,
      outcome: 'unexpected',
      asked: ['/InvokeCommand', 1],
      words: /points to another host/,
    },
    {
      row: '3.1 a gateway’s page with status 200: asked again',
      rules: exchange({ kind: 'html', status: 200 }, [1]),
      act: reads,
      outcome: 'fine',
      pauses: [1000],
    },
  ]);
});

describe('what cmdlets refuse: reference 3.3, by the simulator’s own judgement', () => {
  const allow = (...IPAllowList: readonly string[]) =>
    cmdlet('Set-HostedConnectionFilterPolicy', { Identity: 'Default', IPAllowList });
  const row = (name: string, act: ErrorRow['act'], words: RegExp): ErrorRow => ({
    row: `3.3 ${name}`,
    rules: [],
    act,
    outcome: 'unexpected',
    asked: ['/InvokeCommand', 1],
    words,
  });
  errorTable([
    row('an IPv6 address in the allow list', allow('2001:db8::1'), /2001:db8::1/),
    row('a network larger than /24', allow('203.0.112.0/23'), /203\.0\.112\.0\/23/),
    row('a range of more than 256 addresses', allow('203.0.113.0-203.0.115.0'), /203\.0\.113\.0-/),
    row(
      'more than 1,273 entries',
      allow(...Array.from({ length: 1274 }, (_none, at) => `10.${at >> 8}.${at & 255}.1`)),
      /1273/,
    ),
    row(
      'a list of the tenant without its type',
      cmdlet('Get-TenantAllowBlockListItems'),
      /missing mandatory parameters: ListType/,
    ),
    row(
      'a parameter that the cmdlet does not have',
      cmdlet('Get-InboundConnector', { Name: 'Ours' }),
      /cannot be found that matches parameter name 'Name'/,
    ),
    row(
      'a list where one value belongs',
      cmdlet('Get-InboundConnector', { Identity: ['Ours'] }),
      /Cannot process argument transformation on parameter 'Identity'/,
    ),
  ]);
});
