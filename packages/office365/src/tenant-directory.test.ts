import { afterEach, describe, expect, it } from 'vitest';
import { directory, failure, noExchange, tenant } from '../test/contoso.ts';
import {
  credentials,
  startMicrosoft,
  type Script,
  type ScriptedMicrosoft,
} from '../test/scripted-microsoft.ts';
import { createTenantDirectory } from './tenant-directory.ts';

const open: ScriptedMicrosoft[] = [];

afterEach(async () => {
  for (const started of open.splice(0)) await started[Symbol.asyncDispose]();
});

async function microsoft(script: Script): Promise<ScriptedMicrosoft> {
  const started = await startMicrosoft(script);
  open.push(started);
  return started;
}

describe('domains', () => {
  const route = [
    { exchange: 'contoso-example.mail.protection.outlook.com', preference: 0 },
    { exchange: 'b.mx.microsoft', preference: 20 },
  ];
  const named = (name: string, change: object = {}) => ({
    name,
    isInitial: false,
    isVerified: true,
    carriesMail: true,
    mx: [],
    mailType: null,
    ...change,
  });
  const accepted =
    (DomainType: string): Script =>
    ({ service }) =>
      service === 'exchange'
        ? { json: { value: [{ DomainName: 'Contoso.example', DomainType }] } }
        : undefined;

  it('come with the routes that Graph names for them, which are in no pattern', async () => {
    const { options } = await microsoft(tenant(noExchange));
    expect(await createTenantDirectory(options).domains(credentials)).toEqual([
      named('contoso.onmicrosoft.com', { isInitial: true }),
      named('contoso.example', { mx: route }),
      named('web.example', { carriesMail: false }),
      named('new.example', { isVerified: false }),
    ]);
  });

  it.each([
    ['Authoritative', 'authoritative'],
    ['InternalRelay', 'internal-relay'],
    ['ExternalRelay', 'external-relay'],
    ['SomethingNew', null],
  ])('that Exchange calls %s are %s', async (word, mailType) => {
    const { options } = await microsoft(tenant(accepted(word)));
    const domains = await createTenantDirectory(options).domains(credentials);
    expect(domains.find(({ name }) => name === 'contoso.example')?.mailType).toBe(mailType);
  });

  it('an Exchange that is busy is a failure, and no domain of unknown type', async () => {
    const { options } = await microsoft(
      tenant(({ service }) => (service === 'exchange' ? { status: 500 } : undefined)),
    );
    const read = createTenantDirectory(options).domains(credentials);
    expect(await failure(read)).toMatchObject({ code: 'unavailable' });
  });
});

describe('preflight', () => {
  const jwt = (roles: readonly string[]): string =>
    `${[{ alg: 'none' }, { roles }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
  const oks = async (script: Script): Promise<Record<string, boolean>> => {
    const { options } = await microsoft(script);
    const items = await createTenantDirectory(options).preflight(credentials);
    return Object.fromEntries(items.map(({ check, ok }) => [check, ok]));
  };

  it('shows each permission for itself', async () => {
    const granted: Script = (asked, base) => {
      if (asked.service === 'login')
        return {
          json: { access_token: jwt(['User.Read.All', 'Mail.ReadWrite']), expires_in: 3599 },
        };
      if (asked.path.endsWith('/mailboxSettings'))
        return { status: 404, json: { error: { code: 'MailboxNotEnabledForRESTAPI' } } };
      if (asked.path.endsWith('/healthOverviews')) return { status: 403 };
      if (asked.service === 'exchange') return { json: { value: [] } };
      return directory(asked, base);
    };
    expect(await oks(granted)).toEqual({
      'sign-in': true,
      organisation: true,
      domains: true,
      users: true,
      'mailbox-kinds': true,
      exchange: true,
      'mail-write': true,
      'service-health': false,
    });
  });

  it('without a sign-in checks nothing more', async () => {
    const started = await microsoft(({ service }) =>
      service === 'login' ? { status: 401, json: { error: 'invalid_client' } } : undefined,
    );
    const items = await createTenantDirectory(started.options).preflight(credentials);
    expect(items.map(({ ok }) => ok)).toEqual(Array.from({ length: 8 }, () => false));
    expect(started.asked).toHaveLength(1);
  });
});
