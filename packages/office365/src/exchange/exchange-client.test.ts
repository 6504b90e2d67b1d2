import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  credentials,
  startMicrosoft,
  type Answer,
  type Asked,
  type ScriptedMicrosoft,
} from '../../test/scripted-microsoft.ts';
import { createExchangeClient, type ExchangeClient } from './exchange-client.ts';
import { createGraphClient } from '../graph/graph-client.ts';
import { settle } from '../http/options.ts';
import { createTokenSource } from '../sign-in/token-source.ts';

const open: ScriptedMicrosoft[] = [];
afterEach(async () => {
  for (const started of open.splice(0)) await started[Symbol.asyncDispose]();
});

interface Far {
  readonly microsoft: ScriptedMicrosoft;
  readonly exchange: ExchangeClient;
  readonly posts: () => readonly Asked[];
}

/** Exchange answering from a script; Graph knows the initial domain, and a token holds the given permissions. */
async function far(
  answer: (asked: Asked, base: string) => Answer,
  roles: readonly string[] = ['Exchange.ManageAsApp'],
): Promise<Far> {
  const token = ['{}', JSON.stringify({ roles }), 'x']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  const microsoft = await startMicrosoft((asked, base) => {
    if (asked.path === '/domains')
      return { json: { value: [{ id: 'contoso.onmicrosoft.com', isInitial: true }] } };
    if (asked.service === 'login') return { json: { access_token: token, expires_in: 3599 } };
    return asked.service === 'exchange' ? answer(asked, base) : undefined;
  });
  open.push(microsoft);
  const settings = settle(microsoft.options);
  const tokens = createTokenSource(settings);
  const exchange = createExchangeClient(settings, tokens, createGraphClient(settings, tokens));
  return {
    microsoft,
    exchange,
    posts: () => microsoft.asked.filter(({ service }) => service === 'exchange'),
  };
}

const cmdlet = (name: string, more: object = {}) => ({
  name,
  parameters: {},
  select: [],
  item: z.looseObject({}),
  ...more,
});
const nothing: Answer = { json: { value: [] } };

describe('which mailbox routes a cmdlet', () => {
  it.each([
    [
      'the system mailbox of the initial domain',
      cmdlet('Get-InboundConnector'),
      'UPN:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@contoso.onmicrosoft.com',
    ],
    [
      'another one for the organisation’s own configuration',
      cmdlet('Enable-OrganizationCustomization'),
      'UPN:SystemMailbox{8cc370d3-822a-4ab8-a926-bb94bd0641a9}@contoso.onmicrosoft.com',
    ],
    [
      'the mailbox that it is about',
      cmdlet('Get-MailboxJunkEmailConfiguration', { mailbox: 'ada@contoso.example' }),
      'UPN:ada@contoso.example',
    ],
  ])('%s', async (_name, asked, anchor) => {
    const { exchange, posts } = await far(() => nothing);
    await exchange.invoke(credentials, asked);
    expect(posts()[0]?.headers['x-anchormailbox']).toBe(anchor);
    expect(posts()[0]?.headers['x-cmdletname']).toBe(asked.name);
  });
});

it('sends a change of a list as Exchange’s hash table, without what is empty', async () => {
  const { exchange, posts } = await far(() => nothing);
  const parameters = { Identity: 'Default', IPAllowList: { add: ['192.0.2.1'], remove: [] } };
  await exchange.invoke(credentials, cmdlet('Set-X', { parameters }));
  expect(posts()[0]?.body).toEqual({
    CmdletInput: {
      CmdletName: 'Set-X',
      Parameters: {
        Identity: 'Default',
        IPAllowList: { '@odata.type': '#Exchange.GenericHashTable', add: ['192.0.2.1'] },
      },
    },
  });
});

describe('pages', () => {
  it('are fetched by posting the same body to the next link; warnings of all are kept', async () => {
    const { exchange, posts } = await far((asked, base) => ({
      json: asked.query.has('page')
        ? { value: [{ Name: 'b' }], '@adminapi.warnings': ['two'] }
        : {
            value: [{ Name: 'a' }],
            '@adminapi.warnings': ['one'],
            '@odata.nextLink': `${base}/exchange${asked.path}?page=2`,
          },
    }));
    expect(await exchange.run(credentials, cmdlet('Get-X'))).toEqual({
      items: [{ Name: 'a' }, { Name: 'b' }],
      warnings: ['one', 'two'],
    });
    expect(posts().map(({ method }) => method)).toEqual(['POST', 'POST']);
    expect(posts()[1]?.body).toEqual(posts()[0]?.body);
  });

  it('are not followed to another host', async () => {
    const { exchange, posts } = await far(() => ({
      json: { value: [], '@odata.nextLink': 'http://169.254.169.254/latest' },
    }));
    await expect(exchange.invoke(credentials, cmdlet('Get-X'))).rejects.toThrow(/another host/);
    expect(posts()).toHaveLength(1);
  });
});

describe('when Exchange is busy or ill', () => {
  it('waits as long as it is told to', async () => {
    let asked = 0;
    const { exchange, microsoft } = await far(() => {
      asked += 1;
      return asked === 1 ? { status: 429, headers: { 'retry-after': '7' }, json: {} } : nothing;
    });
    await exchange.invoke(credentials, cmdlet('Set-X'));
    expect(microsoft.pauses).toEqual([7000]);
  });

  it.each([
    ['repeats what only reads', 'Get-X', 500, 5],
    ['does not repeat what writes: it may have taken effect', 'Set-X', 500, 1],
    ['does not repeat a cmdlet that is not there', 'Get-X', 404, 1],
    ['does not repeat what is not allowed', 'Get-X', 403, 1],
  ])('%s', async (_name, name, status, times) => {
    const { exchange, posts } = await far(() => ({ status, text: 'x' }));
    await expect(exchange.invoke(credentials, cmdlet(name))).rejects.toThrow();
    expect(posts()).toHaveLength(times);
  });

  it('asks for one thing at a time in a tenant, and goes on after a failure', async () => {
    let running = 0;
    let most = 0;
    const { microsoft } = await far(({ headers }) =>
      headers['x-cmdletname'] === 'Get-B' ? { status: 404, json: {} } : nothing,
    );
    const watched: typeof fetch = async (input, init) => {
      const counts = typeof input === 'string' && input.includes('/exchange/');
      running += counts ? 1 : 0;
      most = Math.max(most, running);
      const response = await fetch(input, init);
      running -= counts ? 1 : 0;
      return response;
    };
    const settings = settle({ ...microsoft.options, fetch: watched });
    const tokens = createTokenSource(settings);
    const exchange = createExchangeClient(settings, tokens, createGraphClient(settings, tokens));
    const results = await Promise.allSettled(
      ['Get-A', 'Get-B', 'Get-C', 'Get-D'].map((name) =>
        exchange.invoke(credentials, cmdlet(name)),
      ),
    );
    expect(most).toBe(1);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
  });
});

describe('the documented API', () => {
  const both = ['Exchange.ManageAsApp', 'Exchange.ManageAsAppV2'];
  const domains = cmdlet('Get-AcceptedDomain', { select: ['DomainName'] });
  const beta = '/adminapi/beta/11111111-2222-4333-8444-555555555555/InvokeCommand';
  const documented = '/adminapi/v2.0/11111111-2222-4333-8444-555555555555/AcceptedDomain';

  it('is used for what it has, with its permission', async () => {
    const { exchange, posts } = await far(
      () => ({ json: { value: [{ DomainName: 'contoso.example' }] } }),
      both,
    );
    expect(await exchange.invoke(credentials, domains)).toEqual([
      { DomainName: 'contoso.example' },
    ]);
    await exchange.invoke(credentials, cmdlet('Get-InboundConnector'));
    expect(posts().map(({ path }) => path)).toEqual([documented, beta]);
  });

  it.each<[string, Answer]>([
    ['says no', { status: 403, text: '\u0000\u0000' }],
    ['is not there for this tenant', { status: 404, json: {} }],
    ['leaves out what is needed', { json: { value: [{ Name: 'contoso.example' }] } }],
  ])('is left for InvokeCommand where it %s', async (_name, answer) => {
    const { exchange, posts } = await far(
      ({ path }) =>
        path === documented ? answer : { json: { value: [{ DomainName: 'contoso.example' }] } },
      both,
    );
    expect(await exchange.invoke(credentials, domains)).toEqual([
      { DomainName: 'contoso.example' },
    ]);
    expect(posts().map(({ path }) => path)).toEqual([documented, beta]);
  });

  it('is not asked without its permission', async () => {
    const { exchange, posts } = await far(() => nothing);
    await exchange.invoke(credentials, domains);
    expect(posts().map(({ path }) => path)).toEqual([beta]);
  });
});
